import type { OpenAction } from '../../game-day/retro/open-actions.ts';
import { countsOf, type PastRun, startMsOf } from '../over-time/past-run.ts';
import { heldShift, recoveryShift } from '../over-time/shifts.ts';
import type { Unreadable } from '../over-time/unreadable.ts';
import { dayWords, type Month, monthBefore, monthName } from './calendar.ts';
import { changesOf, outcomesOf } from './month-outcomes.ts';
import type { MonthAction, MonthGameDay, MonthReport } from './month-schema.ts';
import { headlineOf, summaryOf } from './month-summary.ts';
import { nextStepsOf } from './next-steps.ts';

/** A game day of the environment, and what it left to do. */
export interface MonthPastGameDay {
  readonly gameDay: string;
  /** When each edition began whose retrospective is kept, and its name. */
  readonly editions: readonly { readonly edition: string; readonly beganAt: string }[];
  readonly nextBy?: string | undefined;
  readonly isOverdue: boolean;
  readonly open: readonly OpenAction[];
}

/** What a month's report is made from. */
export interface MonthPast {
  readonly environment: string;
  readonly isRehearsal: boolean;
  readonly month: Month;
  readonly nowMs: number;
  /** Runs of this month and of the one before; others are left out. */
  readonly runs: readonly PastRun[];
  /** The experiments that the project runs there; absent where it does not say. */
  readonly experiments?: readonly { readonly id: string; readonly title: string }[] | undefined;
  readonly untested?: MonthReport['untested'];
  readonly gameDays?: readonly MonthPastGameDay[] | undefined;
  readonly unreadable: readonly Unreadable[];
  /** What else whoever gathered this could not find out, as sentences. */
  readonly unknown: readonly string[];
}

const dayMs = 86_400_000;

/** A month of an environment, as data. */
export function monthReport(past: MonthPast): MonthReport {
  const { month, nowMs, environment, isRehearsal } = past;
  const last = monthBefore(month);
  const within = ({ fromMs, toMs }: Month) =>
    past.runs.filter((run) => startMsOf(run) >= fromMs && startMsOf(run) < toMs);
  const [before, runs] = [within(last), within(month)];
  const titles = new Map([
    ...past.runs.flatMap(({ experiment, title }) =>
      title === undefined ? [] : [[experiment, title] as const],
    ),
    ...(past.experiments ?? []).map(({ id, title }) => [id, title] as const),
  ]);
  const titleOf = (id: string) => titles.get(id) ?? id;
  const names = { earlier: `in ${monthName(last)}`, later: `in ${monthName(month)}` };
  const known = {
    environment,
    isRehearsal,
    isOver: nowMs >= month.toMs,
    counts: countsOf(runs),
    countsBefore: countsOf(before),
    held: heldShift(before, runs, names),
    recovery: recoveryShift(before, runs, names),
    broke: outcomesOf(runs, 'not-held', titleOf),
    withstood: outcomesOf(runs, 'held', titleOf),
    open: outcomesOf(runs, 'open', titleOf),
    notRun: outcomesOf(runs, 'not-run', titleOf),
    changes: changesOf(before, runs, titleOf),
    ...idleOf(past, runs),
    ...(past.untested === undefined ? {} : { untested: past.untested }),
    ...gameDaysOf(past),
  };
  return {
    schemaVersion: 1,
    report: 'month',
    month: month.month,
    timeZone: month.timeZone,
    from: new Date(month.fromMs).toISOString(),
    to: new Date(month.toMs).toISOString(),
    madeAt: new Date(nowMs).toISOString(),
    ...known,
    headline: headlineOf(known),
    summary: summaryOf(known, {
      month: monthName(month),
      before: monthName(last),
      last: lastRunOf(runs, month),
    }),
    nextSteps: nextStepsOf(known),
    unknown: unknownOf(past, before),
    unreadable: [...past.unreadable],
  };
}

/** The day of the last run: a month that has nothing after its third tells little of its end. */
function lastRunOf(runs: readonly PastRun[], { timeZone }: Month): string | undefined {
  const latest = runs.reduce<PastRun | undefined>(
    (newest, run) => (newest === undefined || startMsOf(run) > startMsOf(newest) ? run : newest),
    undefined,
  );
  return latest && dayWords(timeZone)(latest.start);
}

function idleOf({ experiments }: MonthPast, runs: readonly PastRun[]): Pick<MonthReport, 'idle'> {
  if (experiments === undefined) return {};
  const ran = new Set(runs.map(({ experiment }) => experiment));
  return {
    idle: experiments.filter(({ id }) => !ran.has(id)).map(({ id, title }) => ({ experiment: id, title })),
  };
}

function gameDaysOf({ gameDays, month, nowMs }: MonthPast): Pick<MonthReport, 'gameDays' | 'actions'> {
  if (gameDays === undefined) return {};
  const isWithin = (beganAt: string) =>
    Date.parse(beganAt) >= month.fromMs && Date.parse(beganAt) < month.toMs;
  return {
    gameDays: gameDays.map(
      ({ gameDay, editions, nextBy, isOverdue }): MonthGameDay => ({
        gameDay,
        held: editions.filter(({ beganAt }) => isWithin(beganAt)).map(({ edition }) => edition),
        ...(nextBy === undefined ? {} : { nextBy }),
        isOverdue,
      }),
    ),
    actions: gameDays
      .flatMap(({ gameDay, open }) => open.map((one) => actionOf(gameDay, one, nowMs)))
      .toSorted((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9')),
  };
}

function actionOf(gameDay: string, { action, edition }: OpenAction, nowMs: number): MonthAction {
  const { what, owner, due } = action;
  return {
    what,
    ...(owner === '' ? {} : { owner }),
    ...(due === '' ? {} : { due }),
    isOverdue: due !== '' && nowMs >= Date.parse(due) + dayMs,
    gameDay,
    edition,
  };
}

/** What a reader might take for granted and must not. */
function unknownOf(past: MonthPast, before: readonly PastRun[]): string[] {
  const { month, nowMs, experiments, untested, gameDays, unknown } = past;
  return [
    ...(nowMs < month.toMs
      ? [`${monthName(month)} is not over: what is here is what has happened so far.`]
      : []),
    ...(before.length === 0
      ? [
          `There is no run of ${monthName(monthBefore(month))}: whether anything got better or worse nobody can tell.`,
        ]
      : []),
    ...(experiments === undefined || untested === undefined
      ? ['What nothing tests is not known: this project does not describe the environment.']
      : []),
    ...(gameDays === undefined ? ['Nothing is known here of game days and what they left to do.'] : []),
    ...unknown,
  ];
}
