import { messageOf } from '../../experiment/steadfast-error.ts';
import type { FisTemplate, FisTemplateAction } from '../../plan/fis-template.ts';
import type { BiteEvidence, Clock, FaultState, FaultStatus, Random } from '../../run/ports.ts';
import type { GuardReader } from '../guards.ts';
import type { Bite, FaultyLab } from './action-handler.ts';
import { actionHandlers } from './action-handlers.ts';
import type { LabResource } from './lab-resources.ts';
import { selectTargets } from './select-targets.ts';

/** How often guards are looked at while an experiment runs. */
const guardPollMs = 500;

const terminal: ReadonlySet<FaultStatus> = new Set(['completed', 'stopped', 'failed', 'cancelled']);

/** FIS's states of an action (user guide, "Action states"). */
type ActionStatus = 'pending' | 'running' | 'completed' | 'stopped' | 'failed' | 'cancelled';

export interface LocalExperimentOptions {
  readonly template: FisTemplate;
  readonly lab: FaultyLab;
  /** Those that the template stops on. */
  readonly guards: readonly GuardReader[];
  readonly clock: Clock;
  readonly random: Random;
}

/** One experiment of the stand-in FIS, from its start to a terminal state. */
export class LocalExperiment {
  readonly #options: LocalExperimentOptions;
  readonly #end = new AbortController();
  readonly #actions = new Map<string, ActionStatus>();
  readonly #bites = new Map<string, Bite | (() => Bite)>();
  readonly #ended = new Map<string, Promise<void>>();
  #status: FaultStatus = 'pending';
  #reason = 'the experiment is pending';
  #failed = false;
  #stoppedBy: 'guard' | 'caller' | undefined;
  #targets: ReadonlyMap<string, readonly LabResource[]> | undefined;
  #faultStartMs: number | undefined;
  #endMs: number | undefined;

  constructor(options: LocalExperimentOptions) {
    this.#options = options;
    for (const name of Object.keys(options.template.actions)) this.#actions.set(name, 'pending');
  }

  get isActive(): boolean {
    return !terminal.has(this.#status);
  }

  get targets(): ReadonlyMap<string, readonly LabResource[]> | undefined {
    return this.#targets;
  }

  state(): FaultState {
    return {
      status: this.#status,
      reason: this.#reason,
      ...(this.#stoppedBy === undefined ? {} : { stoppedBy: this.#stoppedBy }),
      actions: Object.fromEntries(this.#actions),
      ...(this.#faultStartMs === undefined ? {} : { faultStartMs: this.#faultStartMs }),
      ...(this.#endMs === undefined ? {} : { endMs: this.#endMs }),
    };
  }

  /** Runs it to its end. Never rejects. */
  async run(): Promise<void> {
    const { template, lab, random, guards } = this.#options;
    try {
      this.#become('initiating', 'targets are being resolved');
      this.#targets = selectTargets(template, lab, random);
      await this.#haltOnAlarm(guards);
      if (!this.#end.signal.aborted) this.#become('running', 'the experiment is running');
      const watching = this.#watchGuards(guards).catch((thrown: unknown) => this.#fail(messageOf(thrown)));
      await Promise.all(Object.entries(template.actions).map(([name, action]) => this.#endOf(name, action)));
      this.#end.abort();
      await watching;
    } catch (thrown) {
      this.#fail(messageOf(thrown));
    }
    this.#conclude();
  }

  stop(by: 'guard' | 'caller', reason: string): void {
    if (!this.isActive || this.#end.signal.aborted) return;
    this.#stoppedBy = by;
    this.#become('stopping', reason);
    this.#end.abort();
  }

  /** What shows that each fault reached its targets; once the experiment has ended. */
  bites(): readonly BiteEvidence[] {
    return Object.entries(this.#options.template.actions).flatMap(([name, { targets = {} }]) => {
      const [fault] = Object.values(targets);
      if (fault === undefined) return [];
      const bite = this.#bites.get(name);
      if (bite !== undefined) return [{ fault, ...(typeof bite === 'function' ? bite() : bite) }];
      const status = this.#actions.get(name);
      const neverStarted = status === 'pending' || status === 'cancelled';
      return [
        {
          fault,
          bit: neverStarted ? false : undefined,
          evidence: neverStarted ? 'it never started' : `its action is ${status}`,
        },
      ];
    });
  }

  #become(status: FaultStatus, reason: string): void {
    this.#status = status;
    this.#reason = reason;
  }

  #fail(reason: string): void {
    if (!this.#failed) this.#reason = reason;
    this.#failed = true;
    this.#end.abort();
  }

  #conclude(): void {
    this.#end.abort();
    this.#endMs = this.#options.clock.now();
    for (const [name, status] of this.#actions)
      if (status === 'pending') this.#actions.set(name, 'cancelled');
    if (this.#failed) this.#status = 'failed';
    else if (this.#stoppedBy !== undefined) this.#status = 'stopped';
    else this.#become('completed', 'the experiment is completed');
  }

  async #haltOnAlarm(guards: readonly GuardReader[]): Promise<void> {
    const states = await Promise.all(
      guards.map(async (guard) => ({ name: guard.name, state: await guard.read() })),
    );
    const alarm = states.find(({ state }) => state === 'alarm');
    if (alarm !== undefined) this.stop('guard', `the guard '${alarm.name}' is in alarm`);
  }

  async #watchGuards(guards: readonly GuardReader[]): Promise<void> {
    const { clock } = this.#options;
    while (guards.length > 0 && !this.#end.signal.aborted) {
      await clock.sleep(guardPollMs, this.#end.signal);
      if (!this.#end.signal.aborted) await this.#haltOnAlarm(guards);
    }
  }

  /** The end of an action, begun the first time it is asked for. */
  #endOf(name: string, action: FisTemplateAction): Promise<void> {
    const begun = this.#ended.get(name);
    if (begun !== undefined) return begun;
    const ended = this.#carryOut(name, action);
    this.#ended.set(name, ended);
    return ended;
  }

  async #carryOut(name: string, action: FisTemplateAction): Promise<void> {
    const { template, lab, clock, random } = this.#options;
    const before = Object.entries(template.actions).filter(([other]) => action.startAfter?.includes(other));
    await Promise.all(before.map(([other, itsAction]) => this.#endOf(other, itsAction)));
    const handler = actionHandlers.get(action.actionId);
    const { signal } = this.#end;
    if (signal.aborted || handler === undefined) {
      this.#actions.set(name, 'cancelled');
      return;
    }
    this.#actions.set(name, 'running');
    const resources = Object.values(action.targets ?? {}).flatMap(
      (target) => this.#targets?.get(target) ?? [],
    );
    const targets = [...new Set(resources.flatMap(({ replicas }) => replicas))];
    // What acts on targets is a fault; a wait has none.
    if (resources.length > 0) this.#faultStartMs ??= clock.now();
    try {
      const { parameters } = action;
      this.#bites.set(
        name,
        await handler.carryOut({ lab, parameters, resources, targets, signal, clock, random }),
      );
      this.#actions.set(name, signal.aborted ? 'stopped' : 'completed');
    } catch (thrown) {
      this.#actions.set(name, 'failed');
      this.#fail(`action '${name}' failed: ${messageOf(thrown)}`);
    }
  }
}
