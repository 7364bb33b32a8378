/** An FIS experiment template, in the words of FIS's API (user guide, "Experiment template components"). */
export interface FisTemplate {
  readonly description: string;
  readonly targets: Readonly<Record<string, FisTarget>>;
  readonly actions: Readonly<Record<string, FisTemplateAction>>;
  /** Names of guards; each becomes a stop condition on that guard's alarm. Never empty. */
  readonly stopOn: readonly string[];
  /** How long the template runs from start to end, in milliseconds. */
  readonly durationMs: number;
}

export interface FisTarget {
  readonly resourceType: string;
  /** Always carries the environment tag. */
  readonly resourceTags: Readonly<Record<string, string>>;
  /** `ALL`, `COUNT(n)` or `PERCENT(n)`. */
  readonly selectionMode: string;
  /** Of the types of resources that take some, such as the zone of a subnet. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly filters?: readonly { readonly path: string; readonly values: readonly string[] }[];
}

export interface FisTemplateAction {
  readonly actionId: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Target key of the action to name of the target: `{ Tasks: 'slow' }`. */
  readonly targets?: Readonly<Record<string, string>>;
  readonly startAfter?: readonly string[];
}
