import type { Fault } from '../../experiment/fault.ts';
import type { FisAction as CatalogueAction } from '../../fis/action.ts';
import type { ResourceType } from '../../fis/resource-types.ts';
import type { BoundTarget, TargetBody } from './bound-target.ts';

/** An action of a template, read: everything in it but its target fits the catalogue. */
export interface ParsedAction {
  readonly name: string;
  readonly action: CatalogueAction;
  /** The action with its parameters, as the language has it. */
  readonly fault: Fault;
  /** Resources that its parameters name, as FIS is given them, by FIS's names of the parameters. */
  readonly named: Readonly<Record<string, string>>;
  readonly target: string | undefined;
  /** 0 where it is over at once. */
  readonly durationMs: number;
  readonly startAfter: readonly string[];
  readonly description: string | undefined;
}

/** What an action acts on; undefined where it acts on nothing. */
export const hitBy = ({ action }: ParsedAction): ResourceType | undefined => action.target?.resourceType;

/** A target of a template, ready to be written. */
export interface ParsedTarget extends Pick<BoundTarget, 'launchType' | 'arns' | 'inCluster' | 'validate'> {
  readonly name: string;
  readonly resourceType: ResourceType;
  readonly selectionMode: string;
  readonly body: TargetBody;
}

/** The actions and targets of a template, all of which fit each other and what FIS allows. */
export interface ParsedTemplate {
  readonly actions: readonly ParsedAction[];
  readonly targets: ReadonlyMap<string, ParsedTarget>;
}
