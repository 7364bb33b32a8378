import { describe, expect, it } from 'vitest';
import { type EnvironmentDefinition, environmentSchema } from '../../lib/experiment/environment.ts';
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

describe('a state machine that makes traffic', () => {
  const byMachine = { ...slowDatabase, traffic: { stateMachine: { name: 'shoppers' } } } as const;
  const withMachine = { ...staging, stateMachines: { shoppers: 'shop-shoppers' } } as const;

  it('must be one of the environment, whatever its functions are called', () => {
    expect(problemsIn(byMachine, environmentTarget(declaring))).toEqual([
      'unknown-name traffic.stateMachine.name',
    ]);
    expect(problemsIn(byMachine, environmentTarget(withMachine))).toEqual([]);
  });

  it('is known to the runner by its name in AWS, and only where it is used', () => {
    const target = environmentTarget(withMachine);
    expect(planOf(byMachine, target).input.stateMachines).toEqual({ shoppers: 'shop-shoppers' });
    expect(planOf(slowDatabase, target).input).not.toHaveProperty('stateMachines');
  });

  it('may be played by load in a lab, of services that it has', () => {
    const played = (service: string) => ({ shoppers: { load: [{ ...load[0], service }] } });
    expect(problemsIn(byMachine, labTarget({ ...shopLab, stateMachines: played('shop') }))).toEqual([]);
    expect(labSchema.safeParse({ ...shopLab, stateMachines: played('shpo') }).error?.issues).toMatchObject([
      { path: ['stateMachines', 'shoppers', 'load', 0, 'service'] },
    ]);
  });

  it('may be one that a lab says it cannot play', () => {
    const shoppers = { notRehearsable: 'it needs the cloud' };
    const target = labTarget({ ...shopLab, stateMachines: { shoppers } });
    expect(target.notRehearsable.stateMachine).toEqual({ shoppers: 'it needs the cloud' });
    expect(problemsIn(byMachine, target)).toEqual([]);
  });

  it('is declared by its own name, without a version or an alias', () => {
    const declares = (shoppers: string) =>
      environmentSchema.safeParse({ ...staging, stateMachines: { shoppers } }).success;
    const arn = 'arn:aws:states:eu-west-1:111111111111:stateMachine:shop-shoppers';
    expect([arn, 'shop-shoppers', `${arn}:3`, `${arn}:LIVE`, 'shop*'].map(declares)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
