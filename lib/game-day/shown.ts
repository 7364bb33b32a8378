import { createHash } from 'node:crypto';
import type { Command } from './command.ts';
import type { GameDayView } from './view.ts';

/**
 * A hash of what decides in a view: whoever acts on it says by this hash what they saw. What only adds to the picture (notes, figures, the
 * time) is not in it, so that a note by somebody else makes nobody's page too old.
 */
export function shownHash(
  view: Pick<GameDayView, 'edition' | 'phase' | 'isPaused' | 'halted' | 'pending' | 'stages' | 'endsAt'>,
): string {
  const { edition, phase, isPaused, halted, pending, stages, endsAt } = view;
  const decisive = [
    edition,
    phase,
    isPaused,
    halted ?? null,
    pending === undefined ? null : [pending.id, pending.hash ?? null],
    stages.map(({ number, status, attempts }) => [number, status, attempts]),
    endsAt ?? null,
  ];
  return createHash('sha256').update(JSON.stringify(decisive)).digest('hex').slice(0, 16);
}

/**
 * Whether a command lets something go on: such a one counts only for what was shown. What ends, holds back or writes down counts
 * whatever has happened meanwhile.
 */
export function goesOn(command: Command): boolean {
  switch (command.do) {
    case 'propose':
    case 'approve':
    case 'resume':
    case 'finish':
      return true;
    case 'check':
    case 'refuse':
    case 'pause':
    case 'halt':
    case 'note':
    case 'observe':
      return false;
  }
}
