import { describe, expect, it } from 'vitest';
import { createLabEcsServices } from '../../lib/lab/ecs-services.ts';
import { createLabMetrics } from '../../lib/lab/metrics/metric-source.ts';
import type { Replica } from '../../lib/lab/running-lab.ts';
import { itLooksAtEcsServices, itReadsMetrics, type ServiceLike } from '../run/looks-contract.ts';

const replica = (service: string, number: number, alive: boolean): Replica => ({
  id: `${service}-${number}`,
  service,
  tags: {},
  port: 1,
  pid: 1,
  alive,
});

/** A lab whose services have replicas in these states. */
function labOf(services: Readonly<Record<string, ServiceLike>>) {
  const sick = new Set<string>();
  const diedUnexpectedly: { name: string; text: string; logFile: string }[] = [];
  const replicas = Object.entries(services).flatMap(([service, like]) =>
    Array.from({ length: like.desired }, (_, index) => {
      const made = replica(service, index + 1, index < like.running);
      if (index >= like.health.healthy) sick.add(made.id);
      if (index >= like.desired - like.failedTasks)
        diedUnexpectedly.push({ name: made.id, text: 'it died', logFile: 'log' });
      return made;
    }),
  );
  return { id: 'shop', replicas, diedUnexpectedly, isHealthy: async (id: string) => !sick.has(id) };
}

itLooksAtEcsServices(async (services) => createLabEcsServices(labOf(services)));

itReadsMetrics((values) => createLabMetrics({ readMetric: async (name) => values[name] }));

describe('the replicas of a lab as tasks', () => {
  it('are all there, and nothing is deployed, where nothing has happened', async () => {
    const health = { healthy: 2, unhealthy: 0, unknown: 0 };
    const lab = labOf({ shop: { desired: 2, running: 2, pending: 0, failedTasks: 0, health } });
    expect(await createLabEcsServices(lab).state('shop')).toEqual({
      desired: 2,
      running: 2,
      pending: 0,
      deployments: [{ rollout: 'completed', failedTasks: 0 }],
    });
  });

  it('do not count as failed once they are back', async () => {
    const lab = {
      ...labOf({}),
      replicas: [replica('shop', 1, true)],
      diedUnexpectedly: [{ name: 'shop-1', text: 'it died', logFile: 'log' }],
    };
    expect(await createLabEcsServices(lab).state('shop')).toMatchObject({
      running: 1,
      deployments: [{ failedTasks: 0 }],
    });
  });
});
