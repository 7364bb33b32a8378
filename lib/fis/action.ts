import * as z from 'zod';
import { biteMetricSchema } from './bite-metric.ts';
import type { Evidence } from './evidence.ts';
import type { FisPermission } from './permission.ts';
import type { Prerequisite } from './prerequisite.ts';
import type { ResourceType } from './resource-types.ts';
import { selectorSchema } from './selector.ts';

/** How closely a rehearsal's stand-in comes to the action, and where it differs. */
type Fidelity =
  | { readonly fidelity: 'same' }
  | { readonly fidelity: 'approximate'; readonly differs: string }
  | { readonly fidelity: 'not rehearsable'; readonly why: string };

/** How one parameter of a definition is written for FIS, where every value is a string. */
export interface FisParameter {
  /** The parameter's name in FIS. */
  readonly name: string;
  /**
   * `milliseconds`, `seconds`: a duration as a whole number; `isoDuration`: a duration as `PT2M`; `percent`: a whole number;
   * `decimalPercent`: a number; `capitalBoolean`: `True` or `False`, as SSM documents ask; `hosts`: links, as the hosts they lead
   * to, joined by commas; `list`: texts joined by commas; `json`: a map as one line of JSON.
   */
  readonly as:
    | 'milliseconds'
    | 'seconds'
    | 'isoDuration'
    | 'percent'
    | 'decimalPercent'
    | 'integer'
    | 'boolean'
    | 'capitalBoolean'
    | 'text'
    | 'list'
    | 'hosts'
    | 'json';
  /** A time of the run, which the pace of a lab scales like that of a stage. */
  readonly isPaced?: boolean;
  /** What the parameter names by a logical name, which an environment declares. */
  readonly names?: DeclaredName;
}

/** What parameters name: a definition holds logical names only, and the environment says what they mean. */
export type DeclaredName = 'document' | 'bucket' | 'prefixList' | 'image' | 'guard';

/** What a service's declaration of its pods gives an action as parameters. */
export type PodParameter = 'namespace' | 'serviceAccount';

/** What FIS asks for an action, as far as known (see `fisPrice`). */
type PriceClass =
  /** Every minute that it lasts. */
  | 'by the minute'
  /** It is over at once; FIS rounds to minutes. */
  | 'at once'
  /** The price list does not say. */
  | 'not told'
  /** FIS has no part in it. */
  | 'nothing';

/** What an action acts on. */
export interface FisActionTarget {
  /** FIS's key of the target: `Tasks`. */
  readonly key: string;
  readonly resourceType: ResourceType;
  /** How many resources found by tags or parameters FIS takes at most; absent where it names no limit. */
  readonly maximum?: number;
}

/** What every action says of itself. */
interface ActionFacts {
  /** What it does, as a sentence without a full stop. */
  readonly title: string;
  /** The FIS parameter that takes the stage's duration; without one the action is instantaneous. */
  readonly durationParameter?: string;
  /** The shortest duration that FIS takes, in milliseconds, where it says one. */
  readonly leastDurationMs?: number;
  /** The FIS parameter that takes a share of traffic, where the action can. */
  readonly trafficShareParameter?: string;
  /** What is sent to FIS where neither the definition nor the stage says it, since FIS has no default of its own. */
  readonly assumedParameters?: Readonly<Record<string, string>>;
  /** Parameters that FIS needs on some launch type, by the launch type. */
  readonly launchTypeParameters?: Readonly<Record<'fargate' | 'ec2', Readonly<Record<string, string>>>>;
  /** Parameters that the service declares for its pods, by FIS's names: no definition holds them. */
  readonly podParameters?: Readonly<Record<string, PodParameter>>;
  readonly permissions: readonly FisPermission[];
  /** What Kubernetes must allow to FIS's role: IAM knows nothing of it, so a namespace confines it. */
  readonly kubernetes?: readonly string[];
  /** What the target must have. */
  readonly requires: readonly string[];
  /** What of it admission looks at. */
  readonly prerequisites?: readonly Prerequisite[];
  /** Limits of the action that are good to know before. */
  readonly limits?: readonly string[];
  /** What is left behind when the action is stopped early. */
  readonly leavesBehind: string;
  /** What shows in AWS that it reached its targets, and whether FIS's own word is all there is. */
  readonly evidence: Evidence;
  readonly price: PriceClass;
  readonly rehearsal: Fidelity;
  /** Where the facts come from, and of when they are. */
  readonly source: string;
}

/** One FIS action: everything Steadfast knows of it, as data. */
export interface FisAction extends ActionFacts {
  readonly id: string;
  readonly service: string;
  /** Absent where the action has none, as a wait. */
  readonly target?: FisActionTarget;
  /** The schema of its parameters in a definition; optional where none of them is required. */
  readonly parameters: z.ZodType;
  /** The same parameters as FIS names them. */
  readonly fisParameters: Readonly<Record<string, FisParameter>>;
  /** Parameters of a fault that shows how it is written. */
  readonly example: unknown;
  /** The schema of a fault of this action in a definition. */
  readonly fault: z.ZodType;
}

interface Written<Id extends string, Parameters extends z.ZodType> extends ActionFacts {
  readonly id: Id;
  readonly parameters: Parameters;
  readonly fisParameters: Readonly<Record<keyof NonNullable<z.input<Parameters>>, FisParameter>>;
  readonly example: z.input<Parameters>;
}

const serviceOf = (id: string): string => id.split(':')[1] ?? '';
const actionId = <const Id extends string>(id: Id) => z.literal(id).describe("FIS's id of the action.");
const parametersOf = 'How the action is carried out.';

/** What every fault may say, whatever its action. */
const ofEveryFault = () => ({
  bite: biteMetricSchema
    .optional()
    .describe(
      'A metric that shows in AWS that the fault reached its targets, where its action is not seen otherwise.',
    ),
});

/** An action that hits resources. Keeps the literal id and the type of its parameters, and makes the schema of its fault. */
export const fisAction = <const Id extends string, Parameters extends z.ZodType>(
  action: Written<Id, Parameters> & { readonly target: FisActionTarget },
) => ({
  ...action,
  service: serviceOf(action.id),
  fault: z.strictObject({
    action: actionId(action.id),
    selector: selectorSchema.describe('The targets it may hit.'),
    parameters: action.parameters.describe(parametersOf),
    ...ofEveryFault(),
  }),
});

/** An action that hits no resource of its own: its fault has no selector. */
export const fisActionWithoutTarget = <const Id extends string, Parameters extends z.ZodType>(
  action: Written<Id, Parameters>,
) => ({
  ...action,
  service: serviceOf(action.id),
  fault: z.strictObject({
    action: actionId(action.id),
    parameters: action.parameters.describe(parametersOf),
    ...ofEveryFault(),
  }),
});
