import { describe, expect, it } from 'vitest';
import { BaselineSeries } from '../../lib/steady-state/baseline-series.ts';
import { probeSpecs, type Seen, see } from '../../lib/steady-state/probe-spec.ts';
import { judgeRecovery } from '../../lib/steady-state/recovery/judge-recovery.ts';
import { neededMs, proofMs, recoveryRule } from '../../lib/steady-state/recovery/recovery-rule.ts';
import { broken, epoch, experiment, failed, samples, slow, well } from './recorded.ts';

const one = experiment();
const specs = probeSpecs(one.steadyState);
const [spec] = specs;

/** A minute of baseline at 20 samples a second. */
const perSecond = 20;
function baselineOf(look: Parameters<typeof samples>[2] = () => well): BaselineSeries {
  const series = new BaselineSeries();
  if (spec === undefined) throw new Error('no probe');
  for (const sample of samples(0, 60, look, { perSecond })) series.add(see(spec, sample));
  return series;
}

/** Judges a recovery of 30 s, looked at until so many seconds after the fault. */
function recovered(untilS: number, look: Parameters<typeof samples>[2], baseline = baselineOf()) {
  if (spec === undefined) throw new Error('no probe');
  const at20 = { ...spec, intervalMs: 1_000 / perSecond };
  const seen: Seen[] = samples(0, untilS, look, { perSecond }).map((sample) => see(spec, sample));
  return judgeRecovery({
    specs: [at20],
    rule: recoveryRule(one.recovery, 1),
    baseline: new Map([['products', baseline]]),
    faultEndMs: epoch,
    untilMs: epoch + untilS * 1_000,
    seen: new Map([['products', seen]]),
  });
}

/** Latencies that vary as real ones do, around a median: a spread of 40 % that is the same for every median. */
const spread = (medianMs: number) => (_s: number, index: number) => ({
  latencyMs: medianMs * (0.8 + 0.4 * (((index * 7919) % 1_000) / 1_000)),
  status: 200,
});

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

  it('observes on for as long as the proof takes: samples for tolerances and comparisons, and the time that data is late', () => {
    const rule = recoveryRule(one.recovery, 1);
    // None of 459 samples failing shows, wrong once in a hundred times, that fewer than 1 % do: 0.99^459 < 0.01.
    const [asked] = specs;
    expect(asked && neededMs(asked, rule, baselineOf())).toBe(459 * 100);
    expect(proofMs(specs, rule, new Map([['products', baselineOf()]]))).toBe(1.25 * 459 * 100);
    const late = probeSpecs(
      experiment({
        steadyState: {
          orders: { metric: 'orders', every: '5s', delay: '1m', tolerances: { value: { above: 1 } } },
        },
      }).steadyState,
    );
    expect(proofMs(late, rule, new Map())).toBe(1.25 * 5_000 + 60_000);
  });
});

describe('a recovery', () => {
  it('took from the end of the fault to the beginning of the stretch that shows it', () => {
    expect(recovered(90, (s) => (s < 12 ? slow : well))).toMatchObject({
      state: 'back',
      met: true,
      seconds: 12,
      objective: 30,
    });
    expect(recovered(30, () => well)).toMatchObject({ state: 'back', seconds: 0 });
  });

  it('that begins just before its deadline is proven by what comes after', () => {
    expect(recovered(90, (s) => (s < 29.5 ? failed : well))).toMatchObject({ met: true, seconds: 29.475 });
    expect(recovered(90, (s) => (s < 31.5 ? failed : well))).toMatchObject({ state: 'outside', met: false });
  });

  it('is likely, and not proven, while there are too few samples', () => {
    expect(recovered(15, () => well)).toMatchObject({ state: 'open' });
    expect(recovered(15, () => well).met).toBeUndefined();
  });

  it('is nothing that anybody can speak of before there is anything to see', () => {
    expect(recovered(0, () => well)).toMatchObject({ state: 'blind', tolerances: [] });
  });

  it('may still come when looking ended before its deadline', () => {
    expect(recovered(20, () => slow).met).toBeUndefined();
    expect(recovered(65, () => slow)).toMatchObject({ state: 'outside', met: false });
  });

  it('cannot be seen by a broken prober, nor where that spoilt more than half of the samples', () => {
    expect(recovered(60, () => broken)).toEqual({
      state: 'blind',
      objective: 30,
      reason: 'nobody could see: no usable sample came after the fault',
      tolerances: [],
    });
    expect(recovered(90, (_s, index) => (index % 5 < 3 ? broken : well))).toMatchObject({ state: 'blind' });
  });

  it('is seen from the first sample on, not from before it', () => {
    const later = recovered(90, (s) => (s < 6 ? undefined : well));
    expect(later.met).toBe(true);
    expect(later.seconds).toBeGreaterThanOrEqual(5);
  });

  it('comes back to the baseline, not only to within the tolerances', () => {
    expect(recovered(60, () => ({ latencyMs: 24.9, status: 200 })).state).toBe('back');
    expect(recovered(60, () => ({ latencyMs: 26, status: 200 })).state).toBe('outside');
    expect(recovered(60, (_s, index) => (index % 30 === 0 ? failed : well)).state).toBe('outside');
    expect(recovered(90, (_s, index) => (index % 400 === 399 ? failed : well)).state).toBe('back');
  });

  it('is no better for answering faster than before, and no worse either', () => {
    expect(recovered(60, () => ({ latencyMs: 5, status: 200 })).state).toBe('back');
  });

  it('to a level that is 15 % higher is none, where the tolerances would be met', () => {
    const slower = recovered(90, spread(115), baselineOf(spread(100)));
    expect(slower).toMatchObject({ state: 'outside', met: false });
    expect(slower.reason).toMatch(/median latency is .* surely more than .* at most 110 ms counts as back/);
    expect(recovered(90, spread(102), baselineOf(spread(100))).state).toBe('back');
  });

  it('says why it cannot be sure where what is slow comes in clumps: so many samples tell little', () => {
    const clumps = (s: number) => ({ latencyMs: s % 60 < 30 ? 10 : 14, status: 200 });
    const { state, reason } = recovered(60, clumps, baselineOf(clumps));
    expect(state).toBe('open');
    expect(reason).toMatch(
      /median latency is .*, from too few independent samples to be sure; before the fault/,
    );
  });

  it('shows the bounds of each difference that it rests on', () => {
    const { comparisons } = recovered(60, spread(102), baselineOf(spread(100)));
    const median = comparisons?.find(({ figure }) => figure === 'p50');
    expect(median).toMatchObject({ probe: 'products', unit: 'ms', state: 'back' });
    expect(median?.difference.low).toBeLessThan(2);
    expect(median?.difference.high).toBeGreaterThan(2);
    expect(median?.difference.high).toBeLessThanOrEqual(median?.allowed ?? 0);
  });

  it('is none of a system that swings: what was back for a while and fell again', () => {
    expect(recovered(90, (s) => (s % 20 < 10 ? well : slow))).toMatchObject({ state: 'outside', met: false });
  });

  it('does not begin with a value beyond its limit', () => {
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
      baseline: new Map(),
      faultEndMs: epoch,
      untilMs: epoch + 60_000,
      seen: new Map([['freshness', seen]]),
    });
    expect(judgement).toMatchObject({ met: true, seconds: 7.05 });
  });
});
