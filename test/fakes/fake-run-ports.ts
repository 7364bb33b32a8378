import type { RunnerInput } from '../../lib/plan/runner-input.ts';
import { createLocalLiveRuns } from '../../lib/rehearsal/local-live-runs.ts';
import type { Notice } from '../../lib/run/notice.ts';
import type {
  ApprovalNotice,
  Clock,
  GuardState,
  Halts,
  Leases,
  MetricSource,
  Needs,
  ProbeOutcome,
  ProbeRequest,
  Residue,
  RunPorts,
  RunStore,
  SelfCheckLook,
  Target,
  TrafficRequest,
  Unmet,
} from '../../lib/run/ports.ts';
import type { ProgressEvent } from '../../lib/run/progress.ts';
import type { VerdictEvent } from '../../lib/run/verdict-event-schema.ts';
import { type Answers, answeredApprovals } from './answered-approvals.ts';
import { createFakeFaults, type FakeFaults, type FaultScript } from './fake-faults.ts';
import { createFakeGates, type Gates } from './fake-gates.ts';
import { createFakeRunStore, type FakeRunStore } from './fake-run-store.ts';
import { createFakeSources, type FakeSources } from './fake-sources.ts';
import { createFakeTraffic, type FakeTraffic } from './fake-traffic.ts';

/** What the world does to a run. Every function is asked with the run's clock at `nowMs`. */
export interface World extends Gates {
  readonly faults: FaultScript;
  /** What an http probe sees: the answer takes its latency of the run's time, at most the probe's time-out. */
  readonly sees?: (look: { nowMs: number; injecting: boolean; probe: string }) => ProbeOutcome;
  /** What the self-checks of the vantage points come to. */
  readonly selfChecks?: readonly SelfCheckLook[];
  readonly metrics?: MetricSource['read'];
  /** What polled probes see of ECS services and by functions. */
  readonly sources?: Pick<FakeSources, 'functions' | 'services'>;
  readonly matching?: (nowMs: number) => readonly Target[];
  /** What targets lack of what their faults need. */
  readonly lacks?: (needs: readonly Needs[]) => readonly Unmet[];
  readonly guards?: (nowMs: number) => readonly GuardState[];
  /** Comes between the run and a look at its guards. */
  readonly readsGuards?: (read: () => Promise<readonly GuardState[]>) => Promise<readonly GuardState[]>;
  /** From when on a person wishes the run's end. */
  readonly halts?: (nowMs: number, faults: FakeFaults) => string | undefined;
  /** What is found to be left behind, and what nobody could look at. */
  readonly leaves?: () => Awaited<ReturnType<Residue['look']>>;
  /** What makes traffic refuses this. */
  readonly refusesTraffic?: (request: TrafficRequest) => Error | undefined;
  readonly answers?: Answers;
  /** Nobody can be told that an approval is wanted. */
  readonly untellable?: boolean;
  readonly performs?: (name: string, tries: number) => string;
  /** Throws where people cannot be told. */
  readonly tells?: () => void;
  /** What stands between the run and its store; asked with the store and what is going on. */
  readonly through?: (store: RunStore, faults: FakeFaults) => RunStore;
  /** Whether another run has taken the lease. */
  readonly takesLease?: (nowMs: number, faults: FakeFaults) => boolean;
}

export interface FakeRun {
  readonly ports: RunPorts;
  readonly faults: FakeFaults;
  readonly store: FakeRunStore;
  readonly events: readonly ProgressEvent[];
  /** What people were told. */
  readonly told: readonly Notice[];
  /** What systems were told. */
  readonly published: readonly VerdictEvent[];
  /** The approvals that were wanted of people. */
  readonly wanted: readonly ApprovalNotice[];
  readonly performed: readonly string[];
  /** What was known each time that residue was looked for. */
  readonly residueLooks: readonly Parameters<Residue['look']>[0][];
  /** Requests that were sent, by probe and when they were due. */
  readonly asked: readonly (Pick<ProbeRequest, 'dueMs' | 'probe' | 'selfChecks'> & {
    readonly sentMs: number;
  })[];
  readonly traffic: FakeTraffic;
  /** Services held, by the run that holds them. */
  readonly held: ReadonlyMap<string, string>;
}

const well: ProbeOutcome = { status: 200, latencyMs: 20 };

/** Three replicas of the shop in a lab, all of them the environment's. */
export const replicas: readonly Target[] = ['shop-1', 'shop-2', 'shop-3'].map((id) => ({
  fault: 'slow',
  id,
  tags: { Env: 'lab', Service: 'shop' },
}));

