import { describe, expect, it } from 'vitest';
import { BaselineSeries } from '../../lib/steady-state/baseline-series.ts';
import { powerOf, samplesNeeded } from '../../lib/steady-state/power.ts';
import { powerStatements } from '../../lib/steady-state/power-statements.ts';
import { probeSpecs, see } from '../../lib/steady-state/probe-spec.ts';
import { atMost, fewestThatMiss, mostThatMeets } from '../../lib/steady-state/statistics/share.ts';
import { agedExperiment, type experiment, failed, samples, well, withProbes } from './recorded.ts';

const one = { allowed: 0.01, designEffect: 1 };

describe('the power of so many samples', () => {
  it('is the shares that they tell from what is allowed, with a probability of 99 %', () => {
    const { metUpTo, missedFrom } = powerOf({ ...one, samples: 6_000 });
    expect(atMost(mostThatMeets(6_000, 0.01, 0.01), 6_000, metUpTo)).toBeCloseTo(0.99, 6);
    expect(atMost(fewestThatMiss(6_000, 0.01, 0.01) - 1, 6_000, missedFrom)).toBeCloseTo(0.01, 6);
    expect(metUpTo).toBeGreaterThan(0.004);
    expect(missedFrom).toBeLessThan(0.018);
  });

  it('is none of too few samples', () => {
    expect(powerOf({ ...one, samples: 400 }).metUpTo).toBeLessThan(0);
    expect(powerOf({ ...one, samples: 5 }).missedFrom).toBeGreaterThan(1);
  });

  it('grows with the samples, and shrinks as they clump', () => {
    const few = powerOf({ ...one, samples: 3_000 });
    const many = powerOf({ ...one, samples: 30_000 });
    expect(many.metUpTo).toBeGreaterThan(few.metUpTo);
    expect(many.missedFrom).toBeLessThan(few.missedFrom);
    expect(powerOf({ ...one, samples: 30_000, designEffect: 10 }).metUpTo).toBeCloseTo(few.metUpTo, 9);
  });

  it('needs 459 samples to show that fewer than 1 % fail where none does, and more where some do', () => {
    expect(samplesNeeded({ ...one, share: 0 })).toBe(459);
    expect(samplesNeeded({ ...one, share: 0.005 })).toBeGreaterThan(3_000);
    expect(samplesNeeded({ ...one, share: 0.0099999 })).toBeUndefined();
  });
});

describe('what a stage can tell', () => {
  function statements(
    of: ReturnType<typeof experiment>,
    look: Parameters<typeof samples>[2] = () => well,
    pace = 1,
  ) {
    const specs = probeSpecs(of.steadyState);
    const series = new Map(
      specs.map((spec) => {
        const before = new BaselineSeries();
        for (const sample of samples(0, 60, look, { probe: spec.name, perSecond: 20 }))
          before.add(see(spec, sample));
        return [spec.name, before] as const;
      }),
    );
    return powerStatements(of, specs, series, pace);
  }

  const strict = withProbes({
    products: {
      http: { service: 'shop', path: '/' },
      rate: '10/s',
      tolerances: { errorRate: { below: '1%' } },
    },
  });

  it('is enough in a minute at 10/s where nothing fails, and not at a tenth of the pace', () => {
    expect(statements(strict)[0]).toMatchObject({ stage: 0, samples: 600, baseline: 0, enough: true });
    const [short] = statements(strict, () => well, 0.1);
    expect(short).toMatchObject({ samples: 60, enough: false, neededSeconds: 45.9 });
    expect(short?.text).toBe(
      'to tell 1.00 % errors from the 0.00 % before any fault needs 45.9 s at 10/s (459 samples); it has 6 s (60 samples)',
    );
  });

  it('is never enough where the baseline is hardly better than what is allowed', () => {
    const [near] = statements(strict, (_s, index) => (index % 101 === 0 ? failed : well));
    expect(near).toMatchObject({ enough: false });
    expect(near?.text).toMatch(/needs \d+ h|no length would be enough/);
  });

  it('is too little for a stage that ends before an answer can be too old for long enough', () => {
    const aged = agedExperiment();
    const withAge = (_s: number) => ({ ...well, value: 1 });
    expect(statements(aged, withAge)[0]).toMatchObject({ tolerance: 'age', enough: true });
    const [short] = statements(aged, withAge, 0.1);
    expect(short).toMatchObject({ enough: false, neededSeconds: 9.1 });
    expect(short?.text).toContain('a stage of 6 s cannot miss it; it needs 9.1 s');
  });

  it('says how long the proof of the recovery takes, and when nobody waits for it', () => {
    const proof = statements(strict).find(({ tolerance }) => tolerance === 'recovery');
    expect(proof).toMatchObject({ enough: true, neededSeconds: 45.9 });
    expect(proof).not.toHaveProperty('stage');
    const rare = withProbes({
      products: { http: { service: 'shop', path: '/' }, rate: '6/m', tolerances: { p50: { below: '1s' } } },
    });
    expect(statements(rare).find(({ tolerance }) => tolerance === 'recovery')).toMatchObject({
      enough: false,
    });
  });
});
