import { messageOf } from '../../experiment/steadfast-error.ts';
import type { FisTemplate, FisTemplateAction } from '../../plan/fis-template.ts';
import type { BiteEvidence, Clock, FaultState, FaultStatus, Random } from '../../run/ports.ts';
import type { GuardReader } from '../guards.ts';
import type { FaultyLab } from './action-handler.ts';
import { actionHandlers } from './action-handlers.ts';
import { ActionRun, waitId } from './action-run.ts';
import type { LabResource } from './lab-resources.ts';
import { selectTargets } from './select-targets.ts';
import { alarmAmong, watchStopConditions } from './stop-conditions.ts';

const terminal: ReadonlySet<FaultStatus> = new Set(['completed', 'stopped', 'failed', 'cancelled']);

export interface LocalExperimentOptions {
  readonly template: FisTemplate;
  readonly lab: FaultyLab;
  /** Those that the template stops on. */
  readonly guards: readonly GuardReader[];
  readonly clock: Clock;
  readonly random: Random;
  /** `skip-all` resolves the targets and does nothing to them (user guide, "Actions mode"). */
  readonly actionsMode?: 'run-all' | 'skip-all';
}

/** One experiment of the stand-in FIS, from its start to a terminal state. */
export class LocalExperiment {
  readonly #options: LocalExperimentOptions;
  readonly #end = new AbortController();
  readonly #actions: ReadonlyMap<string, ActionRun>;
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
    this.#actions = new Map(
      Object.entries(options.template.actions).map(([name, action]) => [name, new ActionRun(name, action)]),
    );
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
      actions: Object.fromEntries([...this.#actions].map(([name, { status }]) => [name, status])),
      ...(this.#faultStartMs === undefined ? {} : { faultStartMs: this.#faultStartMs }),
      ...(this.#endMs === undefined ? {} : { endMs: this.#endMs }),
    };
  }

  /** Runs it to its end. Never rejects. */
  async run(): Promise<void> {
    const { template, lab, random, actionsMode } = this.#options;
    try {
      if (!this.#end.signal.aborted) {
        this.#become('initiating', 'targets are being resolved');
        this.#targets = selectTargets(template, lab, random);
        if (actionsMode === 'skip-all') for (const action of this.#actions.values()) action.skip();
        else await this.#runActions();
      }
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
    return [...this.#actions.values()].flatMap((action) => action.bite() ?? []);
  }

  #become(status: FaultStatus, reason: string): void {
    this.#status = status;
    this.#reason = reason;
  }

  /** The first failure is the one that is told; what runs is stopped for it. */
  #fail(reason: string): void {
    if (!this.#failed) this.#become('stopping', reason);
    this.#failed = true;
    this.#end.abort();
  }

  #stopOn(guard: string | undefined): void {
    if (guard !== undefined)
      this.stop('guard', `Experiment halted by stop condition: the guard '${guard}' is in alarm`);
  }

  #conclude(): void {
    this.#end.abort();
    this.#endMs = this.#options.clock.now();
    for (const action of this.#actions.values()) action.cancel();
    if (this.#failed) this.#status = 'failed';
    else if (this.#stoppedBy !== undefined) this.#status = 'stopped';
    else this.#become('completed', 'the experiment is completed');
  }

  async #runActions(): Promise<void> {
    const { template, guards, clock } = this.#options;
    const { signal } = this.#end;
    // One that is in alarm already ends it before anything is done.
    this.#stopOn(await alarmAmong(guards, signal));
    if (!signal.aborted) this.#become('running', 'the experiment is running');
    const watching = watchStopConditions(guards, clock, signal).then(
      (alarm) => this.#stopOn(alarm),
      (thrown: unknown) => this.#fail(messageOf(thrown)),
    );
    await Promise.all(Object.entries(template.actions).map(([name, action]) => this.#endOf(name, action)));
    this.#end.abort();
    await watching;
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
    const { template, lab, guards, clock, random } = this.#options;
    const before = Object.entries(template.actions).filter(([other]) => action.startAfter?.includes(other));
    await Promise.all(before.map(([other, itsAction]) => this.#endOf(other, itsAction)));
    const run = this.#actions.get(name);
    const handler = actionHandlers.get(action.actionId);
    const { signal } = this.#end;
    if (signal.aborted || handler === undefined || run === undefined) return;
    const targets = Object.values(action.targets ?? {}).map((target) => this.#targets?.get(target) ?? []);
    // Nothing there to act on, where the template does not let that fail it.
    if (targets.some((found) => found.length === 0)) return run.skip();
    const resources = targets.flat();
    // All but a wait is a fault, whether it has targets or none.
    if (action.actionId !== waitId) this.#faultStartMs ??= clock.now();
    try {
      await run.carryOut(handler, {
        lab,
        parameters: action.parameters,
        resources,
        guards,
        targets: [...new Set(resources.flatMap(({ replicas }) => replicas))],
        signal,
        clock,
        random,
      });
    } catch (thrown) {
      this.#fail(`action '${name}' failed: ${messageOf(thrown)}`);
    }
  }
}
