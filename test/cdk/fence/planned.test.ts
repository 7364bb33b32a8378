import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EnvironmentDefinition } from '../../../lib/experiment/environment.ts';
import { type ExperimentDefinition, experimentSchema } from '../../../lib/experiment/experiment.ts';
import type { FisAction } from '../../../lib/fis/action.ts';
import { actions } from '../../../lib/fis/catalogue.ts';
import { exampleFault } from '../../../lib/fis/parameter-facts.ts';
import { problemsOf } from '../../../lib/plan/problems.ts';
import { declaring, environmentTarget, slowDatabase, staging } from '../../plan/examples.ts';
import { synthesize } from '../synthesis.ts';

const all: readonly FisAction[] = actions;

const selectors = fc.record(
  {
    service: fc.constant('shop'),
    tags: fc.constantFrom({ Tier: 'data' }, { env: 'production' }),
    availabilityZone: fc.constant('eu-west-1a'),
  },
  { requiredKeys: [] },
);

const faults = fc
  .record({ action: fc.constantFrom(...all), selector: selectors })
  .map(({ action, selector }) => ({
    ...exampleFault(action),
    ...(action.target === undefined ? {} : { selector }),
  }));

const experiments = fc.array(
  fc.record({
    faults: fc.array(faults, { minLength: 1, maxLength: 2 }),
    share: fc.oneof(
      { arbitrary: fc.constantFrom('one', '50%'), weight: 4 },
      { arbitrary: fc.constant({ of: 'traffic', share: '10%' }), weight: 1 },
    ),
  }),
  { minLength: 20, maxLength: 40 },
);

const guards = fc.constantFrom<EnvironmentDefinition['guards']>(
  staging.guards,
  { orders: { alarm: 'orders', watches: 'production' } },
  {
    ...staging.guards,
    orders: { alarm: 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:orders' },
  },
);

/** A guard that FIS cannot stop on. */
const polled: EnvironmentDefinition['guards'] = {
  polled: {
    alarm: 'arn:aws:cloudwatch:us-east-1:222222222222:alarm:errors',
    readBy: 'arn:aws:iam::222222222222:role/reads-alarms',
    watches: 'production',
  },
};

/** What an environment says of itself: its tag alone, all that can be declared, or that it is an account of its own. */
const environments = fc.constantFrom<EnvironmentDefinition>(staging, declaring, {
  ...staging,
  isolated: { reason: 'an account of its own' },
});

/** The experiment as its definition, where schema and plan accept it. */
function accepted(
  written: { readonly faults: readonly object[]; readonly share: unknown },
  id: string,
  environment: EnvironmentDefinition,
): ExperimentDefinition[] {
  const definition = {
    ...slowDatabase,
    id,
    guards: [],
    stages: [{ share: written.share, duration: '15m' }],
    faults: Object.fromEntries(written.faults.map((fault, index) => [`f${index}`, fault])),
    environments: { staging: {} },
  };
  const { data } = experimentSchema.safeParse(definition);
  if (data === undefined || !isDefinition(definition)) return [];
  const problems = problemsOf(data, environmentTarget(environment));
  return problems.some(({ severity }) => severity !== 'note') ? [] : [definition];
}

/** What the schema accepts as it was written. */
const isDefinition = (value: unknown): value is ExperimentDefinition =>
  experimentSchema.safeParse(value).success;

describe('whatever the plan accepts', () => {
  it('the fence accepts too, as it is synthesized', () => {
    let templates = 0;
    fc.assert(
      fc.property(experiments, environments, guards, fc.boolean(), (written, around, guarded, production) => {
        const environment: EnvironmentDefinition = {
          ...around,
          guards: { ...guarded, ...polled },
          production,
        };
        const own = written.flatMap((one, index) => accepted(one, `fault-${index}`, environment));
        // Every app that is built has the fence around it, so a refusal is thrown.
        const stacks = synthesize({ experiments: own, environments: [environment] });
        for (const { Resources } of stacks.values())
          templates += Object.values(Resources).filter(
            ({ Type }) => Type === 'AWS::FIS::ExperimentTemplate',
          ).length;
      }),
      { numRuns: 6 },
    );
    // About six of each draw's experiments are accepted.
    expect(templates).toBeGreaterThan(20);
  });
});
