import type { AwsApi } from '../experiment/lab-place.ts';
import type { LabService } from '../experiment/lab-service.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { isResourceType, type ResourceType } from '../fis/resource-types.ts';

/** What of a lab's service plays one resource: each of its replicas, what of it is in one zone, or all of it. */
export type PlayedBy = 'replica' | 'zone' | 'service';

type PlayedTypes = Readonly<Partial<Record<ResourceType, PlayedBy>>>;

const onDatabases = {
  'aws:rds:cluster': 'service',
  'aws:rds:db': 'service',
  'aws:dsql:cluster': 'service',
} as const;

const onApis = { 'aws:lambda:function': 'service', 'aws:kinesis:stream': 'service' } as const;

/** The API that a service must play to be one of a type. */
export const neededApi: Readonly<Partial<Record<ResourceType, AwsApi>>> = {
  'aws:lambda:function': 'lambda',
  'aws:kinesis:stream': 'kinesis',
};

/**
 * The types of resources that each kind of lab service plays, and what of it plays one. Whoever adds a type here has a stand-in for an
 * action on it.
 */
const playedTypes = {
  /** Processes that are replaced when they end: of containers and of machines that is what the rest of a system sees. */
  command: {
    'aws:ecs:task': 'replica',
    'aws:ec2:instance': 'replica',
    'aws:ec2:spot-instance': 'replica',
    'aws:eks:pod': 'replica',
    'aws:ec2:autoscaling-group': 'service',
    'aws:ecs:cluster': 'service',
    'aws:eks:nodegroup': 'service',
    'aws:iam:role': 'service',
    ...onDatabases,
    ...onApis,
    // Its balancer, and the endpoint by which others reach it.
    'aws:arc:zonal-shift-managed-resource': 'service',
    'aws:ec2:vpc-endpoint': 'service',
    // Its replicas are the nodes.
    'aws:elasticache:replicationgroup': 'zone',
    // What it sends to another Region over a link is its replication.
    'aws:dynamodb:global-table': 'service',
    'aws:memorydb:multi-region-cluster': 'service',
    'aws:s3:bucket': 'service',
  },
  postgres: { ...onDatabases, 'aws:ec2:vpc-endpoint': 'service' },
  proxyControl: { 'aws:ecs:task': 'replica' },
  url: { ...onApis, 'aws:ec2:vpc-endpoint': 'service' },
  network: { 'aws:ec2:subnet': 'zone', 'aws:ec2:transit-gateway': 'service' },
} as const satisfies Readonly<Record<string, PlayedTypes>>;

/** The kinds of services that a lab can start or reach, as the key that says so in a definition. */
export type LabServiceKind = keyof typeof playedTypes;

const isKind = (key: string): key is LabServiceKind => Object.hasOwn(playedTypes, key);

/** The kind of a lab's service. */
export function kindOfService(service: LabService): LabServiceKind {
  const kind = Object.keys(service).find(isKind);
  if (kind === undefined)
    throw new SteadfastError('internal', 'a service of a kind that plays nothing was asked for');
  return kind;
}

/** What tells what a service plays: its kind, and the AWS APIs that it says it answers. */
interface Player {
  readonly kind: LabServiceKind;
  readonly apis?: readonly AwsApi[];
}

/** The AWS APIs that a service of a lab answers in place of AWS. */
export const apisOf = (service: LabService): readonly AwsApi[] =>
  'apis' in service ? (service.apis ?? []) : [];

/** What of a service plays one resource of a type; undefined where nothing of it does. */
export const playedBy = ({ kind, apis = [] }: Player, type: ResourceType): PlayedBy | undefined => {
  const types: PlayedTypes = playedTypes[kind];
  const needed = neededApi[type];
  return needed === undefined || apis.includes(needed) ? types[type] : undefined;
};

/**
 * The types that a lab's definition says a service has: a command may be anything, and says of itself no more than that it is a task, and
 * which APIs it answers.
 */
export const declaredTypesOf = (player: Player): ResourceType[] =>
  typesPlayedBy(player).filter(
    (type) => player.kind !== 'command' || type === 'aws:ecs:task' || neededApi[type] !== undefined,
  );

/** The types that a service plays. */
export const typesPlayedBy = (player: Player): ResourceType[] =>
  Object.keys(playedTypes[player.kind])
    .filter(isResourceType)
    .filter((type) => playedBy(player, type) !== undefined);
