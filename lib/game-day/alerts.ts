import {
  type AlarmHistory,
  alarmHistories,
  alarmName,
  clearedAt,
  firings,
  stateBefore,
} from './alarm-history.ts';
import { attemptsOf, attemptThatCounts, canTell, type LoggedAttempt } from './attempts.ts';
import type { Entry } from './entry.ts';
import type { GameDayInput, GameDayStage } from './input.ts';
import { lengthOf } from './length.ts';
import type { AlertStatus } from './view.ts';

/** An alert that was expected, and what became of it. */
export interface ExpectedAlert {
  readonly name: string;
  readonly alarm: string;
  readonly status: Exclude<AlertStatus, 'unexpected'>;
  /** From the beginning of the fault until it fired. */
  readonly fireSeconds?: number;
  /** From the end of the fault until it was clear for good; 0 where it was clear before. */
  readonly clearSeconds?: number;
  readonly text: string;
}

/** An alarm that went off though nobody expected it there. */
interface UnexpectedAlert {
  readonly alarm: string;
  readonly atMs: number;
  readonly reason: string;
  /** From the beginning of the fault until it fired; absent where it fired before any. */
  readonly fireSeconds?: number;
}

/** The alerts of one attempt at a stage. */
export interface AttemptAlerts {
  readonly stage: number;
  /** Absent for a stage that was never started. */
  readonly attempt?: number;
  /** Whether the stage is judged by this attempt. */
  readonly counts: boolean;
  readonly expected: readonly ExpectedAlert[];
  readonly unexpected: readonly UnexpectedAlert[];
}

export interface Alerts {
  /** Of each stage every attempt in which a fault began or may yet, in their order; of one without any, its alerts as awaited. */
  readonly attempts: readonly AttemptAlerts[];
  /** What went off before any fault began. */
  readonly before: readonly UnexpectedAlert[];
}

/** Alarms do not end: what fires until the next fault is put down to the last one. */
const never = Number.POSITIVE_INFINITY;

/** Which of the expected alerts fired, when, and which alarms fired that nobody expected. */
export function alertsOf(input: GameDayInput, entries: readonly Entry[], nowMs: number): Alerts {
  const attempts = attemptsOf(entries);
  const histories = alarmHistories(entries);
  const faults = attempts.flatMap(({ faultBeganAtMs }) => faultBeganAtMs ?? []).toSorted((a, b) => a - b);
  const untilMs = (beganMs: number) => faults.find((other) => other > beganMs) ?? never;
  const ofAttempt = (stage: GameDayStage, attempt: LoggedAttempt): AttemptAlerts => {
    const beganMs = attempt.faultBeganAtMs;
    const span = beganMs === undefined ? undefined : { beganMs, untilMs: untilMs(beganMs) };
    return {
      stage: stage.number,
      attempt: attempt.attempt,
      counts: attemptThatCounts(attempts, stage.number)?.runId === attempt.runId,
      expected: Object.entries(stage.alerts).map(([name, alert]) => ({
        name,
        alarm: alert.alarm,
        ...(span === undefined
          ? awaited
          : outcomeOf(alert, histories.get(alarmName(alert.alarm)), { attempt, ...span, nowMs })),
      })),
      unexpected: span === undefined ? [] : unexpectedIn(histories, span, namesOf(stage)),
    };
  };
  const beganMs = Date.parse(entries.find(({ kind }) => kind === 'began')?.at ?? '') || 0;
  return {
    attempts: input.stages.flatMap((stage) => {
      const own = attempts.filter((one) => one.stage === stage.number && canTell(one));
      return own.length === 0 ? [neverStarted(stage)] : own.map((attempt) => ofAttempt(stage, attempt));
    }),
    before: unexpectedIn(histories, { beganMs, untilMs: faults[0] ?? never }, new Set()).map(
      ({ alarm, atMs, reason }) => ({ alarm, atMs, reason }),
    ),
  };
}

const namesOf = ({ alerts }: GameDayStage): ReadonlySet<string> =>
  new Set(Object.values(alerts).map(({ alarm }) => alarmName(alarm)));

const awaited = { status: 'awaited', text: 'no fault has begun' } as const;

const neverStarted = ({ number, alerts }: GameDayStage): AttemptAlerts => ({
  stage: number,
  counts: true,
  expected: Object.entries(alerts).map(([name, { alarm }]) => ({ name, alarm, ...awaited })),
  unexpected: [],
});

interface Span {
  readonly beganMs: number;
  readonly untilMs: number;
}

type Outcome = Pick<ExpectedAlert, 'status' | 'fireSeconds' | 'clearSeconds' | 'text'>;

