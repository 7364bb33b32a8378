import type * as z from 'zod';

/** How closely a rehearsal's stand-in comes to the action, and where it differs. */
type Fidelity =
  | { readonly fidelity: 'same' }
  | { readonly fidelity: 'approximate'; readonly differs: string }
  | { readonly fidelity: 'not rehearsable'; readonly why: string };

/** How one parameter of a definition is written for FIS, where every value is a string. */
interface FisParameter {
  /** The parameter's name in FIS. */
  readonly name: string;
  /** `milliseconds`: a duration; `hosts`: links, as the hosts they lead to, joined by commas; `percent`: a whole number. */
  readonly as: 'milliseconds' | 'hosts' | 'percent';
}

/** One permission of the FIS role, and how IAM can confine it. */
export interface FisPermission {
  readonly action: string;
  /**
   * What confines it: `tag` (`aws:ResourceTag` with the environment's tag), `managedInstanceTag` (SSM: the same on the
   * managed instance, and AWS's own documents), or `none` with the reason, for calls that only read or know no resource.
   */
  readonly confinedBy: 'tag' | 'managedInstanceTag' | { readonly none: string };
}

/** One FIS action: everything Steadfast knows of it, as data. */
export interface FisAction<Id extends string = string, Parameters extends z.ZodType = z.ZodType> {
  readonly id: Id;
  readonly title: string;
  /** The key and resource type of what it acts on. */
  readonly target: { readonly key: string; readonly resourceType: string; readonly maximum: number };
  /** The schema of its parameters in a definition. */
  readonly parameters: Parameters;
  /** The same parameters as FIS names them. */
  readonly fisParameters: Readonly<Record<string, FisParameter>>;
  /** Parameters that FIS needs on some launch type, by the launch type. */
  readonly launchTypeParameters?: Readonly<Record<'fargate' | 'ec2', Readonly<Record<string, string>>>>;
  /** The FIS parameter that takes the stage's duration; without one the action is instantaneous. */
  readonly durationParameter?: string;
  /** The FIS parameter that takes a share of traffic, where the action can. */
  readonly trafficShareParameter?: string;
  readonly permissions: readonly FisPermission[];
  /** What the target must have. */
  readonly requires: readonly string[];
  /** What is left behind when the action is stopped early. */
  readonly leavesBehind: string;
  readonly rehearsal: Fidelity;
  /** Where the facts come from. */
  readonly source: string;
}

/** Keeps the literal id and the schema's type of an action. */
export const fisAction = <const Id extends string, Parameters extends z.ZodType>(
  action: FisAction<Id, Parameters>,
) => action;
