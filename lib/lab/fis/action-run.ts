import type { FisTemplateAction } from '../../plan/fis-template.ts';
import type { BiteEvidence } from '../../run/ports.ts';
import type { ActionContext, ActionHandler, Bite } from './action-handler.ts';

/** FIS's states of an action (API reference, "ExperimentActionState"). */
type ActionStatus =
  | 'pending'
  | 'initiating'
  | 'running'
  | 'completed'
  | 'cancelled'
  | 'stopping'
  | 'stopped'
  | 'failed'
  | 'skipped';

/** What only lets time pass. */
export const waitId = 'aws:fis:wait';

/** One action of an experiment, from pending to the state that it ends in. */
export class ActionRun {
  readonly #name: string;
  readonly #action: FisTemplateAction;
  #status: ActionStatus = 'pending';
  #bite: Bite | (() => Bite) | undefined;

  constructor(name: string, action: FisTemplateAction) {
    this.#name = name;
    this.#action = action;
  }

  get status(): ActionStatus {
    return this.#status;
  }

  /** It will not be carried out, and what waits for it need not wait. */
  skip(): void {
    this.#status = 'skipped';
  }

  /** The experiment ends: what has not begun never does. */
  cancel(): void {
    if (this.#status === 'pending') this.#status = 'cancelled';
  }

  /**
   * Carries it out: it is done once its duration is over and its post action with it, both at once after the signal aborts.
   * Rejects when it fails.
   */
  async carryOut(handler: ActionHandler, context: ActionContext): Promise<void> {
    const { signal } = context;
    const onAbort = () => {
      this.#status = 'stopping';
    };
    this.#status = 'initiating';
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      handler.check?.(context.parameters);
      this.#status = 'running';
      this.#bite = await handler.carryOut(context);
      this.#status = signal.aborted ? 'stopped' : 'completed';
    } catch (thrown) {
      this.#status = 'failed';
      throw thrown;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** What shows that it reached its targets, or did what it is to do where it has none; undefined for a wait. */
  bite(): BiteEvidence | undefined {
    if (this.#action.actionId === waitId) return undefined;
    // What a fault hits is called as it is, and so is its action.
    const [fault = this.#name] = Object.values(this.#action.targets ?? {});
    const bite = this.#bite;
    if (bite !== undefined) return { fault, ...(typeof bite === 'function' ? bite() : bite) };
    switch (this.#status) {
      case 'pending':
      case 'cancelled':
        return { fault, bit: false, evidence: 'it never started' };
      case 'skipped':
        return { fault, bit: false, evidence: 'it was skipped' };
      default:
        return { fault, bit: undefined, evidence: `its action is ${this.#status}` };
    }
  }
}
