import { defineEnvironment, defineExperiment, defineLab, type ExperimentDefinition } from 'steadfast-chaos';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { slowDatabase } from '../plan/examples.ts';

type Fault = ExperimentDefinition['faults'][string];
type Latency<Parameters> = {
  action: 'aws:ecs:task-network-latency';
  selector: { service: string };
  parameters: Parameters;
};

describe('the compiler', () => {
  it('accepts the parameters of an action', () => {
    expectTypeOf<Latency<{ delay: '500ms'; to: string[] }>>().toExtend<Fault>();
    expectTypeOf<{ action: 'aws:ecs:stop-task'; selector: { service: string } }>().toExtend<Fault>();
  });

  it('refuses a quantity without its unit, and one of another kind', () => {
    expectTypeOf<Latency<{ delay: number }>>().not.toExtend<Fault>();
    expectTypeOf<Latency<{ delay: 'soon' }>>().not.toExtend<Fault>();
    expectTypeOf<Latency<{ delay: '50%' }>>().not.toExtend<Fault>();
    expectTypeOf<Latency<{ to: 'database' }>>().not.toExtend<Fault>();
  });

  it('refuses an unknown action, and parameters that an action does not have', () => {
    expectTypeOf<{ action: 'aws:ecs:stop'; selector: { service: string } }>().not.toExtend<Fault>();
    type Parameters = NonNullable<Extract<Fault, { action: 'aws:ecs:task-network-latency' }>['parameters']>;
    expectTypeOf<keyof Parameters>().toEqualTypeOf<
      'delay' | 'jitter' | 'to' | 'flows' | 'installDependencies'
    >();
  });

  it('knows the keys of every kind of probe and rollback', () => {
    type Probe = ExperimentDefinition['steadyState'][string];
    expectTypeOf<{ metric: string; tolerances: { value: { below: number } } }>().toExtend<Probe>();
    expectTypeOf<{ tolerances: { p95: { below: '1s' } } }>().not.toExtend<Probe>();
    type Rollback = NonNullable<ExperimentDefinition['rollbacks']>[string];
    expectTypeOf<{ command: string[]; provenBy: string }>().toExtend<Rollback>();
    expectTypeOf<{ command: string[] }>().not.toExtend<Rollback>();
  });
});

describe('defining', () => {
  it('leaves a definition as it was written', () => {
    expect(defineExperiment(slowDatabase)).toBe(slowDatabase);
    const lab = { id: 'l', services: {}, guards: { g: { notRehearsable: 'a test' } } } as const;
    expect(defineLab(lab)).toBe(lab);
    expectTypeOf(defineEnvironment).returns.toHaveProperty('account');
  });
});
