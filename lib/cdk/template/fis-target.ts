import type { IConstruct } from 'constructs';
import type { ResourceType } from '../../fis/resource-types.ts';
import type { FisSelection } from './selection.ts';

/** What every target says. */
interface Selecting {
  /** How many of those that match are hit: `'all'`, `'one'`, a share such as `'50%'`, `{ count: 3 }` or `{ percent: 50 }`. */
  readonly selection: FisSelection;
  /**
   * How many match at least. FIS rounds shares down, and fails where nothing is left: a share needs so many that at least one is
   * hit.
   *
   * @default - known of constructs in many cases; else a share is refused
   */
  readonly atLeast?: number;
}

/** What narrows a selection further. */
interface Narrowing extends Selecting {
  /** Only what is in this Availability Zone, where FIS can tell (docs/reference/faults.md). Across accounts an id such as `euw1-az1`. */
  readonly availabilityZone?: string;
  /** Paths of the resource's description to what may stand there: `{ 'State.Name': ['running'] }`. All paths must fit. */
  readonly filters?: Readonly<Record<string, string | readonly string[]>>;
  /** What FIS calls parameters of the target, such as `cluster` and `service` of tasks. */
  readonly parameters?: Readonly<Record<string, string>>;
  /**
   * What ECS tasks run on; some actions are written differently for Fargate.
   *
   * @default - what the construct says, else Fargate
   */
  readonly launchType?: 'fargate' | 'ec2';
}

export interface TaggedTargetOptions extends Narrowing {
  /** Tags that all must carry, besides the environment tag, which the template adds. */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default - what the actions act on that name the target */
  readonly resourceType?: ResourceType;
}

export interface ConstructTargetOptions extends Narrowing {
  /**
   * What of the construct is hit, where there are several things: of an Auto Scaling group itself or its instances.
   *
   * @default - what the actions act on that name the target
   */
  readonly resourceType?: ResourceType;
}

export interface ArnTargetOptions extends Selecting {
  readonly resourceType: ResourceType;
  /** At most five. */
  readonly arns: readonly string[];
}

/** An EKS cluster, by its name or ARN, or as a construct. */
type EksCluster = string | { readonly clusterArn: string };

export interface ClusterTargetOptions {
  readonly cluster: EksCluster;
  /** Where Kubernetes makes what the action asks. IAM knows nothing of it: the rights of FIS's user in the cluster must end there. */
  readonly namespace: string;
}

export interface PodTargetOptions extends Selecting {
  readonly cluster: EksCluster;
  readonly namespace: string;
  /** The Kubernetes service account that FIS acts as, in the namespace. */
  readonly serviceAccount: string;
  /** Pods that carry these labels. Say either labels, a deployment or one pod. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Pods of this deployment. */
  readonly deployment?: string;
  /** The pod of this name. */
  readonly pod?: string;
  /** The container that is hit; the first of the pod where absent. */
  readonly container?: string;
  readonly availabilityZone?: string;
}

/** What a template's actions act on; made by the functions of the same name. */
export type FisTarget =
  | ({ readonly kind: 'tagged' } & TaggedTargetOptions)
  | ({ readonly kind: 'construct'; readonly constructs: readonly IConstruct[] } & ConstructTargetOptions)
  | ({ readonly kind: 'arns' } & ArnTargetOptions)
  | ({ readonly kind: 'cluster'; readonly selection: 'all' } & ClusterTargetOptions)
  | ({ readonly kind: 'pods' } & PodTargetOptions);

/**
 * What actions act on. Targets are found by tags wherever FIS can: the environment tag, which the template adds, and whatever
 * narrows it further.
 *
 * @example
 * const targets = {
 *   // Whatever carries the tag, whoever made it.
 *   databases: FisTarget.tagged({ tags: { Service: 'shop' }, selection: 'all' }),
 *   // Exactly this service of the app: half of its tasks.
 *   tasks: FisTarget.of(service, { selection: '50%' }),
 * };
 */
export const FisTarget = {
  /** Resources by their tags, also those that no CDK app made. */
  tagged: (options: TaggedTargetOptions): FisTarget => ({ ...options, kind: 'tagged' }),

  /**
   * Exactly this construct, or these: their resources get a tag of their own (`steadfast:target`) by which FIS finds them. They
   * must carry the environment tag already; synthesis refuses those that do not. Only IAM roles, which FIS cannot select by tag,
   * are taken by their ARNs.
   *
   * An ECS service stands for its tasks, and is told to hand its tags to them; an Auto Scaling group for itself or its instances, as
   * the actions ask.
   *
   * @example
   * const cut = FisTarget.of(vpc.privateSubnets, { selection: 'all', availabilityZone: 'eu-west-1a' });
   */
  of: (construct: IConstruct | readonly IConstruct[], options: ConstructTargetOptions): FisTarget => ({
    ...options,
    kind: 'construct',
    constructs: 'node' in construct ? [construct] : construct,
  }),

  /**
   * Resources by their ARNs, at most five: only of types that FIS cannot select by tag.
   *
   * @example
   * const callers = FisTarget.arns({ resourceType: 'aws:iam:role', arns: [role.roleArn], selection: 'all' });
   */
  arns: (options: ArnTargetOptions): FisTarget => ({ ...options, kind: 'arns' }),

  /**
   * A namespace of an EKS cluster, for custom resources of Chaos Mesh and Litmus.
   *
   * @example
   * const shop = FisTarget.cluster({ cluster: 'staging', namespace: 'shop' });
   */
  cluster: (options: ClusterTargetOptions): FisTarget => ({ ...options, kind: 'cluster', selection: 'all' }),

  /**
   * Pods of a namespace of an EKS cluster, which FIS finds by their labels, deployment or name.
   *
   * @example
   * const pods = FisTarget.pods({
   *   cluster: 'staging',
   *   namespace: 'shop',
   *   serviceAccount: 'fis',
   *   labels: { app: 'shop' },
   *   selection: 'one',
   * });
   */
  pods: (options: PodTargetOptions): FisTarget => ({ ...options, kind: 'pods' }),
} as const;
