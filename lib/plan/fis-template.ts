/** An FIS experiment template, in the words of FIS's API (user guide, "Experiment template components"). */
export interface FisTemplate {
  readonly description: string;
  readonly targets: Readonly<Record<string, FisTarget>>;
  readonly actions: Readonly<Record<string, FisTemplateAction>>;
  /** Names of guards; each becomes a stop condition on that guard's alarm. Never empty. */
  readonly stopOn: readonly string[];
  /** What becomes of an experiment whose targets by tag or parameter are nothing: it fails where absent. */
  readonly emptyTargetResolution?: 'fail' | 'skip';
  /** How long the template runs from start to end, in milliseconds. */
  readonly durationMs: number;
}

/** What a template hits: found by tags, or declared, never both (FIS refuses tags together with ARNs, and ARNs with filters). */
export type FisTarget = TaggedTarget | ArnTarget | ParameterTarget;

interface Selection {
  readonly resourceType: string;
  /** `ALL`, `COUNT(n)` or `PERCENT(n)`. */
  readonly selectionMode: string;
}

/** Found by tags, the environment tag among them. */
export interface TaggedTarget extends Selection {
  readonly resourceTags: Readonly<Record<string, string>>;
  /** Of the types of resources that take some, such as the zone of a subnet. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly filters?: readonly { readonly path: string; readonly values: readonly string[] }[];
}

/** Declared by ARN, at most five. */
interface ArnTarget extends Selection {
  readonly resourceArns: readonly string[];
}

/** Declared by parameters alone: the pods of a namespace. */
interface ParameterTarget extends Selection {
  readonly parameters: Readonly<Record<string, string>>;
}

export interface FisTemplateAction {
  readonly actionId: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Target key of the action to name of the target: `{ Tasks: 'slow' }`. */
  readonly targets?: Readonly<Record<string, string>>;
  readonly startAfter?: readonly string[];
}
