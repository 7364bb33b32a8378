import { describe, expect, it } from 'vitest';
import { SteadfastError } from '../../lib/experiment/steadfast-error.ts';
import { runnerInputSchema } from '../../lib/plan/runner-input.ts';
import {
  declaring,
  environmentTarget,
  labTarget,
  planOf,
  shopLab,
  slowDatabase,
  staging,
  stopTasks,
} from './examples.ts';

describe('the templates of a plan', () => {
  it('are one a stage, each selecting the share that the stage asks for', () => {
    const modes = planOf().templates.map(({ targets }) => targets['slow']?.selectionMode);
    expect(modes).toEqual(['COUNT(1)', 'PERCENT(50)', 'ALL']);
  });

  it('select by the environment tag, the tags of the service and those of the selector', () => {
    const selector = { service: 'shop', tags: { Color: 'blue' }, availabilityZone: 'eu-west-1a' } as const;
    const definition = { ...slowDatabase, faults: { slow: { ...slowDatabase.faults.slow, selector } } };
    expect(planOf(definition).templates[0]?.targets).toEqual({
      slow: {
        resourceType: 'aws:ecs:task',
        resourceTags: { Service: 'shop', Color: 'blue', Env: 'staging' },
        selectionMode: 'COUNT(1)',
        filters: [{ path: 'AvailabilityZone', values: ['eu-west-1a'] }],
      },
    });
  });

  it('give FIS strings only: hosts joined by commas, whole milliseconds, ISO durations, what the launch type needs', () => {
    expect(planOf().templates[0]?.actions).toEqual({
      slow: {
        actionId: 'aws:ecs:task-network-latency',
        targets: { Tasks: 'slow' },
        parameters: {
          delayMilliseconds: '500',
          sources: 'database.example.com',
          duration: 'PT2M',
          useEcsFaultInjectionEndpoints: 'true',
        },
      },
    });
  });

  it('leave out what only Fargate needs where tasks run on EC2', () => {
    const shop = {
      ...staging.services.shop,
      ecs: { ...staging.services.shop.ecs, launchType: 'ec2' as const },
    };
    const target = environmentTarget({ ...staging, services: { ...staging.services, shop } });
    expect(planOf(slowDatabase, target).templates[0]?.actions['slow']?.parameters).not.toHaveProperty(
      'useEcsFaultInjectionEndpoints',
    );
  });

  it('hit all targets where the share is one of the traffic, and give the share to the action', () => {
    const stages = [{ share: { of: 'traffic' as const, share: '10%' as const }, duration: '2m' as const }];
    const [template] = planOf({ ...slowDatabase, stages }).templates;
    expect(template?.targets['slow']?.selectionMode).toBe('ALL');
    expect(template?.actions['slow']?.parameters).toMatchObject({ flowsPercent: '10' });
  });

  it('hold a stage open beside an action that is over at once, so that the guards watch as long as it lasts', () => {
    const [template] = planOf(stopTasks).templates;
    expect(template?.actions).toEqual({
      stop: { actionId: 'aws:ecs:stop-task', targets: { Tasks: 'stop' }, parameters: {} },
      'steadfast-hold': { actionId: 'aws:fis:wait', parameters: { duration: 'PT2M' } },
    });
    expect(template?.durationMs).toBe(120_000);
  });

  it('begin in production with a minute in which nothing is hit', () => {
    const target = environmentTarget({ ...staging, id: 'production', production: true });
    const [template] = planOf(stopTasks, target).templates;
    expect(template?.actions['steadfast-settle']).toEqual({
      actionId: 'aws:fis:wait',
      parameters: { duration: 'PT1M' },
    });
    expect(template?.actions['stop']?.startAfter).toEqual(['steadfast-settle']);
    expect(template?.actions['steadfast-hold']?.startAfter).toEqual(['steadfast-settle']);
    expect(template?.durationMs).toBe(180_000);
  });

  it('keep their waits apart from a fault of the same name', () => {
    const faults = { 'steadfast-hold': stopTasks.faults.stop };
    const actions = planOf({ ...stopTasks, faults }).templates[0]?.actions ?? {};
    expect(Object.entries(actions).map(([name, { actionId }]) => [name, actionId])).toEqual([
      ['steadfast-hold', 'aws:ecs:stop-task'],
      ['steadfast-hold-', 'aws:fis:wait'],
    ]);
  });

  it('stop on all guards of the environment, also those that the experiment does not name', () => {
    const guards = { ...staging.guards, orders: { alarm: 'orders-fall' } };
    const target = environmentTarget({ ...staging, guards });
    expect(planOf(slowDatabase, target).templates[0]?.stopOn).toEqual(['shopErrors', 'orders']);
  });
});

