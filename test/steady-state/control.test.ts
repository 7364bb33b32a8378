import { describe, expect, it } from 'vitest';
import { judge } from '../../lib/steady-state/judge.ts';
import type { Observation } from '../../lib/steady-state/observation.ts';
import { duringFault, experiment, mark, samples } from './recorded.ts';

const controlled = experiment({
  steadyState: {
    products: {
      http: { service: 'shop', path: '/products' },
      rate: '20/s',
      control: 'search',
      tolerances: { p95: { below: '150ms' }, errorRate: { below: '5%' } },
    },
  },
  controls: { search: { http: { service: 'search', path: '/search' }, rate: '20/s' } },
});

const marks = [
  mark(0, 'baseline-start'),
  mark(30, 'fault-start'),
  mark(90, 'fault-end', { bite: true }),
  mark(200, 'recovery-end'),
];

type Course = (seconds: number) => { factor?: number; fails?: number };

/** Both are looked at twenty times a second; each has its own course. */
function recordedBoth(products: Course, search: Course): Observation[] {
  const looks = (course: Course, probe: string) =>
    samples(
      0,
      200,
      (seconds, index) => {
        const { factor = 1, fails = 0 } = course(seconds);
        const spread = 0.8 + 0.4 * (((index * 7_919) % 1_000) / 1_000);
        const failed = (index * 6_007) % 1_000 < 1_000 * fails;
        return { latencyMs: 100 * factor * spread, status: failed ? 500 : 200 };
      },
      { probe, perSecond: 20 },
    );
  return [...marks, ...looks(products, 'products'), ...looks(search, 'search')];
}

const judged = (products: Course, search: Course) => judge(() => recordedBoth(products, search), controlled);

describe('a control', () => {
  const steady: Course = () => ({});
  const slowed: Course = (seconds) => (duringFault(seconds) ? { factor: 1.5 } : {});

  it('that stays as it was leaves a miss to the fault', async () => {
    const { verdict, stages } = await judged(slowed, steady);
    expect(verdict).toBe('deviated');
    expect(stages[0]?.tolerances[0]).not.toHaveProperty('control');
  });

  it('that slows as well takes the blame off the fault, and leaves the question open', async () => {
    const { verdict, stages, findings } = await judged(slowed, slowed);
    expect(verdict).toBe('inconclusive');
    expect(stages[0]?.tolerances[0]).toMatchObject({ tolerance: 'p95', state: 'unknown', control: 'search' });
    expect(findings[0]?.message).toContain('search, which the fault cannot touch, slowed as well');
    expect(findings[0]?.hint).toContain('what moved both');
  });

  it('that slows a little excuses no more than that', async () => {
    const little: Course = (seconds) => (duringFault(seconds) ? { factor: 1.15 } : {});
    expect((await judged((s) => (duringFault(s) ? { factor: 3 } : {}), little)).verdict).toBe('deviated');
  });

  it('that fails as often takes the blame off the fault too', async () => {
    const failing: Course = (seconds) => (duringFault(seconds) ? { fails: 0.12 } : {});
    const { stages } = await judged(failing, failing);
    expect(stages[0]?.tolerances[1]).toMatchObject({
      tolerance: 'errorRate',
      state: 'unknown',
      control: 'search',
    });
    expect((await judged(failing, steady)).verdict).toBe('deviated');
  });

  it('that has drifted since the baseline is allowed for in the recovery', async () => {
    const drifted: Course = (seconds) => (seconds >= 30 ? { factor: 1.2 } : {});
    const alone = await judged(drifted, steady);
    expect(alone.recovery?.state).toBe('outside');
    const together = await judged(drifted, drifted);
    expect(together.recovery?.state).toBe('back');
    const median = together.recovery?.comparisons?.find(({ figure }) => figure === 'p50');
    expect(median?.drift).toBeGreaterThan(10);
  });

  it('that was not looked at excuses nothing', async () => {
    const only = recordedBoth(slowed, steady).filter((one) => !('probe' in one) || one.probe === 'products');
    expect((await judge(() => only, controlled)).verdict).toBe('deviated');
  });
});
