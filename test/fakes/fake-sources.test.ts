import { itCallsFunctions, itLooksAtEcsServices, itReadsMetrics } from '../run/looks-contract.ts';
import { createFakeEcsServices, createFakeFunctions, createFakeSources } from './fake-sources.ts';

itLooksAtEcsServices(async (services) =>
  createFakeEcsServices(
    Object.fromEntries(
      Object.entries(services).map(([name, { health, failedTasks, ...counts }]) => [
        name,
        {
          state: () => ({ ...counts, deployments: [{ rollout: 'completed' as const, failedTasks }] }),
          health: () => health,
        },
      ]),
    ),
  ),
);

itCallsFunctions(async () =>
  createFakeFunctions({
    echo: async (payload) => payload,
    dies: () => Promise.reject(new Error('it ran out of memory')),
    hangs: () => Promise.reject(new Error('did not answer within 50 ms')),
  }),
);

itReadsMetrics(
  (values) =>
    createFakeSources({
      read: async (name, fromMs) => {
        const value = values[name];
        return value === undefined ? [] : [{ atMs: fromMs, value }];
      },
    }).metrics,
);