describe('a plan for a lab', () => {
  const urls = { shop: 'http://127.0.0.1:4001' };

  it('lasts as long as the pace of the lab says, to the millisecond', () => {
    const plan = planOf(slowDatabase, labTarget(), urls);
    expect(plan.templates.map(({ actions }) => actions['slow']?.parameters['duration'])).toEqual([
      'PT3.6S',
      'PT5.4S',
      'PT9S',
    ]);
    expect(plan.input.stages.map(({ durationMs }) => durationMs)).toEqual([3_600, 5_400, 9_000]);
  });

  it('names links by the logical names of the services', () => {
    const parameters = planOf(slowDatabase, labTarget(), urls).templates[0]?.actions['slow']?.parameters;
    expect(parameters).toEqual({ delayMilliseconds: '500', sources: 'database', duration: 'PT3.6S' });
  });

  it('needs no role, schedule or alarm', () => {
    const plan = planOf(slowDatabase, labTarget(), urls);
    expect([plan.role, plan.schedule, plan.alarms]).toEqual([undefined, undefined, []]);
  });

  it('knows where services are from the caller, and says how faithful each fault is', () => {
    const { input } = planOf(slowDatabase, labTarget(), urls);
    expect(input.services).toEqual({ shop: { url: 'http://127.0.0.1:4001' } });
    expect(input.mode).toBe('rehearsal');
    expect(input.leastRatePerSecond).toBe(200);
    expect(input.stages[0]?.faults[0]?.fidelity).toMatch(/^approximate: /);
  });

  it('is refused where the lab cannot play a name, although the document is right', () => {
    const lab = {
      ...shopLab,
      services: { ...shopLab.services, database: { notRehearsable: 'it is a mainframe' } },
    };
    expect(() => planOf(slowDatabase, labTarget(lab), urls)).toThrow(SteadfastError);
  });
});

