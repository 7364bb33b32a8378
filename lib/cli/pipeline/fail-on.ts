import type { Verdict } from '../../experiment/verdict.ts';

/** The verdicts that a pipeline fails on. */
export type FailOn = ReadonlySet<Verdict>;

/** Harm that goes on, and a failure of Steadfast that may hide any: no pipeline may pass over them. */
export const alwaysFail: readonly Verdict[] = ['errored', 'unrecovered'];

/** All that can be named, the worst first. Written out: help starts without the schemas. */
export const failing: readonly Verdict[] = [
  'errored',
  'unrecovered',
  'deviated',
  'rejected',
  'halted',
  'inconclusive',
];

/** Whether a pipeline fails on a verdict; without a choice on all but `held`. */
export const failsOn =
  (chosen: FailOn | undefined) =>
  (verdict: Verdict): boolean =>
    verdict !== 'held' && (chosen === undefined || chosen.has(verdict) || alwaysFail.includes(verdict));
