import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  exitCodes,
  verdictMeanings,
  verdictSchema,
  verdicts,
  worstVerdict,
} from '../../lib/experiment/verdict.ts';

describe('verdicts', () => {
  it('have the exit codes of the contract', () => {
    expect(exitCodes).toEqual({
      held: 0,
      deviated: 1,
      inconclusive: 2,
      halted: 3,
      rejected: 4,
      unrecovered: 5,
      errored: 70,
    });
  });

  it('are ordered from worst to best, and the schema and the meanings know each', () => {
    expect(verdicts).toEqual([
      'errored',
      'unrecovered',
      'deviated',
      'rejected',
      'halted',
      'inconclusive',
      'held',
    ]);
    expect([...verdictSchema.options]).toEqual(verdicts);
    expect(Object.keys(verdictMeanings).toSorted()).toEqual(verdicts.toSorted());
  });

  it('give the worst of several, whatever their order, and held of none', () => {
    expect(worstVerdict([])).toBe('held');
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...verdicts), { minLength: 1 }), (several) => {
        const worst = worstVerdict(several);
        expect(several).toContain(worst);
        expect(several.every((one) => verdicts.indexOf(one) >= verdicts.indexOf(worst))).toBe(true);
      }),
    );
  });
});
