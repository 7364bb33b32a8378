import { describe, expect, it } from 'vitest';
import { metricMoved } from '../../../lib/aws/fis-bite/metric-moved.ts';
import { biteMetricSchema } from '../../../lib/fis/bite-metric.ts';
import type { Stretch } from '../../../lib/run/ports.ts';

const minute = 60_000;
const baseline: Stretch = { fromMs: 100 * minute, toMs: 105 * minute };
const fault: Stretch = { fromMs: 105 * minute, toMs: 110 * minute };

/** A metric of one reading a minute, stamped with the minute's end. */
async function judged(options: {
  readonly asked?: object;
  readonly value: (endsAtMinute: number) => number | undefined;
  readonly baseline?: Stretch | undefined;
  readonly fault?: Stretch | undefined;
  readonly nowMs?: number;
}) {
  const asked = biteMetricSchema.parse({ metric: 'latency', rises: '20%', ...options.asked });
  return metricMoved(asked, {
    metrics: {
      read: async (_metric, fromMs, toMs) =>
        Array.from({ length: 200 }, (_, index) => ({
          atMs: index * minute,
          value: options.value(index),
        })).flatMap(({ atMs, value }) =>
          value !== undefined && atMs >= fromMs && atMs < toMs ? [{ atMs, value }] : [],
        ),
    },
    periodMs: minute,
    baseline: 'baseline' in options ? options.baseline : baseline,
    fault: 'fault' in options ? options.fault : fault,
    nowMs: options.nowMs ?? fault.toMs,
  });
}

/** 10 before the fault, `hit` while it is on. */
const from10To = (hit: number | undefined) => (at: number) => (at <= 105 ? 10 : hit);

describe('a metric that a fault names', () => {
  it.each([
    [13, true],
    [12, true],
    [11.9, false],
    [8, false],
  ])('that is %d where it was 10 has risen by 20%%: %s', async (hit, bit) => {
    expect((await judged({ value: from10To(hit) })).bit).toBe(bit);
  });

  it.each([
    [7, true],
    [8, true],
    [8.1, false],
    [13, false],
  ])('that is %d where it was 10 has fallen by 20%%: %s', async (hit, bit) => {
    const asked = { rises: undefined, falls: '20%' };
    expect((await judged({ asked, value: from10To(hit) })).bit).toBe(bit);
  });

  it('says what was compared', async () => {
    expect((await judged({ value: from10To(12.34567) })).evidence).toBe(
      'metric latency: 12.35 during the fault (median of 5 readings), 10 before (5 readings): it did rise by 20%',
    );
    expect((await judged({ value: from10To(9) })).evidence).toMatch(/it did not rise by 20%$/);
  });

  it('is compared by its median: one spike before the fault hides nothing', async () => {
    const value = (at: number) => (at === 102 ? 1_000 : from10To(13)(at));
    expect((await judged({ value })).bit).toBe(true);
  });

  it('from zero has risen with anything above it, and can fall by nothing', async () => {
    const value = (at: number) => (at <= 105 ? 0 : 0.1);
    expect((await judged({ value })).bit).toBe(true);
    expect((await judged({ asked: { rises: undefined, falls: '20%' }, value })).bit).toBe(false);
    expect((await judged({ value: () => 0 })).bit).toBe(false);
  });

  it('below zero rises towards it', async () => {
    const value = (at: number) => (at <= 105 ? -10 : -7);
    expect((await judged({ value })).bit).toBe(true);
  });

  it('is read a while back where the baseline is shorter than five of its periods', async () => {
    const short = { fromMs: 104.5 * minute, toMs: 105 * minute };
    expect(await judged({ baseline: short, value: from10To(13) })).toMatchObject({ bit: true });
  });

  it('counts no period that began before the fault', async () => {
    const late = { fromMs: 105.5 * minute, toMs: 110 * minute };
    const { evidence } = await judged({ fault: late, value: from10To(13) });
    expect(evidence).toContain('median of 4 readings');
  });

  it('counts no reading that may still change, as late as its data comes', async () => {
    const { evidence } = await judged({ asked: { delay: '2m' }, value: from10To(13) });
    expect(evidence).toContain('median of 3 readings');
  });

  it.each([
    ['no reading before', { value: (at: number) => (at <= 105 ? undefined : 13) }, 'no reading before'],
    ['no reading during', { value: from10To(undefined) }, 'no reading within the fault (a period is 60 s'],
    [
      'a fault shorter than a period',
      { value: from10To(13), fault: { ...fault, toMs: fault.fromMs + 30_000 } },
      'within the fault',
    ],
    ['no baseline', { value: from10To(13), baseline: undefined }, 'no baseline to compare with'],
    ['no times of the fault', { value: from10To(13), fault: undefined }, 'FIS does not tell when'],
  ])('is unknown with %s', async (_what, options, words) => {
    const sight = await judged(options);
    expect(sight.bit).toBeUndefined();
    expect(sight.evidence).toContain(words);
  });
});
