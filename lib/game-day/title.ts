import { duration } from '../steady-state/words.ts';
import type { Proposal } from './command.ts';
import type { GameDayInput } from './input.ts';

/** What a proposal is called in front of people. */
export function titleOf(proposal: Proposal, input: GameDayInput): string {
  switch (proposal.what) {
    case 'go':
      return 'go';
    case 'stage': {
      const title = input.stages.find(({ number }) => number === proposal.stage)?.title;
      return `stage ${proposal.stage}${title === undefined ? '' : ` (${title})`}`;
    }
    case 'extend':
      return `${duration(proposal.byMs)} more`;
  }
}
