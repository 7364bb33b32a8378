import { describe, expect, it } from 'vitest';
import { metricSchema } from '../../lib/experiment/environment-metric.ts';
import { experimentSchema } from '../../lib/experiment/experiment.ts';
import { inRhythm, periodsOf, type Whereabouts } from '../../lib/plan/rhythm.ts';
import { probeSpecs } from '../../lib/steady-state/probe-spec.ts';
import { slowDatabase } from './examples.ts';

const depth = (period: string) =>
  metricSchema.parse({ namespace: 'Shop', name: 'Depth', statistic: 'Maximum', period });

const aws: Whereabouts = {
  mode: 'aws',
  pace: 1,
  periodsMs: periodsOf({ depth: depth('1m'), quick: depth('10s') }),
};

/** The spec of one probe where it runs. */
function specIn(place: Whereabouts, probe: object, section: 'proofs' | 'steadyState' = 'steadyState') {
  const { [section]: probes = {} } = inRhythm(
    experimentSchema.parse({ ...slowDatabase, [section]: { it: probe } }),
    place,
  );
  const [spec] = probeSpecs(probes);
  if (spec === undefined) throw new Error('there is no probe');
  return spec;
}

const tolerances = { value: { below: 10 } };

describe('the rhythm of a probe of a metric in AWS', () => {
  it("is the metric's own period, so that nobody takes a minute between two readings for blindness", () => {
    const spec = specIn(aws, { metric: 'depth', tolerances });
    expect(spec.intervalMs).toBe(60_000);
    expect(spec.blindMs).toBe(180_000);
    expect(specIn(aws, { metric: 'quick', tolerances }).intervalMs).toBe(10_000);
  });

  it('is never quicker than that, and may be slower', () => {
    expect(specIn(aws, { metric: 'depth', every: '5s', tolerances }).intervalMs).toBe(60_000);
    expect(specIn(aws, { metric: 'depth', every: '5m', tolerances }).intervalMs).toBe(300_000);
  });

  it('is the same for what only proves a rollback', () => {
    expect(specIn(aws, { metric: 'depth', tolerances }, 'proofs').intervalMs).toBe(60_000);
  });

  it('waits as long as its data may be late', () => {
    const spec = specIn(aws, { metric: 'depth', delay: '2m', tolerances });
    expect([spec.delayMs, spec.blindMs]).toEqual([120_000, 300_000]);
  });
});

describe('the rhythm of other probes in AWS', () => {
  it.each([
    { alarm: 'shopErrors' },
    { ecsService: { service: 'shop', shareOf: 'running' }, tolerances: { value: { above: 0 } } },
    { lambda: { function: 'look' }, tolerances },
  ])('is their own: %j', (probe) => {
    expect(specIn(aws, probe)).toMatchObject({ intervalMs: 10_000, delayMs: 0, timeoutMs: 10_000 });
    expect(specIn(aws, { ...probe, every: '1m' })).toMatchObject({ intervalMs: 60_000, blindMs: 180_000 });
  });

  it('is untouched where they ask over HTTP', () => {
    const probe = { http: { service: 'shop', path: '/' }, rate: '5/s', tolerances: { p95: { below: '1s' } } };
    for (const place of [aws, { ...aws, mode: 'rehearsal', pace: 0.05 } as const])
      expect(specIn(place, probe).intervalMs).toBe(200);
  });
});

describe('the rhythm of probes in a lab', () => {
  const lab: Whereabouts = { mode: 'rehearsal', pace: 0.05, periodsMs: {} };

  it('keeps pace with the stages, so that as many looks fall into one as in AWS', () => {
    expect(specIn(lab, { metric: 'depth', every: '1m', tolerances }).intervalMs).toBe(3_000);
    expect(specIn(lab, { alarm: 'shopErrors' }).intervalMs).toBe(500);
  });

  it('has an end, for machines have one', () => {
    expect(specIn(lab, { alarm: 'shopErrors', every: '1s' }).intervalMs).toBe(250);
    expect(specIn(lab, { lambda: { function: 'look' }, tolerances }).intervalMs).toBe(1_000);
  });

  it('waits for no late data: a reading there is of now', () => {
    expect(specIn(lab, { metric: 'depth', every: '1m', delay: '2m', tolerances }).delayMs).toBe(0);
  });
});
