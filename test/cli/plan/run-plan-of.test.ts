import { describe, expect, it } from 'vitest';
import { runPlanLines } from '../../../lib/cli/plan/plan-lines.ts';
import { type RunPlanDocument, runPlanSchema } from '../../../lib/cli/plan/run-plan-document.ts';
import { runPlanOf } from '../../../lib/cli/plan/run-plan-of.ts';
import type { Sight } from '../../../lib/cli/plan/sight.ts';
import { type EnvironmentDefinition, environmentSchema } from '../../../lib/experiment/environment.ts';
import type { ExperimentDefinition } from '../../../lib/experiment/experiment.ts';
import { runnerInputSchema } from '../../../lib/plan/runner-input.ts';
import { containing } from '../../fakes/matching.ts';
import { declaring, environmentTarget, slowDatabase, staging } from '../../plan/examples.ts';
import { planWith } from '../../plan/fault-examples.ts';

const [slow] = Object.values(slowDatabase.faults);

interface Given {
  readonly environment?: EnvironmentDefinition;
  readonly changes?: Partial<ExperimentDefinition>;
  /** Its environment is not declared in this project. */
  readonly isUnknown?: boolean;
  readonly sight?: Partial<Sight>;
}

function plannedWith(fault: unknown, given: Given = {}): RunPlanDocument {
  const { environment = declaring, changes = {}, isUnknown = false } = given;
  const { input: written } = planWith(fault, environmentTarget(environment), changes);
  const input = runnerInputSchema.parse(written);
  const sight: Sight = {
    input,
    from: 'project',
    deployed: 'same',
    checks: [],
    rates: new Map(),
    permissions: [],
    notAsked: [],
    ...given.sight,
  };
  return runPlanSchema.parse(
    runPlanOf({
      input,
      environment: isUnknown ? undefined : environmentSchema.parse(environment),
      account: '111111111111',
      region: 'eu-west-1',
      nowMs: Date.parse('2026-05-01T09:30:00.000Z'),
      overrides: {},
      ...(given.sight === undefined ? { unasked: 'AWS: nobody asked' } : { sight }),
    }),
  );
}

const linesOf = (plan: RunPlanDocument): string =>
  runPlanLines(plan, { columns: 200, colours: false }).join('\n');

const target = (nth: number, tags: Readonly<Record<string, string>> = { Env: 'staging' }) => ({
  fault: 'it',
  id: `arn:aws:ecs:eu-west-1:111111111111:task/staging/${nth}`,
  resourceType: 'aws:ecs:task',
  tags,
});

describe('what a run will hit', () => {
  it.each<[string, object, object]>([
    [
      'the pods of a namespace, which nobody has counted',
      {
        action: 'aws:eks:pod-delete',
        selector: { service: 'shop' },
      },
      {
        resourceType: 'aws:eks:pod',
        selects: 'pods of the namespace shop of arn:aws:eks:eu-west-1:111111111111:cluster/shop',
      },
    ],
    [
      'the roles that the environment declares, which are known without AWS',
      {
        action: 'aws:fis:inject-api-internal-error',
        selector: { service: 'shop' },
        parameters: { service: 'ec2', operations: ['DescribeInstances'], calls: '50%' },
      },
      { selects: 'what the environment declares', found: 2 },
    ],
    [
      'what carries tags in one zone',
      { ...slow, selector: { service: 'shop', availabilityZone: 'eu-west-1a' } },
      { selects: 'what carries Service=shop and Env=staging in eu-west-1a' },
    ],
    [
      'nothing of its own',
      { action: 'aws:ssm:start-automation-execution', parameters: { document: 'cutTheCable' } },
      { selects: 'hits no resource of its own' },
    ],
  ])('is %s', (_what, fault, told) => {
    const plan = plannedWith(fault);
    expect(plan.faults).toMatchObject([told]);
    expect(linesOf(plan)).toContain(Object.values(told).find((value) => typeof value === 'string'));
  });

  it('is no more than FIS takes for the action', () => {
    const changes: Partial<ExperimentDefinition> = {
      stages: [{ share: { of: 'traffic', share: '10%' }, duration: '15m' }],
    };
    const fault = { action: 'aws:dsql:cluster-connection-failure', selector: { service: 'shop' } };
    const plan = plannedWith(fault, { changes });
    expect(plan.faults).toMatchObject([{ maximum: 100 }]);
    expect(linesOf(plan)).toContain(', 100 at most for FIS');
  });

  it('is listed, what may not be hit first, and the rest counted', () => {
    const targets = [
      ...Array.from({ length: 12 }, (_, nth) => target(nth, { Env: 'staging', Service: 'shop' })),
      target(99, { Env: 'production', Service: 'shop' }),
    ];
    const plan = plannedWith(slow, { sight: { targets } });
    expect(plan.faults).toMatchObject([{ found: 13 }]);
    expect(plan.faults[0]?.targets.filter(({ refused }) => refused !== undefined)).toHaveLength(1);
    const lines = linesOf(plan);
    expect(lines).toMatch(/\n {6}NO {2}.*task\/staging\/99/);
    expect(lines).toContain('      and 3 more');
  });
});

describe('whether a run will start', () => {
  const check = (passed: boolean | undefined) => ({
    check: 'permissions',
    evidence: 'IAM does not allow it.',
    hints: ['ask for it'],
    ...(passed === undefined ? {} : { passed }),
  });

  it.each([
    [false, 'NO'],
    [undefined, '??'],
  ])('is no where a check passed is %s', (passed, mark) => {
    const plan = plannedWith(slow, { sight: { checks: [check(passed)] } });
    expect(plan).toMatchObject({ admitted: false, rejection: 'permission' });
    expect(linesOf(plan)).toContain(`  ${mark}  permissions  IAM does not allow it.`);
  });

  it('is told of what is deployed where the project has no such definitions', () => {
    const plan = plannedWith(slow, {
      environment: { ...declaring, production: true },
      isUnknown: true,
      sight: { from: 'deployed' },
    });
    const lines = linesOf(plan);
    expect(lines).toContain('What is deployed: this project has not both definitions.');
    expect(lines).toContain('(111111111111 eu-west-1, production)');
    expect(plan.cost.notes).toContainEqual(containing('staging is not declared here'));
  });
});

describe('what can go wrong at worst', () => {
  it('is not known of a guard whose alarm is made elsewhere', () => {
    const environment = {
      ...declaring,
      guards: { shopErrors: { alarm: 'shop-errors', watches: 'production' as const } },
    };
    const plan = plannedWith(slow, { environment });
    expect(plan.halts.find(({ by }) => by === 'guard')).not.toHaveProperty('seconds');
    expect(linesOf(plan)).toContain('how long that takes is unknown');
  });

  it('counts a service with an objective that no probe asks', () => {
    const environment: EnvironmentDefinition = {
      ...staging,
      services: {
        ...staging.services,
        shop: { ...staging.services.shop, objective: { availability: '99.9%', requests: 'errorRate' } },
      },
    };
    const steadyState = { errors: { metric: 'errorRate', tolerances: { value: { below: 5 } } } };
    const plan = plannedWith(slow, { environment, changes: { steadyState } });
    expect(plan.exposure).toMatchObject([{ service: 'shop', rateFrom: 'AWS was not asked for errorRate' }]);
    expect(plan.exposure[0]).not.toHaveProperty('probesPerSecond');
  });
});
