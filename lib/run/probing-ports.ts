import type { HttpProbe } from '../experiment/probe.ts';

/** What one HTTP probe saw. */
export interface ProbeOutcome {
  /** From when the request was due to the end of its answer. */
  readonly latencyMs?: number;
  readonly status?: number;
  /** What the probe extracts: a number, or for freshness the age in seconds. */
  readonly value?: number;
  /** Why it is no good answer; begins with `prober:` when the prober itself is at fault. */
  readonly error?: string;
  /** The vantage point that it was asked from, where the probe names any. */
  readonly from?: string;
}

/** One request of an http probe. */
export interface ProbeRequest {
  readonly probe: string;
  readonly definition: HttpProbe;
  readonly dueMs: number;
  readonly timeoutMs: number;
  /** Which of the probe's requests it is, from 0; absent where it is none of a series. */
  readonly turn?: number;
  /**
   * The vantage points whose self-check has been seen to work in this run. Only there can one that fails say that the prober is
   * broken; elsewhere every failure is the system's.
   */
  readonly selfChecks?: readonly string[] | undefined;
}

/** What a prober's look at something known to be well came to. */
export interface SelfCheckLook {
  /** The vantage point. */
  readonly from: string;
  readonly url: string;
  /** Why it failed; absent when it is well. */
  readonly failed?: string;
}

/** Asks a service over HTTP. Never rejects: what goes wrong is an outcome. */
export interface Prober {
  ask(request: ProbeRequest): Promise<ProbeOutcome>;
  /** How long before they are due it wants the requests of a probe, to send each when it is due; at once where absent. */
  leadMs?(definition: HttpProbe): number;
  /** Of a probe whose requests it wants ahead: when those were due at the latest that it knows to be under way. */
  underWay?(probe: string): readonly number[];
  /** Looks from each vantage point at what is known to be well there. Never rejects; absent where there is nothing to look at. */
  selfChecks?(): Promise<readonly SelfCheckLook[]>;
}

/** Reads logical metrics. */
export interface MetricSource {
  /** Readings with a time in [fromMs, toMs), oldest first; none where there is no data. Never interpolates. */
  read(
    metric: string,
    fromMs: number,
    toMs: number,
  ): Promise<readonly { readonly atMs: number; readonly value: number }[]>;
}

/** A deployment of an ECS service. */
export interface EcsDeployment {
  /** Undefined where its controller does not say. */
  readonly rollout: 'in progress' | 'completed' | 'failed' | undefined;
  /** Tasks of it that failed to start. */
  readonly failedTasks: number;
}

/** An ECS service at one moment; in a lab a service's replicas. */
export interface EcsServiceState {
  /** How many tasks it wants. */
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  readonly deployments: readonly EcsDeployment[];
}

/** What the health checks of a service's tasks say. */
export interface EcsHealth {
  readonly healthy: number;
  readonly unhealthy: number;
  /** Of these nobody knows: they have no health check, or it has not been carried out yet. */
  readonly unknown: number;
}

/** Looks at ECS services by logical name. Throws where one is not there or cannot be looked at. */
export interface EcsServices {
  state(service: string): Promise<EcsServiceState>;
  health(service: string): Promise<EcsHealth>;
}

/** Calls the functions of an environment by logical name; in a lab what plays them. */
export interface Functions {
  /**
   * What it answers, as text. Throws where it fails, is throttled, or has not answered in time.
   *
   * @param payload JSON
   */
  call(name: string, payload: string, timeoutMs: number): Promise<string>;
}
