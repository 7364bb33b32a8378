import { describe, expect, it } from 'vitest';
import { probeSpecs, type Seen, see } from '../../lib/steady-state/probe-spec.ts';
import { judgeRecovery, proofMs, recoveryRule, stretchMs } from '../../lib/steady-state/recovery.ts';
import { broken, epoch, experiment, failed, samples, slow, well } from './recorded.ts';

const one = experiment();
const specs = probeSpecs(one.steadyState);
const [spec] = specs;

/** Judges a recovery of 30 s, looked at until so many seconds after the fault. */
function recovered(untilS: number, look: Parameters<typeof samples>[2], of = one, pace = 1) {
  if (spec === undefined) throw new Error('no probe');
  const seen: Seen[] = samples(0, untilS, look).map((sample) => see(spec, sample));
  return judgeRecovery({
    specs,
    rule: recoveryRule(of.recovery, pace),
    baseline: [{ probe: 'products', count: 300, errorRate: 0, p50Ms: 20, p95Ms: 20 }],
    faultEndMs: epoch,
    untilMs: epoch + untilS * 1_000,
    seen: new Map([['products', seen]]),
  });
}

describe('the rule of recovery', () => {
  it('has its defaults', () => {
    expect(recoveryRule(one.recovery, 1)).toEqual({
      objectiveMs: 30_000,
      windowMs: 10_000,
      within: 0.1,
      latencyFloorMs: 5,
      rateFloor: 0.01,
    });
  });

  it('scales its times by the pace, and neither latencies nor shares; its window is never under a second', () => {
    const given = experiment({
      recovery: { objective: '1m', within: '20%', atLeast: { latency: '40ms', rate: '2%' } },
    });
    const rule = recoveryRule(given.recovery, 0.05);
    expect(rule).toEqual({
      objectiveMs: 3_000,
      windowMs: 1_000,
      within: 0.2,
      latencyFloorMs: 40,
      rateFloor: 0.02,
    });
  });

  it('takes a stretch long enough for the samples that the tolerances ask for, and waits for late data', () => {
    const rare = probeSpecs(
      experiment({
        steadyState: {
          products: {
            http: { service: 'shop', path: '/' },
            rate: '1/s',
            tolerances: { p99: { below: '1s' } },
          },
        },
      }).steadyState,
    );
    const rule = recoveryRule(one.recovery, 1);
    expect(rare.map((probe) => stretchMs(probe, rule))).toEqual([120_000]);
    const late = probeSpecs(
      experiment({
        steadyState: {
          orders: { metric: 'orders', every: '5s', delay: '1m', tolerances: { value: { above: 1 } } },
        },
      }).steadyState,
    );
    expect(proofMs(late, rule)).toBe(70_000);
  });
});

describe('a recovery', () => {
  it('took from the end of the fault to the beginning of the stretch that shows it', () => {
    expect(recovered(60, (s) => (s < 12 ? slow : well))).toMatchObject({
      met: true,
      seconds: 12,
      objective: 30,
    });
    expect(recovered(20, () => well)).toMatchObject({ met: true, seconds: 0 });
  });

  it('that begins just before its deadline is proven by what comes after', () => {
    expect(recovered(60, (s) => (s < 29.5 ? failed : well))).toMatchObject({ met: true, seconds: 30 });
    expect(recovered(60, (s) => (s < 31.5 ? failed : well))).toMatchObject({ met: false });
  });

  it('is not judged before there is enough to see', () => {
    expect(recovered(9, () => well).met).toBeUndefined();
    expect(recovered(0, () => well).met).toBeUndefined();
  });

  it('may still come when looking ended before its deadline', () => {
    expect(recovered(20, () => slow).met).toBeUndefined();
    expect(recovered(45, () => slow).met).toBe(false);
  });

  it('cannot be seen by a broken prober, nor by half of the samples', () => {
    expect(recovered(60, () => broken)).toEqual({
      objective: 30,
      reason: 'nobody could see: no usable sample came after the fault',
      tolerances: [],
    });
    expect(recovered(60, (_s, index) => (index % 5 < 3 ? broken : well)).met).toBeUndefined();
  });

  it('is seen from the first sample on, not from before it', () => {
    const later = recovered(60, (s) => (s < 6 ? undefined : well));
    expect(later.met).toBe(true);
    expect(later.seconds).toBeGreaterThanOrEqual(5);
  });

  it('comes back to the baseline, not only to within the tolerances', () => {
    expect(recovered(60, () => ({ latencyMs: 24.9, status: 200 })).met).toBe(true);
    expect(recovered(60, () => ({ latencyMs: 26, status: 200 }))).toMatchObject({ met: false });
    expect(recovered(60, (_s, index) => (index % 50 === 0 ? failed : well))).toMatchObject({ met: false });
    expect(recovered(60, (_s, index) => (index % 200 === 0 ? failed : well)).met).toBe(true);
  });

  it('allows a single value beyond its limit no time at all', () => {
    const aged = experiment({
      steadyState: {
        freshness: {
          http: { service: 'shop', path: '/', ageOf: '$.readAt' },
          rate: '10/s',
          tolerances: { age: { below: '5s', missedFor: '5s' } },
        },
      },
    });
    const [freshness] = probeSpecs(aged.steadyState);
    if (freshness === undefined) throw new Error('no probe');
    const seen = samples(0, 60, (s) => ({ ...well, value: s < 14 && s % 7 === 0 ? 9 : 1 })).map((sample) =>
      see(freshness, { ...sample, probe: 'freshness' }),
    );
    const judgement = judgeRecovery({
      specs: [freshness],
      rule: recoveryRule(aged.recovery, 1),
      baseline: [],
      faultEndMs: epoch,
      untilMs: epoch + 60_000,
      seen: new Map([['freshness', seen]]),
    });
    expect(judgement).toMatchObject({ met: true, seconds: 8 });
  });
});
