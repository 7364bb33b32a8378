import type { JournalStage } from '../run/journal.ts';
import { formatOffset } from './format.ts';
import { type Html, html } from './html.ts';
import { table } from './table.ts';

type Halt = NonNullable<JournalStage['halt']>;
type HaltSample = NonNullable<Halt['samples']>[number];

/** Who or what ended a fault early, in words. */
export const haltedBy: Readonly<Record<Halt['by'], string>> = {
  watch: 'the watch: a tolerance was missed for longer than it may be',
  blind: 'the watch: nothing could be seen',
  guard: 'a guard',
  person: 'a person or the kill switch',
  targets: 'targets other than those admitted',
  steadfast: 'Steadfast itself',
};

const answerOf = ({ status, value, error }: HaltSample): string =>
  error ??
  [status === undefined ? '' : `status ${status}`, value === undefined ? '' : `value ${value}`]
    .filter(Boolean)
    .join(', ');

/** Why and when a fault was ended early, with the samples that caused it. */
export function haltPart(halt: Halt, start: string): Html {
  const { samples = [] } = halt;
  return html`<p class="callout"><strong>Ended early by ${haltedBy[halt.by]}</strong> at ${formatOffset(halt.at, start)}: ${halt.reason}</p>
${
  samples.length > 0 &&
  html`<details><summary>The last ${samples.length} samples that caused it</summary>${table({
    caption: 'The samples that ended the fault early',
    columns: ['Due', 'Probe', 'Latency', 'Answer'],
    numeric: [2],
    rows: samples.map((sample) => ({
      cells: [
        formatOffset(sample.at, start),
        sample.probe,
        sample.latencyMs === undefined ? '' : `${Math.round(sample.latencyMs)} ms`,
        answerOf(sample),
      ],
    })),
  })}</details>`
}`;
}
