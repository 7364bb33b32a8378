import type { IConstruct } from 'constructs';
import type { Problem } from '../../experiment/steadfast-error.ts';
import type { PodParameter } from '../../fis/action.ts';
import type { ResourceType } from '../../fis/resource-types.ts';
import type { EnvironmentTag } from '../environment-tag.ts';

export type Path = Problem['path'];

/** What a target is bound to: a type of resources in an environment, for a template. */
export interface TargetContext {
  readonly environmentTag: EnvironmentTag;
  /** What the actions act on that name the target. */
  readonly resourceType: ResourceType;
  /** The most that FIS lets those actions hit. */
  readonly maximum: number | undefined;
  /** Where the target stands in the template's properties. */
  readonly path: Path;
  /** Whether resources of other accounts may be meant. */
  readonly isMultiAccount: boolean;
  readonly template: IConstruct;
}

/** A target as FIS has it, but for its selection. */
export interface TargetBody {
  readonly resourceTags?: Readonly<Record<string, string>>;
  readonly resourceArns?: readonly string[];
  readonly filters?: readonly { readonly path: string; readonly values: readonly string[] }[];
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A target in its template. */
export interface BoundTarget {
  readonly body: TargetBody;
  readonly problems: readonly Problem[];
  /** How many resources match at least, where that is known. */
  readonly atLeast?: number | undefined;
  /** What ECS tasks run on, where that is known. */
  readonly launchType?: 'fargate' | 'ec2' | undefined;
  /** The ARNs of what may be hit, where they are known. */
  readonly arns?: readonly string[];
  /** What actions in a cluster take as parameters. */
  readonly inCluster?: Readonly<Partial<Record<PodParameter, string>>>;
  /** What can be seen only once the app is whole: why the target would find nothing. */
  readonly validate?: () => string[];
}
