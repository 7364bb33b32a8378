import type * as z from 'zod';
import type { Environment, SecretSource } from '../experiment/environment.ts';
import type { metricSchema } from '../experiment/environment-metric.ts';
import type { PlanBlackout } from './plan-blackout.ts';

/** The pods of a service, as FIS selects them, and what it acts as there. */
export interface PlanPods {
  /** The ARN of the EKS cluster. */
  readonly cluster: string;
  readonly namespace: string;
  readonly selectorType: 'labelSelector' | 'deploymentName' | 'podName';
  readonly selectorValue: string;
  readonly serviceAccount: string;
  /** The container that is hit; the first of a pod where absent. */
  readonly container?: string;
}

/** What a logical service means in one target. */
export interface PlanService {
  /** Where probes and rollbacks ask it. */
  readonly url?: string;
  /** Whether it answers HTTP at all; in a lab its URL is known only once it runs. */
  readonly answersHttp: boolean;
  /** What others reach it by; network faults name it. */
  readonly host?: string;
  /** How its resources are selected, besides the environment tag. */
  readonly tags: Readonly<Record<string, string>>;
  /** The types of resources it has that faults may select, as FIS names them. */
  readonly resourceTypes: readonly string[];
  /** Those of them that its target says it has, where tags alone could be worn by anything. */
  readonly declaredTypes: readonly string[];
  /** Its ECS service; in a lab its replicas play one. */
  readonly ecs?: { readonly cluster: string; readonly service: string };
  readonly launchType?: 'fargate' | 'ec2';
  readonly pods?: PlanPods;
  /** The ARNs of the IAM roles that it declares. */
  readonly roles?: readonly string[];
  /** The ARNs, or patterns of ARNs, of other resources that it declares. */
  readonly resources?: readonly string[];
  /** Where FIS leaves the faults of its Lambda functions: `arn:aws:s3:::bucket/prefix`, without a slash at the end. */
  readonly faultConfiguration?: string;
  readonly uses?: readonly string[];
  /** Of a lab's service: the zones that its replicas are dealt out over. */
  readonly zones?: readonly string[];
}

/** What a logical guard means in one target. */
export interface PlanGuard {
  /** The name or ARN of its alarm; in a lab the guard's own name. */
  readonly alarm: string;
  /** The environment whose harm it watches, where it is another one. */
  readonly watches?: string;
  /** The role by which the runner polls an alarm that FIS cannot stop on. */
  readonly readBy?: string;
  /** What Steadfast makes the alarm from; absent where the alarm exists already. */
  readonly rule?: GuardRule;
}

interface GuardRule {
  readonly metric: string;
  readonly above?: number;
  readonly below?: number;
  readonly forMs: number;
}

/** An alarm that says that people are busy with an incident. */
export interface IncidentAlarm {
  /** Its name or ARN. */
  readonly alarm: string;
  /** The role by which an alarm of another account or Region is read. */
  readonly readBy?: string;
}

/** The kinds of names that an experiment leaves to its target. */
export type NameKind =
  | 'service'
  | 'metric'
  | 'guard'
  | 'function'
  | 'stateMachine'
  | 'document'
  | 'secret'
  | 'vantagePoint'
  | 'bucket'
  | 'prefixList'
  | 'image';

/** A metric as a definition writes it. */
export type MetricDefinition = z.input<typeof metricSchema>;

/** What both an environment and a lab look like to a plan. */
export interface PlanTarget {
  readonly kind: 'environment' | 'lab';
  readonly id: string;
  readonly tag: { readonly key: string; readonly value: string };
  readonly production: boolean;
  /** Whether it is an account of its own, so that what IAM cannot confine may reach all of it. */
  readonly isolated: boolean;
  /** Of a lab: whether one of its services is the control of its proxy. */
  readonly hasProxyControl?: boolean;
  /** Of an environment only. */
  readonly account?: string;
  /** Of an environment only. */
  readonly region?: string;
  /** What probers look at to tell whether they are broken themselves; a lab has something of its own. */
  readonly selfCheckUrl?: string;
  /** What times are multiplied by; 1 in an environment. */
  readonly pace: number;
  readonly leastRatePerSecond: number;
  readonly services: Readonly<Record<string, PlanService>>;
  readonly metrics: Readonly<Record<string, MetricDefinition>>;
  readonly guards: Readonly<Record<string, PlanGuard>>;
  /** The name or ARN of each alarm that calls people and ends nothing; in a lab its own name. */
  readonly alarms: Readonly<Record<string, string>>;
  readonly functions: Readonly<Record<string, string>>;
  /** Functions that a lab plays by load: they make traffic and can do nothing else. */
  readonly onlyTraffic?: readonly string[];
  readonly stateMachines: Readonly<Record<string, string>>;
  readonly documents: Readonly<Record<string, { readonly document: string; readonly role?: string }>>;
  readonly secrets: Readonly<Record<string, SecretSource>>;
  /** The function that probes from each vantage point; a lab has none, since it is all on one machine. */
  readonly vantagePoints: Readonly<Record<string, string>>;
  readonly buckets: Readonly<Record<string, string>>;
  readonly prefixLists: Readonly<Record<string, string>>;
  readonly images: Readonly<Record<string, string>>;
  /** The names that resolve, by kind; a kind that is absent resolves whatever it is called. */
  readonly names: Readonly<Partial<Record<NameKind, readonly string[]>>>;
  /** The names that a lab declares it cannot play, by kind, and why. */
  readonly notRehearsable: Readonly<Record<NameKind, Readonly<Record<string, string>>>>;
  /** How long each run waits for its approval; absent where the target asks for none. */
  readonly approvalMs?: number;
  readonly owns: Environment['owns'];
  readonly untouchable: readonly string[];
  readonly limits: Environment['limits'];
  readonly blackouts: readonly PlanBlackout[];
  readonly freezes: NonNullable<Environment['freezes']>;
  readonly incidentAlarms: readonly IncidentAlarm[];
}

/** The target as messages call it: `environment 'staging'`, `lab 'shop'`. */
export const targetName = (target: PlanTarget) => `${target.kind} '${target.id}'`;

export const nothingIsNotRehearsable: PlanTarget['notRehearsable'] = {
  service: {},
  metric: {},
  guard: {},
  function: {},
  stateMachine: {},
  document: {},
  secret: {},
  vantagePoint: {},
  bucket: {},
  prefixList: {},
  image: {},
};
