import { expect, test } from 'vitest';
import { gaugesOf } from '../../../lib/cli/view/gauge.ts';
import { experiment, windowAt } from './view-fixture.ts';

const gauges = gaugesOf(experiment);
const gauge = (probe: string, name: string) => gauges.find((one) => one.probe === probe && one.name === name);

test('an http probe shows p95 and errors in any case, and its other tolerances; a metric its value', () => {
  expect(
    gauges.map(({ probe, name, limit }) => `${probe} ${name} ${limit?.text ?? 'without limit'}`),
  ).toEqual([
    'products p95 below 250ms',
    'products errors below 1%',
    'products age below 5s',
    'health p95 without limit',
    'health errors below 1%',
    'orders value above 20',
  ]);
});

test.each([
  ['products', 'p95', { p95Ms: 250 }, { p95Ms: 249 }],
  ['products', 'errors', { errors: 1 }, { errors: 0 }],
  ['products', 'age', { highestValue: 5 }, { highestValue: 4.9 }],
  ['orders', 'value', { lowestValue: 20, highestValue: 90 }, { lowestValue: 21, highestValue: 90 }],
])('%s %s is beyond its limit with %o and not with %o', (probe, name, beyond, within) => {
  expect(gauge(probe, name)?.isBeyond(windowAt(0, beyond))).toBe(true);
  expect(gauge(probe, name)?.isBeyond(windowAt(0, within))).toBe(false);
});

test('a window in which nothing was asked has no error rate', () => {
  expect(gauge('products', 'errors')?.read(windowAt(0, { count: 0 }))).toBeUndefined();
});

test('a lower limit is held against the lowest value', () => {
  expect(gauge('orders', 'value')?.read(windowAt(0, { lowestValue: 21, highestValue: 90 }))).toBe(21);
});