/** All ports of a run in memory, on the run's own clock. */
export function createFakeRun(clock: Clock, input: RunnerInput, world: World): FakeRun {
  const matching = world.matching ?? (() => replicas);
  const faults = createFakeFaults(clock, matching(clock.now()), world.faults);
  const store = createFakeRunStore();
  const events: ProgressEvent[] = [];
  const told: Notice[] = [];
  const published: VerdictEvent[] = [];
  const traffic = createFakeTraffic(clock, world.refusesTraffic);
  const wanted: ApprovalNotice[] = [];
  const performed: string[] = [];
  const asked: FakeRun['asked'][number][] = [];
  const residueLooks: Parameters<Residue['look']>[0][] = [];
  const { held, leases } = createFakeLeases(() => world.takesLease?.(clock.now(), faults) ?? false);
  const guardsOk = () =>
    Object.keys(input.guards).map((guard) => ({ guard, state: 'ok' as const, detail: 'is well' }));
  const readGuards = async (only?: readonly string[]) =>
    (world.guards?.(clock.now()) ?? guardsOk()).filter(({ guard }) => only?.includes(guard) ?? true);
  const halts: Halts = {
    requested: async () => {
      const reason = world.halts?.(clock.now(), faults);
      return reason === undefined ? undefined : { reason };
    },
  };
  const ports: RunPorts = {
    clock,
    prober: {
      selfChecks: async () => world.selfChecks ?? [],
      ask: async ({ probe, dueMs, timeoutMs, selfChecks }) => {
        asked.push({ probe, dueMs, sentMs: clock.now(), selfChecks });
        const look = { nowMs: clock.now(), injecting: faults.injecting(), probe };
        const outcome = world.sees?.(look) ?? well;
        const latencyMs = outcome.latencyMs ?? 0;
        await clock.sleep(Math.min(latencyMs, timeoutMs));
        return latencyMs < timeoutMs
          ? outcome
          : { latencyMs: timeoutMs, error: `no answer within ${timeoutMs} ms` };
      },
    },
    ...createFakeSources({ read: world.metrics ?? (async () => []), ...world.sources }),
    faults,
    inventory: { matching: async () => matching(clock.now()) },
    prerequisites: {
      look: async (needs) => ({
        unmet: world.lacks?.(needs) ?? [],
        evidence: `${needs.length} faults were looked at`,
      }),
    },
    guards: { read: (only) => (world.readsGuards ?? ((read) => read()))(() => readGuards(only)) },
    leases,
    liveRuns: createLocalLiveRuns(),
    store: world.through?.(store, faults) ?? store,
    rollbacks: {
      perform: async (name) => {
        performed.push(name);
        return world.performs?.(name, performed.length) ?? 'done';
      },
    },
    residue: {
      remember: async (targets) => ({ seen: targets.map(({ id }) => id) }),
      look: async (run) => {
        residueLooks.push(run);
        return world.leaves?.() ?? { left: [], unseen: [] };
      },
    },
    traffic,
    approvals: answeredApprovals(clock, world.answers),
    notifier: {
      approvalWanted: async (notice) => {
        if (world.untellable === true) throw new Error('the topic is gone');
        wanted.push(notice);
      },
      notify: async (notice) => {
        world.tells?.();
        told.push(notice);
      },
      publish: async (event) => void published.push(event),
    },
    halts,
    ...createFakeGates(clock, world),
    progress: { tell: (event) => void events.push(event) },
  };
  return {
    ports,
    faults,
    store,
    events,
    told,
    wanted,
    published,
    performed,
    asked,
    held,
    residueLooks,
    traffic,
  };
}

function createFakeLeases(isTaken: () => boolean): { held: Map<string, string>; leases: Leases } {
  const held = new Map<string, string>();
  const takeAway = (services: readonly string[]) => {
    if (isTaken()) for (const service of services) held.set(service, 'another-run');
  };
  const otherHolder = (runId: string, services: readonly string[]) => {
    takeAway(services);
    return services.map((service) => held.get(service)).find((one) => one !== undefined && one !== runId);
  };
  return {
    held,
    leases: {
      inTheWay: async (runId, services) => otherHolder(runId, services),
      acquire: async (runId, services) => {
        const by = otherHolder(runId, services);
        if (by !== undefined) return { held: false, by };
        for (const service of services) held.set(service, runId);
        return { held: true, token: 1 };
      },
      renew: async ({ runId, services }) => {
        takeAway(services);
        return services.every((service) => held.get(service) === runId);
      },
      release: async (runId) => {
        for (const [service, by] of held) if (by === runId) held.delete(service);
      },
    },
  };
}
