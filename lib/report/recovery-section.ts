import type { Journal } from '../run/journal.ts';
import type { Comparison, Interval, ToleranceState } from '../steady-state/judgement.ts';
import { formatIn, formatSeconds, measureName } from './format.ts';
import { type Content, type Html, html } from './html.ts';
import { badge, stateBadge } from './state-badge.ts';
import { surelyText } from './surely.ts';
import { table } from './table.ts';

const words: Readonly<Record<Comparison['state'], readonly [ToleranceState, string]>> = {
  back: ['met', 'proven'],
  outside: ['missed', 'not back'],
  open: ['unknown', 'not proven'],
};

const figureName = (figure: Comparison['figure']): string =>
  figure === 'p50' ? 'median' : measureName(figure);

/** Of a percentile that a tolerance is about, that tolerance decides; only a proof against it counts here. */
const isLeftToTolerance = ({ figure, state }: Comparison): boolean =>
  state === 'open' && figure !== 'p50' && figure !== 'errorRate';

/** Where the figure after the fault lies: what was seen before, and the bounds on the difference. */
function boundsAfter({ before = 0, difference }: Comparison): Interval {
  const { low, high } = difference;
  return {
    ...(low === undefined ? {} : { low: Math.max(0, before + low) }),
    ...(high === undefined ? {} : { high: Math.max(0, before + high) }),
  };
}

function cells(one: Comparison): readonly Content[] {
  const { unit, before, after, allowed, drift } = one;
  const seen = (value: number | undefined) =>
    value === undefined ? html`<span class="none">no answer</span>` : formatIn(unit, value);
  return [
    html`${one.probe} <span class="measure">${figureName(one.figure)}</span>`,
    seen(before),
    seen(after),
    surelyText(boundsAfter(one), unit) ?? html`<span class="none">–</span>`,
    html`up to ${formatIn(unit, (before ?? 0) + allowed)}${
      drift !== undefined &&
      html` <span class="note">(${formatIn(unit, drift)} of it because the control moved as well)</span>`
    }`,
    html`${badge(...words[one.state])}${isLeftToTolerance(one) && html` <span class="note">its tolerance decides</span>`}`,
  ];
}

/** Each figure after the fault beside the baseline's. */
const comparisons = (all: readonly Comparison[]): Html =>
  table({
    caption: 'What was seen after the fault, held against what was seen before it',
    columns: ['Probe', 'Before', 'After', 'Surely', 'Counts as back', 'Result'],
    numeric: [1, 2],
    rows: all.map((one, index) => ({ first: one.probe !== all[index - 1]?.probe, cells: cells(one) })),
  });

/** Whether and when steady state was back, with what shows it; nothing when recovery was not reached. */
export function recoverySection({ recovery, residue }: Journal): Html | undefined {
  if (recovery === undefined) return undefined;
  const state = recovery.met === undefined ? 'unknown' : recovery.met ? 'met' : 'missed';
  const when =
    recovery.seconds === undefined ? 'not shown to be back' : `back after ${formatSeconds(recovery.seconds)}`;
  const compared = recovery.comparisons ?? [];
  return html`<section><h2>Recovery</h2><p>${stateBadge(state)} Steady state was <strong>${when}</strong>; the objective was ${formatSeconds(recovery.objective)}.</p>
<p>${recovery.reason}</p>
${compared.length > 0 && comparisons(compared)}
${residue?.length === 0 && html`<p>Nothing was found that the fault had left behind.</p>`}</section>`;
}
