import { describe, expect, it } from 'vitest';
import { labTarget, problemsIn, slowDatabase } from '../examples.ts';

describe('a deployment', () => {
  it('cannot roll back by a command, which a lab can', () => {
    const rollbacks = { flush: { command: ['node', 'flush.ts'], provenBy: 'products' } };
    expect(problemsIn({ ...slowDatabase, rollbacks })).toEqual(['command-rollback rollbacks.flush.command']);
    expect(problemsIn({ ...slowDatabase, rollbacks }, labTarget())).toEqual([]);
  });

  it.each(['30s', '90s', '2d'] as const)('cannot start within a flexible window of %s', (flexibleWindow) => {
    const environments = { staging: { schedule: 'rate(7 days)', flexibleWindow } };
    expect(problemsIn({ ...slowDatabase, environments })).toEqual([
      'flexible-window environments.staging.flexibleWindow',
    ]);
  });
});
