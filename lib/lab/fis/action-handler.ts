import type { BiteEvidence, Clock, Random } from '../../run/ports.ts';
import type { GuardReader } from '../guards.ts';
import type { ProcessFaults } from '../process-faults.ts';
import type { Replica, RunningLab } from '../running-lab.ts';
import type { LabResource } from './lab-resources.ts';

/** What of a lab the stand-in FIS touches. */
export type FaultyLab = Pick<
  RunningLab,
  | 'replicas'
  | 'services'
  | 'links'
  | 'connections'
  | 'isHealthy'
  | 'stopReplica'
  | 'launches'
  | 'proxyControl'
  | 'pace'
  | 'callPoints'
  | 'balancer'
  | 'database'
  | 'writers'
  | 'runDocument'
  | keyof ProcessFaults
>;

export interface ActionContext {
  readonly lab: FaultyLab;
  /** As FIS names them; every value is a string. */
  readonly parameters: Readonly<Record<string, string>>;
  /** What was resolved, of the types that its targets have. */
  readonly resources: readonly LabResource[];
  /** The replicas that these are made of, each once. */
  readonly targets: readonly Replica[];
  /** Those of the lab that the experiment stops on: all of them. */
  readonly guards?: readonly GuardReader[];
  /** Aborts when the experiment is stopped, or another action has failed. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly random: Random;
}

/** Whether an action reached its targets, and what shows it. */
export type Bite = Omit<BiteEvidence, 'fault'>;

/** Why a machine cannot carry an action out. */
interface WhyNotHere {
  /** A sentence without a full stop. */
  readonly message: string;
  readonly hint?: string;
}

/** The lab's stand-in for one FIS action, or for a fault of its own. */
export interface ActionHandler {
  /** FIS's id of the action, or the lab's of the fault. */
  readonly id: string;
  /** Throws `invalid` for parameters that FIS would not take, before anything is done. */
  readonly check?: (parameters: ActionContext['parameters']) => void;
  /** Why this machine cannot carry it out at all, looked for before anything is started; undefined where it can. */
  readonly whyNotHere?: (parameters: ActionContext['parameters']) => WhyNotHere | undefined;
  /**
   * Carries it out: resolves when it has ended, at once after the signal aborts, its post action included. Whether it resolves or throws, what can be
   * undone has been undone; but for a fault that stays until a rollback takes it away.
   *
   * @returns what shows that it bit; for a fault that stays, how to look once the experiment has ended
   */
  readonly carryOut: (context: ActionContext) => Promise<Bite | (() => Bite)>;
}
