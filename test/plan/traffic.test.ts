import { describe, expect, it } from 'vitest';
import type { EnvironmentDefinition } from '../../lib/experiment/environment.ts';
import { labSchema } from '../../lib/experiment/lab.ts';
import {
  environmentTarget,
  labTarget,
  planOf,
  problemsIn,
  shopLab,
  slowDatabase,
  staging,
} from './examples.ts';

const busy = { ...slowDatabase, traffic: { lambda: { function: 'shoppers' } } } as const;
const declaring = {
  ...staging,
  functions: { shoppers: 'shop-shoppers' },
} as const satisfies EnvironmentDefinition;
const load = [{ service: 'shop', path: '/products', rate: '20/s' }] as const;
const lab = () => labTarget({ ...shopLab, functions: { shoppers: { load: [...load] } } });

describe('what makes traffic', () => {
  it('must be a function of the environment', () => {
    expect(problemsIn(busy)).toEqual(['unknown-name traffic.lambda.function']);
    expect(problemsIn(busy, environmentTarget(declaring))).toEqual([]);
  });

  it('is known to the runner by its name in AWS, with what else it is called with', () => {
    const { input } = planOf(busy, environmentTarget(declaring));
    expect(input).toMatchObject({
      functions: { shoppers: 'shop-shoppers' },
      definition: { traffic: { lambda: { function: 'shoppers' } } },
    });
  });

  it('may be played by load in a lab, of services that it has', () => {
    expect(problemsIn(busy, lab())).toEqual([]);
    const elsewhere = { load: [{ ...load[0], service: 'shpo' }] };
    expect(
      labSchema.safeParse({ ...shopLab, functions: { shoppers: elsewhere } }).error?.issues,
    ).toMatchObject([
      { path: ['functions', 'shoppers', 'load', 0, 'service'], message: "no service is called 'shpo'" },
    ]);
  });

  it('by load undoes nothing', () => {
    const rollbacks = { undo: { lambda: { function: 'shoppers' }, provenBy: 'products' } };
    expect(problemsIn({ ...slowDatabase, rollbacks }, lab())).toEqual([
      'only-traffic rollbacks.undo.lambda.function',
    ]);
  });
});
