import { messageOf } from '../../experiment/steadfast-error.ts';
import { iso } from '../../run/iso.ts';
import type { CampaignPart } from '../plan-document.ts';
import type { DispatchPorts } from './dispatch-ports.ts';
import type { DispatchState } from './dispatch-state.ts';
import { type HeardWord, type PartWord, placeText } from './part-word.ts';

/** For so long runs are started though another part cannot be told of them: a bus is away for minutes, not for longer. */
const untoldMs = 10 * 60_000;

/**
 * Who is under way and says nothing for so long is not followed any more. It tells at each step: every five minutes at least
 * (advance.ts), and where each of a step's ten retries is needed (dispatcher.asl.json) after some twenty more.
 */
const silentMs = 30 * 60_000;

/** What of a dispatcher's state its touch with the other parts is. */
export type TouchState = Pick<DispatchState, 'since' | 'touched' | 'untoldSince'>;

/** How this part and the others hear of each other. */
export interface Touch {
  /** What goes to the next step. */
  readonly state: TouchState;
  /** Whether each of them has been told by this step. */
  readonly allTold: boolean;
  /** Why runs are not started now. */
  readonly hold: string | undefined;
  /** Why this goes on for too long. */
  readonly untold: string | undefined;
  readonly silent: string | undefined;
}

const fine: Touch = { state: {}, allTold: true, hold: undefined, untold: undefined, silent: undefined };

/**
 * Tells every other part how this one is, and sees whether they are heard of. Nothing is started before each of them has been told once:
 * what lets no word through is found before the first run.
 */
export async function keepInTouch(
  { others: dispatchers }: Pick<DispatchPorts, 'others'>,
  part: CampaignPart,
  before: TouchState,
  now: { readonly ms: number; readonly word: PartWord; readonly words: readonly HeardWord[] },
): Promise<Touch> {
  const { others = [] } = part;
  if (others.length === 0) return fine;
  const told = await Promise.allSettled(others.map((other) => dispatchers.tell(other, now.word)));
  const failures = told.flatMap((one, index) => {
    const other = others[index];
    return one.status === 'fulfilled' || other === undefined
      ? []
      : [`${placeText(other)}: ${messageOf(one.reason)}`];
  });
  const allTold = failures.length === 0;
  const since = before.since ?? iso(now.ms);
  const touched = before.touched === true || allTold;
  const untoldSince = allTold ? undefined : (before.untoldSince ?? iso(now.ms));
  const cannot =
    untoldSince === undefined ? undefined : `cannot tell, since ${untoldSince}, ${failures.join('; ')}`;
  const isTooLong = untoldSince !== undefined && now.ms - Date.parse(untoldSince) > untoldMs;
  const silent = silenceOf(now.words, now.ms);
  const isLongHere = now.ms - Date.parse(since) > silentMs;
  return {
    state: {
      since,
      ...(touched ? { touched } : {}),
      ...(untoldSince === undefined ? {} : { untoldSince }),
    },
    allTold,
    hold: isTooLong || !touched ? (cannot ?? silent) : silent,
    untold: isTooLong ? cannot : undefined,
    // Whoever has just begun, or goes on, leaves the other as much time to come back.
    silent: isLongHere ? silent : undefined,
  };
}

/** Of whom there is no word any more. One that has not begun says nothing, and has nothing to say. */
function silenceOf(words: readonly HeardWord[], nowMs: number): string | undefined {
  const lost = words.flatMap((word) =>
    word.isOver || nowMs - Date.parse(word.heardAt) <= silentMs
      ? []
      : [`${placeText(word)} since ${word.heardAt}`],
  );
  return lost.length === 0 ? undefined : `has heard nothing of ${lost.join(', ')}`;
}
