import {
  DescribeServicesCommand,
  type DescribeServicesCommandInput,
  DescribeTasksCommand,
  type DescribeTasksCommandInput,
  ECSClient,
  ListTasksCommand,
  type ListTasksCommandInput,
  type Service,
} from '@aws-sdk/client-ecs';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createEcsServices } from '../../lib/aws/ecs-services.ts';
import { itLooksAtEcsServices } from '../run/looks-contract.ts';

function setUp(declared: readonly string[] = ['shop']) {
  const ecs = new ECSClient({ region: 'eu-west-1' });
  const services = Object.fromEntries(
    declared.map((name) => [name, { cluster: 'staging', service: `${name}-service` }]),
  );
  return { mock: mockClient(ecs), services: createEcsServices({ ecs, services }) };
}

const arnOf = (id: string) => `arn:aws:ecs:eu-west-1:111111111111:task/staging/${id}`;

const active: Service = { status: 'ACTIVE', desiredCount: 3, runningCount: 3, pendingCount: 0 };

itLooksAtEcsServices(async (described) => {
  const { mock, services } = setUp(Object.keys(described));
  const of = (service = '') => described[service.replace(/-service$/, '')];
  mock.on(DescribeServicesCommand).callsFake(({ services: asked = [] }: DescribeServicesCommandInput) => ({
    services: asked.flatMap((name): Service[] => {
      const found = of(name);
      if (found === undefined) return [];
      const { desired: desiredCount, running: runningCount, pending: pendingCount, failedTasks } = found;
      return [{ ...active, desiredCount, runningCount, pendingCount, deployments: [{ failedTasks }] }];
    }),
  }));
  // A page holds one task.
  mock.on(ListTasksCommand).callsFake(({ serviceName, nextToken }: ListTasksCommandInput) => {
    const { healthy = 0, unhealthy = 0, unknown = 0 } = of(serviceName)?.health ?? {};
    const ids = [
      ...Array.from({ length: healthy }, (_, index) => `HEALTHY-${index}`),
      ...Array.from({ length: unhealthy }, (_, index) => `UNHEALTHY-${index}`),
      ...Array.from({ length: unknown }, (_, index) => `UNKNOWN-${index}`),
    ];
    const page = Number(nextToken ?? 0);
    return {
      taskArns: ids.slice(page, page + 1).map(arnOf),
      ...(page + 1 < ids.length ? { nextToken: String(page + 1) } : {}),
    };
  });
  mock.on(DescribeTasksCommand).callsFake(({ tasks = [] }: DescribeTasksCommandInput) => ({
    tasks: tasks.map((taskArn) => ({
      taskArn,
      healthStatus: /\/([A-Z]+)-\d+$/.exec(taskArn)?.[1],
    })),
  }));
  return services;
});

describe('an ECS service', () => {
  it('is asked for by the cluster and name that the environment declares', async () => {
    const { mock, services } = setUp();
    mock.on(DescribeServicesCommand).resolves({ services: [active] });
    await services.state('shop');
    expect(mock.commandCalls(DescribeServicesCommand)[0]?.args[0].input).toEqual({
      cluster: 'staging',
      services: ['shop-service'],
    });
  });

  it('tells how each of its deployments goes, where its controller does', async () => {
    const { mock, services } = setUp();
    mock.on(DescribeServicesCommand).resolves({
      services: [
        {
          ...active,
          deployments: [
            { rolloutState: 'IN_PROGRESS', failedTasks: 1 },
            { rolloutState: 'FAILED', failedTasks: 4 },
            { rolloutState: 'COMPLETED' },
            {},
          ],
        },
      ],
    });
    expect((await services.state('shop')).deployments).toEqual([
      { rollout: 'in progress', failedTasks: 1 },
      { rollout: 'failed', failedTasks: 4 },
      { rollout: 'completed', failedTasks: 0 },
      { rollout: undefined, failedTasks: 0 },
    ]);
  });

  it.each<[string, object, RegExp]>([
    [
      'is not there',
      { services: [], failures: [{ reason: 'MISSING' }] },
      /no service shop-service in staging \(MISSING\)/,
    ],
    ['is being deleted', { services: [{ ...active, status: 'DRAINING' }] }, /shop-service is DRAINING/],
    ['has no count', { services: [{ status: 'ACTIVE' }] }, /does not say how many tasks the service wants/],
  ])('that %s cannot be counted', async (_what, answer, message) => {
    const { mock, services } = setUp();
    mock.on(DescribeServicesCommand).resolves(answer);
    await expect(services.state('shop')).rejects.toThrow(message);
  });

  it('that the environment does not declare is never asked for', async () => {
    const { mock, services } = setUp();
    await expect(services.state('database')).rejects.toThrow(
      "the service 'database' declares no ECS service",
    );
    expect(mock.calls()).toEqual([]);
  });

  it('passes on what AWS refuses', async () => {
    const { mock, services } = setUp();
    mock.rejects(Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' }));
    await expect(services.state('shop')).rejects.toThrow('Rate exceeded');
    await expect(services.health('shop')).rejects.toThrow('Rate exceeded');
  });
});
