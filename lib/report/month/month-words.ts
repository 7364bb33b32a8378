import type { Verdict } from '../../experiment/verdict.ts';
import { inWords } from '../format.ts';
import { dayWords, monthName } from './calendar.ts';
import type { MonthAction, MonthChange, MonthGameDay, MonthOutcome, MonthReport } from './month-schema.ts';
import { times } from './month-summary.ts';

/** As which verdict a month looks. */
export function lookOf({ counts, broke, withstood }: MonthReport): Verdict {
  if (broke.some(({ standing }) => standing === 'still')) return 'deviated';
  if (counts.runs === 0) return 'rejected';
  return withstood.length > 0 ? 'held' : 'inconclusive';
}

/** `November 2026 in staging`, so far where it goes on. */
export const titleOf = (report: MonthReport): string =>
  `${monthName(report)}${report.isOver ? '' : ', so far,'} in ${report.isRehearsal ? `the lab ${report.environment}` : report.environment}`;

/** By whose clocks the month is reckoned. */
export const clockOf = ({ timeZone }: MonthReport): string =>
  `The month begins and ends by the clocks of ${timeZone}.`;

/** What broke, as sentences. */
export function brokeWords(one: MonthOutcome, { timeZone }: MonthReport): string {
  const day = dayWords(timeZone)(one.at);
  const often =
    one.of === 1 ? `in its one run, on ${day}` : `in ${one.times} of ${one.of} runs, last on ${day}`;
  const now =
    one.standing === 'over'
      ? ' Since then it has held.'
      : one.verdict === 'unrecovered'
        ? ' The system did not come back by itself in time.'
        : '';
  return `It did not hold ${often}.${now}`;
}

/** What held, with how often: the same in every line, so that what is told apart stands out. */
export const withstoodWords = (one: MonthOutcome): string =>
  one.times === one.of
    ? `held ${times(one.times)}`
    : `held ${times(one.times)} of ${one.of}${one.standing === 'over' ? ', and the last time it did not' : ''}`;

/** What could not tell, or did not run. */
export const silentWords = (one: MonthOutcome): string =>
  `${times(one.times)} of ${one.of}${one.standing === 'over' ? '; another run did say how the system fares' : ''}`;

/** How an experiment stands, held against the month before. */
export function changeWords({ change, before, after, edited }: MonthChange): string {
  const also =
    edited === true ? '; its definition was changed in between, so that the two may not test the same' : '';
  switch (change) {
    case 'better':
    case 'worse':
      return `${before ?? 'nothing'} then, ${after ?? 'nothing'} now${also}`;
    case 'new':
      return `nothing was known before; ${after ?? 'nothing'} now`;
    case 'gone':
      return `${before ?? 'nothing'} then; no run of this month says how the system fares`;
  }
}

export const changeTitles: Readonly<Record<MonthChange['change'], string>> = {
  worse: 'Worse',
  better: 'Better',
  new: 'New',
  gone: 'No longer known',
};

/** The order in which changes are told. */
export const changeOrder = [
  'worse',
  'better',
  'gone',
  'new',
] as const satisfies readonly MonthChange['change'][];

export const actionOwner = ({ owner }: MonthAction): string => owner ?? 'nobody yet';

export const actionDue = ({ due, isOverdue }: MonthAction): string =>
  due === undefined ? 'no day yet' : isOverdue ? `${due}, overdue` : due;

export function gameDayWords({ held, nextBy, isOverdue }: MonthGameDay): string {
  const was = held.length === 0 ? 'not held in this month' : `held in this month: ${inWords(held)}`;
  if (isOverdue)
    return `${was}; ${nextBy === undefined ? 'it was never held' : `the next one was due by ${nextBy}`}, which is overdue`;
  return nextBy === undefined ? was : `${was}; the next one is due by ${nextBy}`;
}
