import { describe, expect, it } from 'vitest';
import { environmentTarget, planOf, slowDatabase, staging } from './examples.ts';

describe("the runner's input", () => {
  it('gives an automation its role by ARN, though the environment gives the name', () => {
    const restart = { document: 'Shop-Restart', role: 'shop-restart' };
    const { input } = planOf(
      {
        ...slowDatabase,
        rollbacks: { restart: { ssmAutomation: { document: 'restart' }, provenBy: 'products' } },
      },
      environmentTarget({ ...staging, documents: { restart } }),
    );
    expect(input.documents).toEqual({
      restart: { document: 'Shop-Restart', role: 'arn:aws:iam::111111111111:role/shop-restart' },
    });
  });
});
