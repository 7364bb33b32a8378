import type { Entry, EntryOf } from './entry.ts';

/** One run of a stage as the log tells it, with the times of its fault. */
export interface LoggedAttempt {
  readonly stage: number;
  readonly attempt: number;
  readonly runId: string;
  /** The number of the entry that says that it was started. */
  readonly number: number;
  readonly launchedAtMs: number;
  /** When its first fault began and its last one ended; absent where none did, as far as is known. */
  readonly faultBeganAtMs?: number;
  readonly faultEndedAtMs?: number;
  /** It was ended before its time: by the watch, a guard, the kill switch or a person. */
  readonly isCutShort: boolean;
  /** Absent while it is under way. */
  readonly ended?: EntryOf<'ended'>;
}

/** Every attempt at every stage, in the order in which they were started. */
export const attemptsOf = (entries: readonly Entry[]): readonly LoggedAttempt[] =>
  entries.flatMap((entry) => (entry.kind === 'launched' ? [attemptOf(entry, entries)] : []));

function attemptOf(launched: EntryOf<'launched'>, entries: readonly Entry[]): LoggedAttempt {
  const lines = entries.flatMap((entry) =>
    entry.kind === 'run' && entry.runId === launched.runId ? [entry] : [],
  );
  const times = (what: EntryOf<'run'>['what']) =>
    lines.flatMap((line) => (line.what === what ? [Date.parse(line.at)] : []));
  const ended = entries.flatMap((entry) =>
    entry.kind === 'ended' && entry.runId === launched.runId ? [entry] : [],
  )[0];
  const began = earliest(timeOf(ended?.faultBeganAt) ?? times('fault-began'));
  const over = latest(timeOf(ended?.faultEndedAt) ?? times('fault-ended'));
  const isOver = ended !== undefined || times('fault-ended').length >= times('fault-began').length;
  return {
    stage: launched.stage,
    attempt: launched.attempt,
    runId: launched.runId,
    number: launched.number,
    launchedAtMs: Date.parse(launched.at),
    ...(began === undefined ? {} : { faultBeganAtMs: began }),
    ...(over === undefined || !isOver ? {} : { faultEndedAtMs: over }),
    isCutShort: ended?.verdict === 'halted' || times('halt').length > 0,
    ...(ended === undefined ? {} : { ended }),
  };
}

const timeOf = (time: string | undefined): readonly number[] | undefined =>
  time === undefined ? undefined : [Date.parse(time)];

const earliest = (times: readonly number[]): number | undefined =>
  times.length === 0 ? undefined : Math.min(...times);

const latest = (times: readonly number[]): number | undefined =>
  times.length === 0 ? undefined : Math.max(...times);

/** A fault began, or may yet: one that was rejected shows nothing of what its stage predicts. */
export const canTell = ({ faultBeganAtMs, ended }: LoggedAttempt): boolean =>
  faultBeganAtMs !== undefined || ended === undefined;

/** The attempt that a stage is judged by: the last one that can show something. */
export const attemptThatCounts = (
  attempts: readonly LoggedAttempt[],
  stage: number,
): LoggedAttempt | undefined => attempts.findLast((one) => one.stage === stage && canTell(one));

/** The attempt that somebody speaks of who says at this place in the log what they have seen of a stage. */
export const attemptSpokenOf = (
  attempts: readonly LoggedAttempt[],
  stage: number,
  number: number,
): LoggedAttempt | undefined =>
  attempts.findLast((one) => one.stage === stage && one.number < number && canTell(one));
