import { expect, it } from 'vitest';
import { actionHandlers } from '../../../lib/lab/fis/action-handlers.ts';
import { actionContext, resource } from './action-context.ts';
import { fakeLab } from './fake-lab.ts';

it.each([
  ['lab:kill', { duration: 'PT1M' }],
  ['aws:ec2:stop-instances', { startInstancesAfterDuration: 'PT1M' }],
  ['aws:elasticache:replicationgroup-interrupt-az-power', { duration: 'PT1M' }],
  ['aws:rds:failover-db-cluster', {}],
])('%s starts all again when one of them cannot be ended, each after its own end', async (id, parameters) => {
  const fake = fakeLab();
  const { promise: slowEnd, resolve } = Promise.withResolvers<void>();
  const done: string[] = [];
  const lab = {
    ...fake.lab,
    killReplica: async (replica: string) => {
      if (replica === 'shop-2') throw new Error('it cannot be ended');
      if (replica === 'shop-3') await slowEnd;
      done.push(`ended ${replica}`);
      return { replica, oldPid: 1, gone: true, evidence: replica };
    },
    startReplica: async (replica: string) => {
      done.push(`started ${replica}`);
      return 2;
    },
  };
  const context = actionContext({ lab }, { parameters, resources: [resource('shop', fake)] });
  const carriedOut = actionHandlers.get(id)?.carryOut(context);
  setImmediate(resolve);
  await expect(carriedOut).rejects.toThrow('it cannot be ended');
  expect(done.slice(0, 3).toSorted()).toEqual(['ended shop-1', 'ended shop-3', 'ended shop-4']);
  expect(done.slice(3)).toEqual(['shop-1', 'shop-2', 'shop-3', 'shop-4'].map((one) => `started ${one}`));
  expect(context.slept).toEqual([]);
});
