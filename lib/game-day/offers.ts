import type { Command } from './command.ts';
import type { GameDayInput } from './input.ts';
import { lengthOf } from './length.ts';
import type { GameDayState } from './state.ts';
import type { Offer } from './view.ts';
import { proposalTitle, stageTitle } from './words.ts';

/** An extension is a quarter of what was planned: half an hour of two hours. */
const extensionShare = 4;

/**
 * Everything that somebody could want to do as things are. Whether they may is for `decide` to say: what it would not accept from them now is
 * not offered.
 */
export function offersOf(
  input: GameDayInput,
  state: GameDayState,
  accepts: (command: Command) => boolean,
): readonly Offer[] {
  const wishes = [
    ...answers(input, state),
    ...checks(input, state),
    ...proposals(input, state),
    ...steering,
    finishing(state),
    ...observations(input, state),
  ];
  return wishes.filter((offer) => accepts(filledIn(offer)));
}

/** What a person must add is theirs to say; anything that is not empty is accepted or refused alike. */
const filledIn = ({ command, asks }: Offer): Command =>
  asks?.required === true && command.do === 'note' ? { ...command, text: '-' } : command;

const optionalNote = { key: 'note', label: 'Note', required: false } as const;

function answers(input: GameDayInput, { pending }: GameDayState): readonly Offer[] {
  if (pending === undefined) return [];
  // Before its run is admitted there is nothing to approve, but it can be refused.
  const { hash } = pending.asked ?? { hash: '' };
  const title = proposalTitle(pending.proposal, input);
  const asks = optionalNote;
  return [
    {
      id: 'approve',
      label: `Approve ${title}`,
      command: { do: 'approve', proposal: pending.id, hash },
      confirm: `Approve ${title}, as it is shown here?`,
      asks,
      tone: 'good',
    },
    {
      id: 'refuse',
      label: `Refuse ${title}`,
      command: { do: 'refuse', proposal: pending.id, hash },
      confirm: `Refuse ${title}?`,
      asks,
      tone: 'danger',
    },
  ];
}

const checks = (input: GameDayInput, state: GameDayState): readonly Offer[] =>
  Object.entries(input.preBrief).map(([item, text]) => {
    const isDone = state.checked[item] !== undefined;
    return {
      id: `check-${item}`,
      label: isDone ? `Take back: ${text}` : `Seen to: ${text}`,
      command: { do: 'check', item, done: !isDone },
      tone: 'plain',
    };
  });

function proposals(input: GameDayInput, state: GameDayState): readonly Offer[] {
  const byMs = Math.max(1, Math.round(input.times.experimentMs / extensionShare));
  return [
    {
      id: 'propose-go',
      label: state.halted === undefined ? 'Propose go' : 'Propose to go on',
      command: { do: 'propose', proposal: { what: 'go' } },
      tone: 'good',
    },
    ...input.stages.map(
      ({ number }): Offer => ({
        id: `propose-stage-${number}`,
        label: `Propose ${stageTitle(number, input)}`,
        command: { do: 'propose', proposal: { what: 'stage', stage: number } },
        confirm: `Propose ${stageTitle(number, input)}? Its run is admitted, and waits for an approval by somebody else.`,
        tone: 'good',
      }),
    ),
    {
      id: 'propose-extend',
      label: `Propose ${lengthOf(byMs)} more`,
      command: { do: 'propose', proposal: { what: 'extend', byMs } },
      tone: 'plain',
    },
  ];
}

const steering: readonly Offer[] = [
  {
    id: 'halt',
    label: 'Halt everything',
    command: { do: 'halt' },
    confirm: 'End every run and every fault now?',
    asks: { key: 'reason', label: 'Why', required: false },
    tone: 'danger',
  },
  { id: 'pause', label: 'Pause', command: { do: 'pause' }, tone: 'plain' },
  { id: 'resume', label: 'Resume', command: { do: 'resume' }, tone: 'plain' },
  {
    id: 'note',
    label: 'Note',
    command: { do: 'note', text: '' },
    asks: { key: 'text', label: 'What happened', required: true },
    tone: 'plain',
  },
];

/** Once the experiment has ended, what is left to finish is the game day itself. */
const finishing = ({ phase }: GameDayState): Offer =>
  phase === 'retrospective'
    ? {
        id: 'finish',
        label: 'Close the game day',
        command: { do: 'finish' },
        confirm: 'Close the game day? Only notes can be added then.',
        tone: 'plain',
      }
    : {
        id: 'finish',
        label: 'End the experiment',
        command: { do: 'finish' },
        confirm: 'No further stage: begin the retrospective?',
        tone: 'danger',
      };

const observations = (input: GameDayInput, { stages }: GameDayState): readonly Offer[] =>
  input.stages
    .filter(({ number }) => stages.some((one) => one.number === number && one.attempts.length > 0))
    .flatMap(({ number, predictions }) =>
      Object.entries(predictions)
        .filter(([, { shownBy }]) => shownBy === undefined)
        .flatMap(([prediction, { says }]) =>
          (['as predicted', 'otherwise'] as const).map((outcome) => ({
            id: `observe-${number}-${prediction}-${outcome === 'as predicted' ? 'yes' : 'no'}`,
            label: `${says} ${outcome === 'as predicted' ? 'As predicted' : 'Otherwise'}`,
            command: { do: 'observe', stage: number, prediction, outcome } as const,
            asks: optionalNote,
            tone: 'plain' as const,
          })),
        ),
    );
