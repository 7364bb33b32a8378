import { describe, expect, it } from 'vitest';
import { probesSchema } from '../../lib/experiment/probe.ts';
import { baselineMsOf } from '../../lib/steady-state/baseline-length.ts';

const minute = 60_000;
const products = { http: { service: 'shop', path: '/' }, tolerances: { p95: { below: '1s' } } };
const orders = { metric: 'orders', every: '1m', tolerances: { value: { below: 5 } } };

const lengthOf = (probes: object, baseline?: number, pace = 1) =>
  baselineMsOf(
    {
      steadyState: probesSchema.parse(probes),
      ...(baseline === undefined ? {} : { baseline: { ms: baseline, text: '' } }),
    },
    pace,
  ) / minute;

describe('the baseline', () => {
  it('is as long as is asked, in the pace of its lab', () => {
    expect(lengthOf({ products, orders })).toBe(1);
    expect(lengthOf({ products, orders }, 5 * minute)).toBe(5);
    expect(lengthOf({ products, orders }, 5 * minute, 0.1)).toBe(0.5);
  });

  it('waits for data that is late', () => {
    expect(lengthOf({ products, orders: { ...orders, delay: '2m' } }, 10 * minute)).toBe(12);
  });

  it('is never so short that most of it is still to come', () => {
    expect(lengthOf({ orders: { ...orders, delay: '2m' } })).toBe(6);
    expect(lengthOf({ late: { ...orders, delay: '2m' }, later: { ...orders, delay: '3m' } })).toBe(8);
  });
});