describe("the runner's input", () => {
  it('is one that the runner accepts', () => {
    expect(() => runnerInputSchema.parse(planOf().input)).not.toThrow();
    expect(() => runnerInputSchema.parse(planOf(slowDatabase, labTarget(), {}).input)).not.toThrow();
  });

  it('holds the definition as it was written, under its hash', () => {
    const { input } = planOf();
    expect(input.definition).toEqual(JSON.parse(JSON.stringify(slowDatabase)));
    expect(input.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('has every name resolved', () => {
    const { input } = planOf();
    expect(input).toMatchObject({
      mode: 'aws',
      environment: { id: 'staging', account: '111111111111', region: 'eu-west-1' },
      services: { shop: { url: 'https://shop.example.com' } },
      guards: { shopErrors: { alarm: 'steadfast-staging-shopErrors', watches: 'production' } },
      seed: 7,
    });
    expect(input.stages.map(({ label, templateId }) => [label, templateId])).toEqual([
      ['one', 'EXT0'],
      ['50%', 'EXT1'],
      ['100%', 'EXT2'],
    ]);
  });

  it('holds of what the environment declares only what the experiment names', () => {
    const declared = {
      ...staging,
      metrics: {
        ...staging.metrics,
        orders: { namespace: 'Shop', name: 'Orders', statistic: 'Sum' as const },
      },
      secrets: { token: { ssm: '/shop/token' }, key: { ssm: '/shop/key' } },
      functions: { flush: 'shop-flush', warm: 'shop-warm' },
      documents: { restart: { document: 'Shop-Restart' }, drain: { document: 'Shop-Drain' } },
    };
    const http = { service: 'shop', path: '/products', headers: { authorization: { secret: 'token' } } };
    const { input } = planOf(
      {
        ...slowDatabase,
        steadyState: {
          products: { http, tolerances: { p95: { below: '250ms' } } },
          orders: { metric: 'orders', tolerances: { value: { above: 1 } } },
        },
        rollbacks: {
          flush: { lambda: { function: 'flush' }, provenBy: 'products' },
          restart: { ssmAutomation: { document: 'restart' }, provenBy: 'products' },
        },
      },
      environmentTarget(declared),
    );
    expect(input.metrics).toEqual({
      orders: { ...declared.metrics.orders, period: { ms: 60_000, text: '1m' } },
    });
    expect(input.secrets).toEqual({ token: { ssm: '/shop/token' } });
    expect(input.functions).toEqual({ flush: 'shop-flush' });
    expect(input.documents).toEqual({ restart: { document: 'Shop-Restart' } });
    expect(input.guards).toHaveProperty('shopErrors');
  });

  it('says how the runner reads a guard that FIS cannot stop on, and FIS is not told of it', () => {
    const alarm = 'arn:aws:cloudwatch:us-east-1:222222222222:alarm:errors';
    const role = 'arn:aws:iam::222222222222:role/reads-alarms';
    const polled = { alarm, readBy: role, watches: 'production' };
    const plan = planOf(
      slowDatabase,
      environmentTarget({ ...staging, guards: { ...staging.guards, polled } }),
    );
    expect(plan.input.guards['polled']).toEqual({
      alarm,
      watches: 'production',
      polled: { role, region: 'us-east-1' },
    });
    expect(plan.templates.map(({ stopOn }) => stopOn)).toEqual([
      ['shopErrors'],
      ['shopErrors'],
      ['shopErrors'],
    ]);
  });

  it('says where functions must look for their faults, as the environment declares it, and of no other fault', () => {
    const faults = {
      failing: {
        action: 'aws:lambda:invocation-error',
        selector: { service: 'shop' },
        parameters: { preventExecution: true },
      },
      stop: { action: 'aws:ecs:stop-task', selector: { service: 'shop' } },
    } as const;
    const { input } = planOf({ ...slowDatabase, faults }, environmentTarget(declaring));
    expect(input.faultConfigurations).toEqual({ failing: ['arn:aws:s3:::fault-configuration/shop'] });
    expect(planOf().input).not.toHaveProperty('faultConfigurations');
  });

  it('takes the lease on what the faults select and on what their parameters name', () => {
    expect(planOf().input.touches).toEqual(['database', 'shop']);
    expect(planOf(stopTasks).input.touches).toEqual(['shop']);
  });

  it('takes it on the whole environment where a selector names no service', () => {
    const faults = { stop: { action: 'aws:ecs:stop-task', selector: { tags: { Color: 'blue' } } } } as const;
    expect(planOf({ ...stopTasks, faults }).input.touches).toEqual(['database', 'shop']);
  });

  it('lets admission look for everything that a selector can match, whatever the share', () => {
    expect(planOf().input.selects).toEqual([
      { fault: 'slow', resourceType: 'aws:ecs:task', tags: { Service: 'shop', Env: 'staging' } },
    ]);
  });
});

describe('a plan that cannot be', () => {
  it('is refused with all its problems at once', () => {
    const definition = {
      ...slowDatabase,
      guards: ['nobody'],
      faults: { slow: { ...slowDatabase.faults.slow, selector: { service: 'shpo' } } },
    };
    const refusal = thrownBy(() => planOf(definition));
    expect(refusal).toMatchObject({
      code: 'invalid',
      message: "the experiment 'slow-database' cannot run in environment 'staging'",
    });
    expect(refusal?.problems.map(({ path }) => path.join('.'))).toEqual([
      'faults.slow.selector.service',
      'guards.0',
    ]);
  });

  it('is refused when it would not fit into a state of Step Functions', () => {
    const http = { service: 'shop', path: '/search', method: 'POST' as const, body: 'x'.repeat(250_000) };
    const steadyState = { search: { http, tolerances: { p95: { below: '1s' as const } } } };
    expect(thrownBy(() => planOf({ ...slowDatabase, steadyState }))?.problems[0]?.code).toBe('too-large');
  });
});

function thrownBy(act: () => unknown): SteadfastError | undefined {
  try {
    act();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof SteadfastError) return thrown;
    throw thrown;
  }
}
