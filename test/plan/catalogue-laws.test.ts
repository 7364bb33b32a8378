import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { environmentSchema } from '../../lib/experiment/environment.ts';
import { experimentSchema } from '../../lib/experiment/experiment.ts';
import { SteadfastError } from '../../lib/experiment/steadfast-error.ts';
import type { FisAction } from '../../lib/fis/action.ts';
import { actions } from '../../lib/fis/catalogue.ts';
import { exampleFault } from '../../lib/fis/parameter-facts.ts';
import { isResourceType, resourceTypeFacts } from '../../lib/fis/resource-types.ts';
import { planTargetOfEnvironment } from '../../lib/plan/environment-target.ts';
import { type Plan, planExperiment } from '../../lib/plan/plan-experiment.ts';
import { slowDatabase, staging } from './examples.ts';

const all: readonly FisAction[] = actions;

/** Mostly what is right, so that enough is planned, and often enough what is not. */
const mostly = <T, U>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<U>) =>
  fc.oneof({ arbitrary: right, weight: 9 }, { arbitrary: wrong, weight: 1 });

const selectors = fc.record(
  {
    service: mostly(fc.constant('shop'), fc.constantFrom('database', 'nobody')),
    tags: mostly(
      fc.constantFrom({ Tier: 'data' }, { env: 'production' }),
      fc.constantFrom({ Env: 'production' }, { Service: 'cart' }, {}),
    ),
    availabilityZone: fc.constantFrom('eu-west-1a', 'eu-west-1b'),
  },
  { requiredKeys: [] },
);

/** A fault of any action, as its example is written or with parameters left out, on anything. */
const fault = fc
  .record({
    action: fc.constantFrom(...all),
    selector: selectors,
    bare: mostly(fc.constant(false), fc.constant(true)),
  })
  .map(({ action, selector, bare }) => {
    const { parameters, ...example } = exampleFault(action);
    return {
      ...example,
      ...(action.target === undefined ? {} : { selector }),
      ...(bare || parameters === undefined ? {} : { parameters }),
    };
  });

const written = fc.record({
  faults: mostly(
    fault.map((a) => ({ a })),
    fc.tuple(fault, fault).map(([a, b]) => ({ a, b })),
  ),
  share: mostly(fc.constantFrom('one', '50%'), fc.constant({ of: 'traffic', share: '10%' })),
  duration: mostly(fc.constant('15m'), fc.constant('1m')),
  databaseTags: fc.constantFrom(undefined, { Service: 'database' }),
  production: fc.boolean(),
});
type Written = typeof written extends fc.Arbitrary<infer T> ? T : never;

/** What the schemas and the plan accept of it; undefined where either refuses. */
function planned({ faults, share, duration, databaseTags, production }: Written): Plan | undefined {
  const experiment = experimentSchema.safeParse({ ...slowDatabase, faults, stages: [{ share, duration }] });
  const environment = environmentSchema.parse({
    ...staging,
    production,
    services: { ...staging.services, database: { ...staging.services.database, tags: databaseTags } },
  });
  if (!experiment.success) return undefined;
  try {
    return planExperiment({
      definition: slowDatabase,
      experiment: experiment.data,
      target: planTargetOfEnvironment(staging, environment),
      seed: 1,
      templateId: String,
    });
  } catch (thrown) {
    if (thrown instanceof SteadfastError && thrown.code === 'invalid' && thrown.problems.length > 0)
      return undefined;
    throw thrown;
  }
}

/** Calls a law for every plan; a law says nothing where everything is refused. */
function forEveryPlan(law: (plan: Plan) => void): void {
  const seen = new Set<string>();
  fc.assert(
    fc.property(written, (one) => {
      const plan = planned(one);
      if (plan === undefined) return;
      for (const { actions: planned } of plan.templates)
        for (const { actionId } of Object.values(planned)) seen.add(actionId);
      law(plan);
    }),
    { numRuns: 4_000 },
  );
  expect(seen.size).toBeGreaterThan(15);
}

/** Statements that may stand without a condition: what IAM cannot confine, Amazon's own scripts, and the log. */
const unconfined = ['WhatIamCannotConfine', 'OnlyAmazonsScripts', 'Log'];

/** What may be called without a condition although it is no look: it is confined by the other resource it is asked on. */
const harmlessAlone = [
  'ec2:ReplaceNetworkAclAssociation',
  'ec2:ModifyVpcEndpoint',
  'ssm:CancelCommand',
  'ssm:SendCommand',
];

describe('whatever faults of the catalogue a definition holds', () => {
  it('no target is planned without the environment tag, nor of a type that FIS cannot select by tag', () => {
    forEveryPlan(({ templates }) => {
      for (const { targets } of templates) {
        expect(Object.keys(targets).length).toBeGreaterThan(0);
        for (const { resourceTags, resourceType } of Object.values(targets)) {
          expect(resourceTags['Env']).toBe('staging');
          expect(Object.keys(resourceTags).length).toBeGreaterThan(1);
          expect(isResourceType(resourceType) && resourceTypeFacts(resourceType).byTag).toBe(true);
        }
      }
    });
  });

  it('no action is planned without a target, but for waits, and none is named twice', () => {
    forEveryPlan(({ templates }) => {
      for (const { targets, actions: planned } of templates) {
        const named = Object.values(planned).flatMap((action) => Object.values(action.targets ?? {}));
        expect(named.toSorted()).toEqual(Object.keys(targets).toSorted());
        for (const { actionId, targets: hit } of Object.values(planned))
          expect(hit === undefined).toBe(actionId === 'aws:fis:wait');
      }
    });
  });

  it('every parameter is a text without white space', () => {
    forEveryPlan(({ templates }) => {
      for (const { actions: planned } of templates) {
        for (const { parameters } of Object.values(planned))
          for (const value of Object.values(parameters)) expect(value).toMatch(/^\S+$/);
      }
    });
  });

  it("FIS's role changes nothing without a condition, and has a statement of each name once", () => {
    forEveryPlan(({ role }) => {
      const statements = role?.statements ?? [];
      expect(new Set(statements.map(({ Sid }) => Sid)).size).toBe(statements.length);
      for (const { Sid, Action, Condition } of statements) {
        expect(Sid).toMatch(/^[A-Za-z0-9]+$/);
        if (Condition !== undefined) continue;
        expect(unconfined.some((beginning) => Sid.startsWith(beginning))).toBe(true);
        const changing = Action.filter((name) => !/:(Describe|List|Get)|^logs:/.test(name));
        expect(changing.filter((name) => !harmlessAlone.includes(name))).toEqual([]);
      }
    });
  });
});
