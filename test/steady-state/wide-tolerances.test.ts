import { expect, it } from 'vitest';
import type { ToleranceJudgement } from '../../lib/steady-state/judgement.ts';
import { wideTolerances } from '../../lib/steady-state/wide-tolerances.ts';

const probes = [{ probe: 'products', count: 600 }];
const judged = (limitValue: number, observed: number): ToleranceJudgement => ({
  probe: 'products',
  tolerance: 'p95',
  limit: `below ${limitValue}ms`,
  limitValue,
  unit: 'ms',
  state: 'met',
  observed,
  samples: 600,
  reason: 'it was',
});

it('a limit far wider than the baseline is told, with one that would notice', () => {
  expect(wideTolerances(probes, [judged(2_000, 21)])).toEqual([
    'products: p95 was 21.0 ms before any fault, and below 2000ms is asked: it could become 95 times slower, and nothing would be missed. Below 70ms would notice it.',
  ]);
});

it('a limit near the baseline is fine, and so is one that is short for anybody', () => {
  expect(wideTolerances(probes, [judged(150, 21)])).toEqual([]);
  expect(wideTolerances(probes, [judged(45, 1)])).toEqual([]);
});
