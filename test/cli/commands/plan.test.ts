import { DescribeAlarmsCommand, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { runPlanSchema } from '../../../lib/cli/plan/run-plan-document.ts';
import { containing, withFields } from '../../fakes/matching.ts';
import { slowDatabase, staging } from '../../plan/examples.ts';
import { fisRole, launcherArn, type PlanWorld, planWorld, promised, tasks } from '../plan/plan-world.ts';

const denied = (message: string) => Object.assign(new Error(message), { name: 'AccessDeniedException' });

async function planned(world: PlanWorld = {}) {
  const made = await planWorld(world);
  const { code, out, err } = await made.run({ json: true });
  return { ...made, code, err, plan: runPlanSchema.parse(JSON.parse(out)) };
}

describe('the plan of a run that would be admitted', () => {
  it('is told in the order in which one decides by it, in 80 columns without colours', async () => {
    const { run } = await planWorld({ environment: promised });
    const { code, out, err } = await run();
    expect([code, err]).toEqual([0, '']);
    const sections = [
      'slow-database in staging (111111111111 eu-west-1)\n',
      'Will it start?\n  Yes, as things are now.\n',
      'What will be hit?\n',
      'What can go wrong at worst?\n',
      'What does it cost?\n',
      'Who may?\n',
      'Not asked\n',
      'Next: npx steadfast run slow-database --env staging\n',
    ];
    const places = sections.map((text) => out.indexOf(text));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(out).toContain('stage 50%, 3 min: slow: 2 of 4; 50 % of the requests');
    expect(out).toContain('Of the error budget (99.9% over 30d): 1.62 % where the watch');
    expect(out).not.toContain('\u001b');
    // A word that is longer than a line keeps one of its own: ARNs.
    expect(out.split('\n').filter((line) => line.length > 80 && !line.includes('arn:'))).toEqual([]);
  });

  it('holds every resource, each check with its evidence, and what IAM allows', async () => {
    const { code, plan } = await planned();
    expect(code).toBe(0);
    expect(plan).toMatchObject({
      from: 'project',
      deployed: 'same',
      admitted: true,
      lasts: { baselineSeconds: 60, stagesSeconds: 600 },
      touches: ['database', 'shop'],
      faults: [{ fault: 'slow', found: 4, limit: 50, targets: tasks.map((id) => ({ id })) }],
      stages: [
        { label: 'one', draws: [{ count: 1 }], share: 0.25, isAtMost: false },
        { label: '50%', draws: [{ count: 2 }], share: 0.5 },
        { label: '100%', draws: [{ count: 4 }], share: 1 },
      ],
    });
    expect(plan.rejection).toBeUndefined();
    const names = plan.checks.map(({ check }) => check);
    for (const name of ['kill-switch', 'listed', 'lease', 'guards', 'targets', 'counts', 'prerequisites'])
      expect(names).toContain(name);
    expect(plan.checks.filter(({ passed, evidence }) => passed !== true || evidence === '')).toEqual([]);
    expect(plan.permissions).toContainEqual({
      who: fisRole,
      action: 'ssm:SendCommand',
      resource: 'arn:aws:ssm:eu-west-1::document/AWSFIS-Run-*',
      allowed: true,
    });
    expect(plan.permissions).toContainEqual({
      who: 'arn:aws:iam::111111111111:role/team/on-call',
      action: 'states:StartExecution',
      resource: launcherArn,
      allowed: true,
    });
  });

  it('simulates with what the requests will say: the environment tag, and the tag of launchers', async () => {
    const { simulations } = await planned();
    const asked = simulations
      .commandCalls(SimulatePrincipalPolicyCommand)
      .map(({ args: [{ input }] }) => input);
    const entries = asked.flatMap(({ ContextEntries = [] }) => ContextEntries);
    expect(entries).toContainEqual({
      ContextKeyName: 'aws:ResourceTag/steadfast:environment',
      ContextKeyValues: ['staging'],
      ContextKeyType: 'string',
    });
    expect(entries).toContainEqual({
      ContextKeyName: 'ssm:resourceTag/Env',
      ContextKeyValues: ['staging'],
      ContextKeyType: 'string',
    });
  });
});

describe('what is at risk', () => {
  it('is known where a metric counts requests: by its mean over the last hour', async () => {
    const { plan } = await planned({ environment: promised });
    // The made-up metric is 1 in each minute.
    expect(plan.exposure[0]?.requestsPerSecond).toBeCloseTo(1 / 60, 9);
    expect(plan.exposure).toEqual([
      withFields({
        service: 'shop',
        rateFrom: 'the metric orders over the last hour',
        requestsIfHalted: 1,
        requestsIfBorne: 7,
        objective: { availability: '99.9%', over: '30d' },
      }),
    ]);
  });

  it('is unknown where nothing counts them, and the probes are no measure of users', async () => {
    const { plan } = await planned();
    expect(plan.exposure).toEqual([
      {
        service: 'shop',
        probesPerSecond: 20,
        rateFrom: 'name a metric that counts its requests: services.shop.objective.requests of staging',
      },
    ]);
  });

  it('is unknown where the metric has no data or may not be read, and says so; the budget is known all the same', async () => {
    const world = await planWorld({ environment: promised });
    world.aws.alarms.on(GetMetricDataCommand).rejects(denied('no'));
    const { code, out } = await world.run({ json: true });
    const [exposure] = runPlanSchema.parse(JSON.parse(out)).exposure;
    expect(code).toBe(0);
    expect(exposure).toMatchObject({ rateFrom: containing('AWS refused cloudwatch:GetMetricData') });
    expect(exposure?.requestsIfBorne).toBeUndefined();
    expect(exposure?.budgetIfHalted).toBeGreaterThan(0);
  });
});

describe('the plan of a run that would be rejected', () => {
  it('ends with 4 and the rejection: a guard that rings, with how to mend it', async () => {
    const world = await planWorld();
    world.aws.alarms
      .on(DescribeAlarmsCommand)
      .callsFake(({ AlarmNames = [] }: { AlarmNames?: string[] }) => ({
        MetricAlarms: AlarmNames.map((AlarmName) => ({ AlarmName, StateValue: 'ALARM' })),
      }));
    const { code, out } = await world.run();
    expect(code).toBe(4);
    expect(out).toContain('No: it would be rejected (guard).');
    expect(out).toMatch(/NO {2}guards +guard shopErrors is alarm/);
    expect(out).toContain('See what is wrong');
    expect(out).not.toContain('Next: npx steadfast run');
  });

  it('names every resource that may not be hit, and why', async () => {
    const { code, plan } = await planned({ tags: { Env: 'production', Service: 'shop' } });
    expect([code, plan.rejection]).toEqual([4, 'targets']);
    expect(plan.faults[0]?.targets.map(({ refused }) => refused)).toEqual(
      tasks.map(() => containing('does not carry the environment tag')),
    );
  });

  it('names the action and the resource that IAM does not allow', async () => {
    const { code, plan, run } = await planned({ denied: ['ssm:SendCommand'] });
    expect([code, plan.admitted, plan.rejection]).toEqual([4, false, 'permission']);
    expect(plan.checks).toContainEqual(
      withFields({
        check: 'permissions',
        passed: false,
        evidence: containing(
          `IAM does not allow ssm:SendCommand on arn:aws:ssm:eu-west-1::document/AWSFIS-Run-* to ${fisRole}: no policy allows it`,
        ),
      }),
    );
    expect((await run()).out).toMatch(/NO {2}ssm:SendCommand on\s+arn:aws:ssm/);
  });

  it('is no yes where a check may not be asked: it says what AWS refused', async () => {
    const world = await planWorld();
    world.aws.clients.ssm.send = async () => {
      throw denied('User: arn:aws:iam::1:user/ann is not authorized to perform: ssm:GetParametersByPath');
    };
    const { code, out } = await world.run({ json: true });
    const plan = runPlanSchema.parse(JSON.parse(out));
    expect([code, plan.admitted, plan.rejection]).toEqual([4, false, 'permission']);
    expect(plan.checks.filter(({ passed }) => passed === undefined)).toContainEqual(
      withFields({ check: 'unanswered', evidence: containing('ssm:GetParametersByPath') }),
    );
  });

  it('is one of what is not deployed: it says how that is done, and what the role will need', async () => {
    const { code, plan } = await planned({ deployed: null });
    expect([code, plan.deployed, plan.rejection]).toEqual([4, 'absent', 'outdated']);
    expect(plan.checks[0]).toMatchObject({ hints: ['Deploy it: npx cdk deploy --all -c env=staging'] });
    expect(plan.permissions).toContainEqual(
      withFields({ action: 'ssm:SendCommand', why: containing('nothing is deployed') }),
    );
  });
});

describe('what is deployed', () => {
  it('may be another definition than the project has, and that is told', async () => {
    const { run } = await planWorld({
      deployed: { ...slowDatabase, environments: { staging: {} }, title: 'Older' },
    });
    const { code, out } = await run();
    expect(code).toBe(0);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      'What is deployed is another one, and that is what a run would start',
    );
  });

  it('is planned where the project has no such experiment; its role cannot be told then', async () => {
    const { code, plan } = await planned({ files: { 'experiments/environments/staging.json': staging } });
    expect(code).toBe(0);
    expect(plan).toMatchObject({ from: 'deployed', deployed: 'same', faults: [{ found: 4 }] });
    expect(plan.notAsked).toContainEqual(containing("what FIS's role needs"));
  });

  it('is unknown where neither has it', async () => {
    const { run } = await planWorld({ deployed: null });
    await expect(run({}, 'slow-databas')).rejects.toMatchObject({ code: 'unknown-id' });
  });
});

describe('permissions that nobody may simulate', () => {
  it('are listed as needed and not asked, and keep no run from starting', async () => {
    const world = await planWorld();
    world.simulations.on(SimulatePrincipalPolicyCommand).rejects(denied('no'));
    const { code, out } = await world.run();
    expect(code).toBe(0);
    const text = out.replaceAll(/\s+/g, ' ');
    expect(text).toContain(`not asked: AWS refused iam:SimulatePrincipalPolicy on ${fisRole}`);
    expect(text).toMatch(/it needs [^?]*ssm:SendCommand/);
  });
});
