import type { FaultDefinition } from '../../experiment/fault.ts';
import type { ActionId } from '../../fis/catalogue.ts';
import type { DurationLike } from '../duration-like.ts';

/** What every action of a template may say besides what it does. */
interface InTemplate {
  /**
   * How long it lasts, in whole seconds. Needed by every action that lasts; an action that is over at once takes none. For
   * `aws:ec2:stop-instances` it is the time after which the instances are started again.
   */
  readonly duration?: DurationLike;
  /**
   * The actions that must have ended before this one starts, by name.
   *
   * @default - it starts at once, beside all others that do
   */
  readonly startAfter?: string | readonly string[];
  /** What it is for, in a few words. */
  readonly description?: string;
}

interface OnTarget extends InTemplate {
  /** What it acts on: the name of one of the template's targets. */
  readonly target: string;
}

/** A fault of the language without its selector: a template's targets take its place. */
type ActionOf<Fault> = Fault extends { readonly selector: unknown }
  ? Omit<Fault, 'selector'> & OnTarget
  : Fault & InTemplate;

/**
 * An action of a template. The editor completes the parameters of the action chosen; one that it does not have, or a value of the
 * wrong kind, does not compile.
 *
 * Parameters are those of the catalogue (docs/reference/faults.md), but for two differences: where a definition names services (`to`),
 * hosts stand here, as domain names, IPv4 addresses or CIDRs, and `DYNAMODB` or `S3`; and texts may be tokens.
 *
 * @example
 * const slow: FisAction = {
 *   action: 'aws:ecs:task-network-latency',
 *   target: 'tasks',
 *   parameters: { delay: '500ms', to: ['database.example.com'] },
 *   duration: '5m',
 * };
 */
export type FisAction = ActionOf<FaultDefinition>;

/** An action's id, such as `aws:ecs:stop-task`. */
export type FisActionId = ActionId;
