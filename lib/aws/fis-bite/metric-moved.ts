import { defaultMs } from '../../experiment/default-ms.ts';
import { defaults } from '../../experiment/defaults.ts';
import type { BiteMetric } from '../../fis/bite-metric.ts';
import type { MetricSource, Stretch } from '../../run/ports.ts';
import type { Sight } from './sight.ts';

/** A baseline shorter than this is stretched into the time before it: so many periods tell how the metric usually is. */
const leastPeriods = 5;

const median = (values: readonly number[]): number | undefined => {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
};

const figure = (value: number): string => String(Number(value.toPrecision(4)));
const readings = (count: number): string => (count === 1 ? '1 reading' : `${count} readings`);

/** Whether a metric's median moved as far as was asked. From zero, anything in that direction is far enough. */
function moved({ rises, falls }: BiteMetric, before: number, during: number): boolean {
  const least = Math.abs(before) * (rises ?? falls ?? { ratio: 1 }).ratio;
  const change = rises === undefined ? before - during : during - before;
  return change > 0 && change >= least;
}

/**
 * Whether the metric that a fault names has moved, compared between the baseline and the fault. Only readings whose period lies
 * within the fault count, and only those that are in for good, so late as they may be.
 */
export async function metricMoved(
  asked: BiteMetric,
  given: {
    readonly metrics: MetricSource;
    readonly periodMs: number;
    readonly baseline: Stretch | undefined;
    readonly fault: Stretch | undefined;
    readonly nowMs: number;
  },
): Promise<Sight> {
  const { metrics, periodMs, baseline, fault, nowMs } = given;
  const unknown = (why: string): Sight => ({ bit: undefined, evidence: `metric ${asked.metric}: ${why}` });
  if (fault === undefined) return unknown('FIS does not tell when the fault was on');
  if (baseline === undefined) return unknown('there is no baseline to compare with');
  const delayMs = asked.delay?.ms ?? defaultMs(defaults.delay);
  const fromMs = Math.min(baseline.fromMs, baseline.toMs - leastPeriods * periodMs);
  // A reading is stamped with the end of its period.
  const valuesOf = async (stretch: Stretch): Promise<number[]> =>
    (await metrics.read(asked.metric, stretch.fromMs + periodMs, stretch.toMs + 1)).map(({ value }) => value);
  const before = await valuesOf({ fromMs, toMs: baseline.toMs });
  const during = await valuesOf({ fromMs: fault.fromMs, toMs: Math.min(fault.toMs, nowMs - delayMs) });
  const [usual, hit] = [median(before), median(during)];
  if (usual === undefined) return unknown('it had no reading before the fault');
  if (hit === undefined) {
    return unknown(
      `it had no reading within the fault (a period is ${periodMs / 1_000} s, and data may come ${delayMs / 1_000} s late)`,
    );
  }
  const [verb, share] = asked.rises === undefined ? ['fall', asked.falls] : ['rise', asked.rises];
  const bit = moved(asked, usual, hit);
  return {
    bit,
    evidence:
      `metric ${asked.metric}: ${figure(hit)} during the fault (median of ${readings(during.length)}), ` +
      `${figure(usual)} before (${readings(before.length)}): it did ${bit ? '' : 'not '}${verb} by ${share?.text ?? ''}`,
  };
}