function outcomeOf(
  alert: GameDayStage['alerts'][string],
  history: AlarmHistory | undefined,
  span: Span & { readonly attempt: LoggedAttempt; readonly nowMs: number },
): Outcome {
  const { beganMs, untilMs, nowMs } = span;
  const within = lengthOf(alert.withinMs);
  if (history === undefined) {
    return nowMs < beganMs + alert.withinMs
      ? { status: 'awaited', text: `expected within ${within}; nothing was read of it so far` }
      : { status: 'unknown', text: 'nothing was ever read of it, so nobody knows whether it fired' };
  }
  const fired = firings(history, beganMs, untilMs)[0];
  if (fired === undefined) return silent(alert, history, span);
  const fireSeconds = (fired.atMs - beganMs) / 1_000;
  const took = `fired ${lengthOf(fired.atMs - beganMs)} after the fault began`;
  const clear = clearing(alert, history, { ...span, firedAtMs: fired.atMs });
  const seconds = {
    fireSeconds,
    ...(clear.clearSeconds === undefined ? {} : { clearSeconds: clear.clearSeconds }),
  };
  if (fired.atMs - beganMs > alert.withinMs)
    return { status: 'late', ...seconds, text: `${took}, ${within} were expected${clear.text}` };
  return { status: clear.isLate ? 'late' : 'as expected', ...seconds, text: `${took}${clear.text}` };
}

/** It has not fired. That is missing only where it could have been seen to fire, and had all the time that it was given. */
function silent(
  { withinMs }: GameDayStage['alerts'][string],
  history: AlarmHistory,
  { beganMs, untilMs, nowMs, attempt }: Span & { readonly attempt: LoggedAttempt; readonly nowMs: number },
): Outcome {
  const dueMs = beganMs + withinMs;
  const within = lengthOf(withinMs);
  if (nowMs < dueMs) return { status: 'awaited', text: `expected within ${within}` };
  const { faultEndedAtMs: endedMs, isCutShort } = attempt;
  if (isCutShort && endedMs !== undefined && endedMs < dueMs) {
    const lasted = lengthOf(Math.max(0, endedMs - beganMs));
    return {
      status: 'unknown',
      text: `did not fire, but the fault was ended after ${lasted} and it had ${within}`,
    };
  }
  const before = stateBefore(history, beganMs);
  const during = history.reads.filter(({ atMs }) => atMs >= beganMs && atMs < Math.min(untilMs, dueMs));
  if ([before, ...during.map(({ state }) => state)].includes('INSUFFICIENT_DATA'))
    return { status: 'unknown', text: 'had no data, so nobody knows whether it should have fired' };
  if (before === 'ALARM' && during.length === 0)
    return { status: 'missing', text: 'was in ALARM before the fault, so it could tell nothing of it' };
  if (before === undefined && during.length === 0)
    return { status: 'unknown', text: 'nothing was read of it until it was due, so nobody knows' };
  return { status: 'missing', text: `did not fire within ${within}` };
}

interface Clearing {
  readonly clearSeconds?: number;
  readonly isLate: boolean;
  readonly text: string;
}

/** Whether it was clear again in time, counted from the end of the fault. */
function clearing(
  { clearsWithinMs }: GameDayStage['alerts'][string],
  history: AlarmHistory,
  {
    attempt,
    untilMs,
    firedAtMs,
    nowMs,
  }: Span & { readonly attempt: LoggedAttempt; readonly firedAtMs: number; readonly nowMs: number },
): Clearing {
  const endedMs = attempt.faultEndedAtMs;
  if (endedMs === undefined) return { isLate: false, text: '' };
  const clearMs = clearedAt(history, firedAtMs, untilMs);
  if (clearMs !== undefined) {
    const tookMs = Math.max(0, clearMs - endedMs);
    const isLate = clearsWithinMs !== undefined && tookMs > clearsWithinMs;
    return {
      clearSeconds: tookMs / 1_000,
      isLate,
      text: `; clear ${lengthOf(tookMs)} after it ended${isLate ? `, ${lengthOf(clearsWithinMs)} were expected` : ''}`,
    };
  }
  const isLate = clearsWithinMs !== undefined && Math.min(nowMs, untilMs) >= endedMs + clearsWithinMs;
  return {
    isLate,
    text: isLate ? `; not clear ${lengthOf(clearsWithinMs)} after it ended` : '; not clear yet',
  };
}

/** Everything that went to ALARM in a span and is not among the expected. */
const unexpectedIn = (
  histories: ReadonlyMap<string, AlarmHistory>,
  { beganMs, untilMs }: Span,
  expected: ReadonlySet<string>,
): UnexpectedAlert[] =>
  [...histories.values()]
    .filter(({ alarm }) => !expected.has(alarm))
    .flatMap((history) =>
      firings(history, beganMs, untilMs).map(({ atMs, reason }) => ({
        alarm: history.alarm,
        atMs,
        reason,
        fireSeconds: (atMs - beganMs) / 1_000,
      })),
    )
    .toSorted((a, b) => a.atMs - b.atMs);
