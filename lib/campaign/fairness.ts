import { compareText, grouped, type PlacedJob, totalMs } from './campaign.ts';

/**
 * How evenly owners get their turn. The measure is the middle of an owner's work: its experiments' starts, each with the weight of its
 * length, on average, as a share of the campaign's length. In an even plan it is near a half for everybody; an owner whose experiments
 * all come last is near 1.
 */
export interface Fairness {
  /** The owner that comes latest. */
  readonly latest: { readonly owner: string; readonly middle: number };
  /** By owner. */
  readonly middles: Readonly<Record<string, number>>;
}

export function fairnessOf(placed: readonly PlacedJob[], fromMs: number): Fairness {
  const lastStartMs = placed.reduce((last, { startMs }) => Math.max(last, startMs), fromMs);
  const lengthMs = Math.max(1, lastStartMs - fromMs);
  const middles = [...grouped(placed, ({ job }) => [job.owner])]
    .map(([owner, own]) => {
      const weightedMs = own.reduce((sum, { job, startMs }) => sum + job.durationMs * (startMs - fromMs), 0);
      return { owner, middle: weightedMs / totalMs(own.map(({ job }) => job)) / lengthMs };
    })
    .toSorted((a, b) => compareText(a.owner, b.owner));
  return {
    latest: middles.reduce((latest, one) => (one.middle > latest.middle ? one : latest), {
      owner: '',
      middle: 0,
    }),
    middles: Object.fromEntries(middles.map(({ owner, middle }) => [owner, middle])),
  };
}
