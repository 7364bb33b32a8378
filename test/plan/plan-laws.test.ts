import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { environmentSchema } from '../../lib/experiment/environment.ts';
import { experimentSchema } from '../../lib/experiment/experiment.ts';
import { SteadfastError } from '../../lib/experiment/steadfast-error.ts';
import { planTargetOfEnvironment } from '../../lib/plan/environment-target.ts';
import { type Plan, planExperiment } from '../../lib/plan/plan-experiment.ts';
import { slowDatabase, staging } from './examples.ts';
import { plannedTags } from './fault-examples.ts';

/** Mostly what is right, so that enough is planned, and often enough what is not. */
const mostly = <T, U>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<U>) =>
  fc.oneof({ arbitrary: right, weight: 19 }, { arbitrary: wrong, weight: 1 });

/** Few keys and values, so that the tags of services, selectors and environments often meet. */
const harmless = fc.dictionary(fc.constantFrom('env', 'Color'), fc.constantFrom('staging', 'blue'), {
  minKeys: 1,
});
const harmful = fc.dictionary(
  fc.constantFrom('Env', 'Service'),
  fc.constantFrom('staging', 'production', 'cart'),
);
const tags = mostly(harmless, harmful);

const selectors = fc.record(
  {
    service: mostly(fc.constantFrom('shop', 'cart'), fc.constantFrom('database', 'nobody')),
    tags,
    availabilityZone: fc.constantFrom('eu-west-1a', 'eu-west-1b'),
  },
  { requiredKeys: [] },
);

const faults = fc.dictionary(
  fc.constantFrom('a', 'b', 'steadfast-hold', 'steadfast-settle'),
  fc.oneof(
    fc.record({ action: fc.constant('aws:ecs:stop-task'), selector: selectors }),
    fc.record({
      action: fc.constant('aws:ecs:task-network-latency'),
      selector: selectors,
      parameters: fc.record(
        {
          delay: mostly(fc.constant('500ms'), fc.constant('0.5ms')),
          to: mostly(fc.constant(['database']), fc.constant(['nobody'])),
          flows: mostly(fc.constant('10%'), fc.constant('12.5%')),
        },
        { requiredKeys: [] },
      ),
    }),
  ),
  { minKeys: 1, maxKeys: 3 },
);

const percentages = mostly(fc.constantFrom('1%', '50%', '100%'), fc.constantFrom('0%', '33.3%'));
const ofTraffic = fc.record({ of: fc.constant('traffic'), share: percentages });
const stages = fc.array(
  fc.record({
    share: fc.oneof(fc.constant('one'), percentages, ofTraffic),
    duration: mostly(fc.constantFrom('1m', '2m'), fc.constantFrom('1500ms', '30s', '12h')),
  }),
  { minLength: 1, maxLength: 3 },
);

const none = fc.constant(undefined);
const services = fc.record({
  shop: fc.record({
    url: fc.constant('https://shop.example.com'),
    tags: mostly(harmless, none),
    ecs: fc.constant({ cluster: 'c', service: 'shop' }),
  }),
  cart: fc.record({
    tags: mostly(harmless, none),
    ecs: mostly(fc.constant({ cluster: 'c', service: 'cart', launchType: 'ec2' }), none),
  }),
  database: fc.record({ host: mostly(fc.constant('database.example.com'), none) }),
});

const guard = mostly(
  fc.constantFrom(
    { alarm: 'orders', watches: 'production' },
    { metric: 'errorRate', above: 1, watches: 'production' },
    {
      alarm: 'arn:aws:cloudwatch:us-east-1:999999999999:alarm:foreign',
      readBy: 'arn:aws:iam::999999999999:role/reads-alarms',
      watches: 'production',
    },
  ),
  fc.constant({ alarm: 'arn:aws:cloudwatch:us-east-1:999999999999:alarm:foreign' }),
);
const guardNames = fc.constantFrom('shopErrors', 'b', 'c', 'd', 'e', 'f', 'g');
const guards = mostly(
  fc.dictionary(guardNames, guard, { maxKeys: 5 }),
  fc.dictionary(guardNames, guard, { minKeys: 6 }),
);

const guardsOf = ({ guards: given }: Written): Readonly<Record<string, unknown>> => ({ ...given });

interface Written {
  readonly faults: object;
  readonly stages: object;
  readonly services: object;
  readonly guards: object;
  readonly production: boolean;
}

/** What the schemas accept of all this, planned; undefined where they or the plan refuse. */
function planned(written: Written): Plan | undefined {
  const { faults: f, stages: s, services: v, guards: g, production } = written;
  const experiment = experimentSchema.safeParse({ ...slowDatabase, guards: [], faults: f, stages: s });
  const environment = environmentSchema.safeParse({ ...staging, services: v, guards: g, production });
  if (!experiment.success || !environment.success) return undefined;
  const target = planTargetOfEnvironment({ ...staging, guards: {} }, environment.data);
  try {
    return planExperiment({
      definition: slowDatabase,
      experiment: experiment.data,
      target,
      seed: 1,
      templateId: String,
    });
  } catch (thrown) {
    if (thrown instanceof SteadfastError && thrown.code === 'invalid' && thrown.problems.length > 0)
      return undefined;
    throw thrown;
  }
}

const anything = fc.record({ faults, stages, services, guards, production: fc.boolean() });

describe('whatever definition the schema accepts', () => {
  let plans: number;

  beforeEach(() => {
    plans = 0;
  });

  // A law about plans says nothing where everything is refused.
  afterEach(() => {
    expect(plans).toBeGreaterThan(20);
  });

  it('no target is planned without the environment tag, and none that the tag alone selects', () => {
    fc.assert(
      fc.property(anything, (written) => {
        for (const { targets } of plannedAndCounted(written)?.templates ?? []) {
          for (const target of Object.values(targets)) {
            const tags = plannedTags(target);
            expect(tags['Env']).toBe('staging');
            expect(Object.keys(tags).length).toBeGreaterThan(1);
          }
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it('no template is planned without a guard of its own environment, nor with more than FIS takes', () => {
    fc.assert(
      fc.property(anything, (written) => {
        for (const { stopOn, actions } of plannedAndCounted(written)?.templates ?? []) {
          expect(stopOn.length).toBeGreaterThanOrEqual(1);
          expect(stopOn.length).toBeLessThanOrEqual(5);
          for (const guard of stopOn) {
            expect(Object.keys(written.guards)).toContain(guard);
            // What another account watches is none of FIS's stop conditions.
            expect(JSON.stringify(guardsOf(written)[guard])).not.toContain('foreign');
          }
          expect(Object.keys(actions).length).toBeLessThanOrEqual(20);
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it('in production nothing begins before the minute in which targets are checked', () => {
    fc.assert(
      fc.property(anything, (written) => {
        for (const { actions } of plannedAndCounted({ ...written, production: true })?.templates ?? []) {
          const first = Object.entries(actions).filter(([, { startAfter }]) => startAfter === undefined);
          expect(first).toHaveLength(1);
          expect(first[0]?.[1]).toEqual({ actionId: 'aws:fis:wait', parameters: { duration: 'PT1M' } });
        }
      }),
      { numRuns: 1_500 },
    );
  });

  function plannedAndCounted(written: Written): Plan | undefined {
    const plan = planned(written);
    if (plan !== undefined) plans += 1;
    return plan;
  }
});
