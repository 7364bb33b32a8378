import { SteadfastError } from '../../lib/experiment/steadfast-error.ts';
import type { Clock, FaultInjector, FaultState, FaultStatus, Stretch, Target } from '../../lib/run/ports.ts';

/** What a fake of FIS does beyond the ordinary. Times are milliseconds of the run's clock. */
export interface FaultScript {
  /** How long each stage's experiment lasts. */
  readonly durationMs: number;
  /** From the start to the first fault. */
  readonly startupMs?: number;
  /** From being asked to stop to having stopped; Infinity never ends. */
  readonly stopMs?: number;
  /** What `start` throws, nothing having been started. */
  readonly denies?: (stage: number) => Error | undefined;
  /** So many starts take place, but their answer is lost. */
  readonly losesStarts?: number;
  /** So many requests to stop fail. */
  readonly refusesStops?: number;
  /** The experiment ends by itself, otherwise than completed, so long after its start. */
  readonly ends?: {
    readonly afterMs: number;
    readonly status: 'failed' | 'cancelled' | 'stopped';
    readonly stoppedBy?: 'guard' | 'caller';
  };
  /** What the preview resolves, or throws. */
  readonly preview?: () => readonly Target[];
  /** What a started experiment resolves; undefined for never. */
  readonly resolves?: (stage: number) => readonly Target[] | undefined;
  readonly bites?: boolean | undefined;
  /** Why it did not, as far as the evidence tells. */
  readonly likely?: string;
  /** Called as the active experiments are asked for; may throw. */
  readonly active?: () => void;
}

interface FakeExperiment {
  readonly id: string;
  readonly stage: number;
  readonly runId: string;
  readonly token: string;
  readonly startMs: number;
  stopAskedMs: number | undefined;
}

/** FIS in memory: experiments go through its states as the clock goes on. */
export interface FakeFaults extends FaultInjector {
  readonly experiments: readonly FakeExperiment[];
  /** What each bite was to be compared with. */
  readonly baselines: readonly (Stretch | undefined)[];
  /** Whether a fault acts on the system now. */
  injecting(): boolean;
  /** When each experiment ended; undefined while it is active. */
  endMs(id: string): number | undefined;
}

const poll = 1_000;

export function createFakeFaults(clock: Clock, targets: readonly Target[], script: FaultScript): FakeFaults {
  const { durationMs, startupMs = 500, stopMs = 300 } = script;
  const experiments: FakeExperiment[] = [];
  const baselines: (Stretch | undefined)[] = [];
  let startsToLose = script.losesStarts ?? 0;
  let stopsToRefuse = script.refusesStops ?? 0;

  const find = (id: string): FakeExperiment => {
    const found = experiments.find((one) => one.id === id);
    if (found === undefined) throw new SteadfastError('unknown-id', `there is no experiment '${id}'`);
    return found;
  };

  /** Its end, as far as it is known now: asked for, scripted, or its time. */
  const endOf = ({ startMs, stopAskedMs }: FakeExperiment): { atMs: number; status: FaultStatus } => {
    const ends = [
      { atMs: startMs + startupMs + durationMs, status: 'completed' as const },
      ...(script.ends === undefined
        ? []
        : [{ atMs: startMs + script.ends.afterMs, status: script.ends.status }]),
      ...(stopAskedMs === undefined ? [] : [{ atMs: stopAskedMs + stopMs, status: 'stopped' as const }]),
    ];
    // Having been asked to stop, it completes no more.
    const possible = stopAskedMs === undefined ? ends : ends.filter(({ status }) => status !== 'completed');
    return possible.reduce((first, one) => (one.atMs < first.atMs ? one : first));
  };

  const statusOf = (experiment: FakeExperiment): FaultStatus => {
    const end = endOf(experiment);
    if (clock.now() >= end.atMs) return end.status;
    if (experiment.stopAskedMs !== undefined) return 'stopping';
    return clock.now() < experiment.startMs + startupMs ? 'initiating' : 'running';
  };

  const isActive = (experiment: FakeExperiment) =>
    ['initiating', 'running', 'stopping'].includes(statusOf(experiment));

  const begun = ({ startMs }: FakeExperiment) => clock.now() >= startMs + startupMs;

  return {
    pollMs: poll,
    experiments,
    baselines,
    injecting: () => experiments.some((one) => isActive(one) && begun(one)),
    endMs: (id) => (isActive(find(id)) ? undefined : endOf(find(id)).atMs),
    preview: async () => script.preview?.() ?? targets,
    start: async (stage, { runId, token }) => {
      const already = experiments.find((one) => one.token === token);
      if (already !== undefined) return { experimentId: already.id };
      const denied = script.denies?.(stage);
      if (denied !== undefined) throw denied;
      const id = `EXP${experiments.length + 1}`;
      experiments.push({ id, stage, runId, token, startMs: clock.now(), stopAskedMs: undefined });
      if (startsToLose > 0) {
        startsToLose -= 1;
        throw new Error('the connection was reset');
      }
      return { experimentId: id };
    },
    state: async (id): Promise<FaultState> => {
      const experiment = find(id);
      const status = statusOf(experiment);
      const ended = !isActive(experiment);
      const byScript = ended && status === script.ends?.status && experiment.stopAskedMs === undefined;
      const stoppedBy = byScript ? script.ends?.stoppedBy : 'caller';
      return {
        status,
        reason: byScript ? `ended as ${status} by itself` : `is ${status}`,
        actions: { slow: status },
        ...(begun(experiment) ? { faultStartMs: experiment.startMs + startupMs } : {}),
        ...(ended ? { endMs: endOf(experiment).atMs } : {}),
        ...(status === 'stopped' && stoppedBy !== undefined ? { stoppedBy } : {}),
      };
    },
    targets: async (id) => {
      const experiment = find(id);
      if (statusOf(experiment) === 'initiating') return undefined;
      return script.resolves === undefined ? targets : script.resolves(experiment.stage);
    },
    stop: async (id) => {
      const experiment = find(id);
      if (stopsToRefuse > 0) {
        stopsToRefuse -= 1;
        throw new Error('FIS is throttling');
      }
      if (isActive(experiment)) experiment.stopAskedMs ??= clock.now();
    },
    active: async (runId) => {
      script.active?.();
      return experiments.filter((one) => one.runId === runId && isActive(one)).map(({ id }) => id);
    },
    bite: async (_stage, _experimentId, baseline) => {
      baselines.push(baseline);
      const bit = 'bites' in script ? script.bites : true;
      const { likely } = script;
      return [
        {
          fault: 'slow',
          bit,
          evidence: bit === true ? 'it was seen' : 'it was not seen',
          ...(likely === undefined ? {} : { likely }),
        },
      ];
    },
  };
}
