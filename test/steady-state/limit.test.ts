import { describe, expect, it } from 'vitest';
import { tolerancesSchema } from '../../lib/experiment/tolerance.ts';
import { limitOf, limitsOf } from '../../lib/steady-state/limit.ts';
import type { Seen } from '../../lib/steady-state/probe-spec.ts';

const tolerances = tolerancesSchema.parse({
  value: { above: 2, below: 5, missedFor: '30s' },
  p95: { below: '250ms' },
  count: { atLeast: 3 },
  age: { below: '5s' },
  errorRate: { below: '1%' },
});

const seen = (given: Partial<Seen>): Seen => ({
  atMs: 0,
  usable: true,
  failed: false,
  latencyMs: undefined,
  value: undefined,
  ...given,
});

describe('the limits of tolerances', () => {
  it('are told as they were written, in the order in which they are shown', () => {
    expect(limitsOf(tolerances).map(({ tolerance, text, unit }) => [tolerance, text, unit])).toEqual([
      ['p95', 'below 250ms', 'ms'],
      ['errorRate', 'below 1%', 'ratio'],
      ['age', 'below 5s', 's'],
      ['count', 'at least 3', 'items'],
      ['value', 'above 2 and below 5', ''],
    ]);
    expect(limitOf(tolerances, 'value')?.missedForMs).toBe(30_000);
  });

  it.each<[keyof typeof tolerances, Partial<Seen>, boolean | undefined]>([
    ['p95', { latencyMs: 249 }, false],
    ['p95', { latencyMs: 250 }, true],
    ['p95', { failed: true }, true],
    ['p95', {}, undefined],
    ['errorRate', { failed: true }, true],
    ['age', { value: 4.9 }, false],
    ['age', { value: 5 }, true],
    ['age', {}, undefined],
    ['count', { value: 3 }, false],
    ['count', { value: 2 }, true],
    ['value', { value: 2 }, true],
    ['value', { value: 3 }, false],
    ['value', { value: 5 }, true],
  ])('%s: whether %j is beyond is %s', (tolerance, sample, beyond) => {
    expect(limitOf(tolerances, tolerance)?.beyond(seen(sample))).toBe(beyond);
  });

  it('of a value may be on one side alone', () => {
    const [below, above] = [{ below: 5 }, { above: 2 }].map((value) =>
      limitOf(tolerancesSchema.parse({ value }), 'value'),
    );
    expect([below?.text, below?.value, below?.beyond(seen({ value: 1 }))]).toEqual(['below 5', 5, false]);
    expect([above?.text, above?.value, above?.beyond(seen({ value: 9 }))]).toEqual(['above 2', 2, false]);
  });

  it.each(['p50', 'errorRate', 'age', 'count', 'value'] as const)(
    'are none for %s where it is not asked',
    (name) => {
      expect(limitOf(tolerancesSchema.parse({ p99: { below: '1s' } }), name)).toBeUndefined();
    },
  );
});
