import type { Journal } from '../run/journal.ts';
import type { PowerStatement } from '../steady-state/judgement.ts';
import { formatRatio, measureName } from './format.ts';
import { type Content, type Html, html } from './html.ts';
import { table } from './table.ts';

/** Of several stages, the one that could see least: where none is missed, all see the same. */
const weakest = (one: PowerStatement, other: PowerStatement): PowerStatement =>
  (other.missedFrom ?? 2) > (one.missedFrom ?? 2) || other.samples < one.samples ? other : one;

/** One statement for each probe and tolerance, those of a probe together. */
const perTolerance = (power: readonly PowerStatement[]): PowerStatement[] =>
  [...Map.groupBy(power, ({ probe }) => probe).values()].flatMap((ofProbe) =>
    [...Map.groupBy(ofProbe, ({ tolerance }) => tolerance).values()].map((same) => same.reduce(weakest)),
  );

const none = html`<span class="none">–</span>`;

/** What a tolerance counts: a percentile is a share of slow requests, just as an error rate is one of failed ones. */
const counts = (tolerance: string): string => (tolerance === 'errorRate' ? 'fail' : 'are too slow');

function cells(journal: Journal, one: PowerStatement): readonly Content[] {
  const { probe, tolerance, allowed } = one;
  const judged = [journal.baseline, ...journal.stages].flatMap((phase) => phase.tolerances);
  const limit = judged.find((other) => other.probe === probe && other.tolerance === tolerance)?.limit;
  const name = html`${probe} <span class="measure">${measureName(tolerance)}</span>`;
  if (allowed === undefined) return [name, limit ?? none, none, html`<span class="note">${one.text}</span>`];
  const share = (ratio: number) => `${formatRatio(ratio)} ${counts(tolerance)}`;
  const noticed =
    one.missedFrom === undefined ? 'Nothing: too few samples.' : `When ${share(one.missedFrom)}, or more.`;
  const cleared = one.metUpTo !== undefined && `Met is shown while no more than ${share(one.metUpTo)}.`;
  return [
    name,
    html`${limit ?? none} <span class="note">(${formatRatio(allowed)} may ${tolerance === 'errorRate' ? 'fail' : 'be slower'})</span>`,
    one.baseline === undefined ? none : formatRatio(one.baseline),
    html`${noticed}${cleared && html` <span class="note">${cleared}</span>`}`,
  ];
}

const where = ({ stage, probe, tolerance }: PowerStatement): string =>
  stage === undefined ? `${probe}, recovery` : `${probe}, ${measureName(tolerance)}, stage ${stage + 1}`;

/** Of a recovery no stage can be lengthened. */
const advice = (short: readonly PowerStatement[]): string =>
  short.some(({ stage }) => stage !== undefined)
    ? 'Raise the rate of the probe or lengthen the stage; where no length is enough, the tolerance is too close to how the system is anyway.'
    : 'Raise the rate of the probe.';

/**
 * What the run could tell, by what the probes saw before any fault: the smallest change of each tolerance that it would have noticed, and
 * what it was too short for. Where it was long enough for everything, the figures are folded away.
 */
export function powerSection(journal: Journal): Html | undefined {
  const { power = [] } = journal;
  if (power.length === 0) return undefined;
  const short = power.filter(({ enough }) => !enough);
  const rows = perTolerance(power).map((one, index, all) => ({
    first: one.probe !== all[index - 1]?.probe,
    cells: cells(journal, one),
  }));
  const figures = html`${table({
    caption: 'The smallest change that this run would surely have noticed',
    columns: ['Probe', 'Tolerance', 'Before', 'Noticed'],
    numeric: [2],
    rows,
  })}<p class="note">Reckoned before any fault, from what the probes saw then.${
    journal.stages.length > 1 && ' Of several stages, the one that could see least is shown.'
  }</p>`;
  return html`<section><h2>What this run could see</h2>${
    short.length === 0
      ? html`<p>It was long enough, at its rates, to judge every tolerance and to prove the recovery.</p>
<details><summary>The smallest change that it would have noticed</summary>${figures}</details>`
      : html`<div class="callout doubt"><p><strong>It was too short to tell:</strong></p><ul>${short.map(
          (one) => html`<li><strong>${where(one)}</strong>: ${one.text}.</li>`,
        )}</ul><p>${advice(short)}</p></div>
${figures}`
  }${wideLimits(journal)}</section>`;
}

/** Limits that leave room for harm that nobody would be told of. */
const wideLimits = ({ notes = [] }: Journal): Html | undefined =>
  notes.length === 0
    ? undefined
    : html`<p>What it was not asked to see:</p><ul>${notes.map((note) => html`<li>${note}</li>`)}</ul>`;
