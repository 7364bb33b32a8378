import type { Sources } from '../../lib/run/looks/sources.ts';
import type { EcsHealth, EcsServiceState, EcsServices, Functions, GuardState } from '../../lib/run/ports.ts';

/** What there is to look at. */
export interface FakeSources {
  readonly read?: Sources['metrics']['read'];
  readonly guards?: readonly GuardState[];
  readonly services?: Readonly<
    Record<string, { readonly state?: () => Partial<EcsServiceState>; readonly health?: () => EcsHealth }>
  >;
  /** Each is handed its payload, and answers or rejects. */
  readonly functions?: Readonly<Record<string, (payload: string) => Promise<string>>>;
}

const steady: EcsServiceState = {
  desired: 3,
  running: 3,
  pending: 0,
  deployments: [{ rollout: 'completed', failedTasks: 0 }],
};

export function createFakeEcsServices(services: FakeSources['services'] = {}): EcsServices {
  const of = (name: string) => {
    const found = services[name];
    if (found === undefined) throw new Error(`there is no ECS service ${name}`);
    return found;
  };
  return {
    state: async (name) => ({ ...steady, ...of(name).state?.() }),
    health: async (name) => of(name).health?.() ?? { healthy: 3, unhealthy: 0, unknown: 0 },
  };
}

export const createFakeFunctions = (functions: FakeSources['functions'] = {}): Functions => ({
  call: async (name, payload) => {
    const called = functions[name];
    if (called === undefined) throw new Error(`there is no function ${name}`);
    return called(payload);
  },
});

/** All that polled probes look with, in memory. */
export const createFakeSources = (fake: FakeSources): Sources => ({
  metrics: { read: fake.read ?? (async () => []) },
  guards: {
    read: async (only) => (fake.guards ?? []).filter(({ guard }) => only?.includes(guard) ?? true),
  },
  ecsServices: createFakeEcsServices(fake.services),
  functions: createFakeFunctions(fake.functions),
});
