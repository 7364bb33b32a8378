import { describe, expect, it } from 'vitest';
import { tolerancesSchema } from '../../lib/experiment/tolerance.ts';
import { aggregatesOf, baselineBegins, type Measured, withWindow } from '../../lib/game-day/aggregates.ts';
import type { Window } from '../../lib/steady-state/window.ts';

const probes = {
  orders: { tolerances: tolerancesSchema.parse({ p95: { below: '250ms' }, errorRate: { below: '1%' } }) },
  freshness: { tolerances: tolerancesSchema.parse({ age: { below: '3s' } }) },
  catalogue: { tolerances: tolerancesSchema.parse({ count: { atLeast: 10 } }) },
  queue: { tolerances: tolerancesSchema.parse({ value: { below: 60 } }) },
  workers: { tolerances: tolerancesSchema.parse({ value: { above: 2 } }) },
};

const second = 1_000;

const windowAt = (at: number, probe: string, seen: Partial<Window> = {}): Window => ({
  probe,
  startMs: (at - 1) * second,
  endMs: at * second,
  count: 20,
  errors: 0,
  unusable: 0,
  ...seen,
});

/** What was measured of windows, the first of them before the fault. */
const measured = (windows: readonly Window[], baseline = 0): Measured =>
  windows.reduce<Measured>(
    (before, window, index) => withWindow(before, probes, window, index < baseline),
    {},
  );

const figures = (probe: string, windows: readonly Window[], baseline = 0) =>
  aggregatesOf(measured(windows, baseline), probes).filter((one) => one.probe === probe);

describe('what is shown of a probe', () => {
  it('is what its tolerances are about, each beside its limit and what it was before the fault', () => {
    const windows = [
      windowAt(1, 'orders', { p95Ms: 80 }),
      windowAt(2, 'orders', { p95Ms: 90 }),
      windowAt(3, 'orders', { p95Ms: 100 }),
      windowAt(4, 'orders', { p95Ms: 400, errors: 5 }),
    ];
    expect(figures('orders', windows, 3)).toMatchObject([
      { figure: 'p95', unit: 'ms', limit: 250, now: 400, baseline: 90 },
      { figure: 'errors', unit: '%', limit: 1, now: 25, baseline: 0 },
    ]);
  });

  it.each([
    ['freshness', { highestValue: 4, lowestValue: 1 }, { unit: 's', limit: 3, now: 4 }],
    ['catalogue', { highestValue: 50, lowestValue: 8 }, { limit: 10, now: 8, isFloor: true }],
    ['queue', { highestValue: 70, lowestValue: 8 }, { limit: 60, now: 70 }],
    ['workers', { highestValue: 4, lowestValue: 1 }, { limit: 2, now: 1, isFloor: true }],
  ])('is of %s the value that is nearest to its limit', (probe, seen, expected) => {
    expect(figures(probe, [windowAt(1, probe, seen)])).toMatchObject([expected]);
  });

  it('has gaps where nothing was seen, and no figure of now then', () => {
    const windows = [windowAt(1, 'orders', { p95Ms: 80 }), windowAt(2, 'orders', { count: 0 })];
    const [latency, errors] = figures('orders', windows);
    expect(latency?.series).toEqual([
      [1_000, 80],
      [2_000, null],
    ]);
    expect(latency).not.toHaveProperty('now');
    expect(errors?.series.at(-1)).toEqual([2_000, null]);
  });

  it('is there before anything was seen', () => {
    expect(aggregatesOf({}, probes).every(({ series }) => series.length === 0)).toBe(true);
  });
});

describe('what was measured', () => {
  it('stays the same when a window is told again, and passes over probes that nobody knows', () => {
    const once = measured([windowAt(1, 'queue', { highestValue: 3 })]);
    expect(withWindow(once, probes, windowAt(1, 'queue', { highestValue: 9 }), false)).toEqual(once);
    expect(withWindow(once, probes, windowAt(2, 'stranger'), false)).toBe(once);
  });

  it('is compared with the baseline of the run that goes on, not of those before', () => {
    const first = measured([windowAt(1, 'queue', { highestValue: 3 })], 1);
    const second = withWindow(baselineBegins(first), probes, windowAt(9, 'queue', { highestValue: 7 }), true);
    expect(aggregatesOf(second, probes).find(({ probe }) => probe === 'queue')).toMatchObject({
      baseline: 7,
      series: [
        [1_000, 3],
        [9_000, 7],
      ],
    });
  });

  it.each([
    ['queue', 59, Math.max],
    ['workers', -1, Math.min],
  ] as const)('is bounded however long it lasts, and the worst of %s stays seen', (probe, worst, worse) => {
    const windows = Array.from({ length: 3_000 }, (_, index) => {
      const value = index === 700 ? worst : index % 7;
      return windowAt(index + 1, probe, { highestValue: value, lowestValue: value });
    });
    const [figure] = figures(probe, windows);
    expect(figure?.series.length).toBeLessThanOrEqual(600);
    expect(worse(...(figure?.series ?? []).map(([, value]) => value ?? 0))).toBe(worst);
    expect(figure?.series.at(-1)?.[0]).toBe(3_000_000);
  });
});
