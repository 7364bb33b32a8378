import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { environmentSchema } from '../../lib/experiment/environment.ts';
import { experimentSchema } from '../../lib/experiment/experiment.ts';
import { SteadfastError } from '../../lib/experiment/steadfast-error.ts';
import type { FisAction } from '../../lib/fis/action.ts';
import { actionIds, actions, findAction } from '../../lib/fis/catalogue.ts';
import { exampleFault } from '../../lib/fis/parameter-facts.ts';
import { isResourceType, resourceTypeFacts } from '../../lib/fis/resource-types.ts';
import { planTargetOfEnvironment } from '../../lib/plan/environment-target.ts';
import { type Plan, planExperiment } from '../../lib/plan/plan-experiment.ts';
import { isLong } from '../setup.ts';
import { declaring, slowDatabase, staging } from './examples.ts';

const all: readonly FisAction[] = actions;

/** Mostly what is right, so that enough is planned, and often enough what is not. */
const mostly = <T, U>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<U>) =>
  fc.oneof({ arbitrary: right, weight: 9 }, { arbitrary: wrong, weight: 1 });

const anySelector = fc.record(
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

/** What FIS cannot select by tag is named by its service alone. */
const selectors = fc.oneof(fc.constant({ service: 'shop' }), anySelector);

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

/** What an environment leaves undeclared, so that plans depend on it. */
const forgotten = fc.constantFrom('eks', 'roles', 'resources', 'faultConfiguration', 'tags');

const written = fc.record({
  faults: mostly(
    fault.map((a) => ({ a })),
    fc.tuple(fault, fault).map(([a, b]) => ({ a, b })),
  ),
  share: mostly(fc.constantFrom('one', '50%'), fc.constant({ of: 'traffic', share: '10%' })),
  duration: mostly(fc.constant('15m'), fc.constant('1m')),
  databaseTags: fc.constantFrom(undefined, { Service: 'database' }),
  production: fc.boolean(),
  isolated: mostly(fc.constant(undefined), fc.constant({ reason: 'an account of its own' })),
  forgotten: mostly(fc.constant(undefined), forgotten),
});
type Written = typeof written extends fc.Arbitrary<infer T> ? T : never;

/** What the schemas and the plan accept of it; undefined where either refuses. */
function planned({ faults, share, duration, databaseTags, ...of }: Written): Plan | undefined {
  const experiment = experimentSchema.safeParse({ ...slowDatabase, faults, stages: [{ share, duration }] });
  const { services } = declaring;
  const environment = environmentSchema.parse({
    ...declaring,
    production: of.production,
    isolated: of.isolated,
    services: {
      shop: of.forgotten === undefined ? services.shop : { ...services.shop, [of.forgotten]: undefined },
      database: { ...services.database, tags: databaseTags },
    },
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

/** Calls a law for every plan; gives the actions that were planned, since a law says nothing where everything is refused. */
function forEveryPlan(law: (plan: Plan) => void, numRuns = isLong ? 5_000 : 300): ReadonlySet<string> {
  const seen = new Set<string>();
  fc.assert(
    fc.property(written, (one) => {
      const plan = planned(one);
      if (plan === undefined) return;
      for (const { actions: planned } of plan.templates)
        for (const { actionId } of Object.values(planned)) seen.add(actionId);
      law(plan);
    }),
    { numRuns },
  );
  expect(seen.size).toBeGreaterThan(25);
  return seen;
}

const { shop } = declaring.services;
const declaredArns: readonly string[] = [...shop.roles, shop.eks.cluster];

/** What reaches a whole account where it is isolated and nothing is declared. */
const isolatedOnly = [
  'dsql:InjectError',
  'ec2:InjectApiError',
  'ec2:ReplaceRouteTableAssociation',
  'kinesis:InjectApiError',
  's3:DeleteObject',
];

/** Statements that may stand without a condition: what is declared, what IAM cannot confine, Amazon's own scripts, and the log. */
const unconfined = ['OnlyDeclared', 'OnlyBelowDeclared', 'WhatIamCannotConfine', 'OnlyAmazonsScripts', 'Log'];

/** What may be called without a condition although it is no look: it is confined by the other resource it is asked on, or only stops. */
const harmlessAlone = [
  'ec2:CreateNetworkInterface',
  'ec2:ModifyVpcEndpoint',
  'ec2:ReplaceNetworkAclAssociation',
  'ssm:CancelCommand',
  'ssm:SendCommand',
  'ssm:StartAutomationExecution',
  'ssm:StopAutomationExecution',
];

describe('whatever faults of the catalogue a definition holds', () => {
  it('every action but a wait is planned at least once', () => {
    // The plan itself adds waits.
    const seen = forEveryPlan(() => {}, 5_000);
    expect(actionIds.filter((id) => !seen.has(id))).toEqual([]);
  });

  it('no target is planned without the environment tag, but for what FIS cannot select by tag and is declared', () => {
    forEveryPlan(({ templates }) => {
      for (const target of templates.flatMap(({ targets }) => Object.values(targets))) {
        const byTag = isResourceType(target.resourceType) && resourceTypeFacts(target.resourceType).byTag;
        expect('resourceTags' in target).toBe(byTag);
        if ('resourceTags' in target) {
          expect(target.resourceTags['Env']).toBe('staging');
          expect(Object.keys(target.resourceTags).length).toBeGreaterThan(1);
        } else if ('resourceArns' in target) {
          expect(target.resourceArns.length).toBeGreaterThan(0);
          expect(target.resourceArns.filter((arn) => !declaredArns.includes(arn))).toEqual([]);
        } else {
          const { cluster, namespace } = shop.eks;
          expect(target.parameters).toMatchObject({ clusterIdentifier: cluster, namespace });
        }
      }
    });
  });

  it('no target has tags together with ARNs, nor more ARNs than FIS takes', () => {
    forEveryPlan(({ templates }) => {
      for (const target of templates.flatMap(({ targets }) => Object.values(targets))) {
        const ways = ['resourceTags', 'resourceArns'].filter((way) => Object.hasOwn(target, way));
        expect(ways.length).toBeLessThanOrEqual(1);
        if ('resourceArns' in target) expect(target.resourceArns.length).toBeLessThanOrEqual(5);
      }
    });
  });

  it('no template is planned without a guard', () => {
    forEveryPlan(({ templates }) => {
      for (const { stopOn } of templates) expect(stopOn).toEqual(['shopErrors']);
    });
  });

  it('no action is planned without its target, and none is named twice', () => {
    forEveryPlan(({ templates }) => {
      for (const { targets, actions: planned } of templates) {
        const named = Object.values(planned).flatMap((action) => Object.values(action.targets ?? {}));
        expect(named.toSorted()).toEqual(Object.keys(targets).toSorted());
        for (const { actionId, targets: hit } of Object.values(planned))
          expect(Object.keys(hit ?? {})).toEqual([findAction(actionId)?.target?.key ?? []].flat());
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

  it("FIS's role changes nothing without a condition or a declaration, and has a statement of each name once", () => {
    forEveryPlan(({ role }) => {
      const statements = role?.statements ?? [];
      expect(new Set(statements.map(({ Sid }) => Sid)).size).toBe(statements.length);
      for (const { Sid, Action, Condition, Resource } of statements) {
        expect(Sid).toMatch(/^[A-Za-z0-9]+$/);
        if (Sid.startsWith('AnywhereInThisIsolatedAccount')) expect(isolatedOnly).toContain(Action[0]);
        else if (Condition === undefined) {
          expect(unconfined.some((beginning) => Sid.startsWith(beginning))).toBe(true);
          if (Sid.startsWith('Only')) expect(Resource).not.toContain('*');
          else {
            const changing = Action.filter((name) => !/:(Describe|List|Get)|^logs:/.test(name));
            expect(changing.filter((name) => !harmlessAlone.includes(name))).toEqual([]);
          }
        }
      }
    });
  });
});
