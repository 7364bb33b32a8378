import type { LabService } from '../experiment/lab-service.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { isResourceType, type ResourceType } from '../fis/resource-types.ts';

/** What of a lab's service plays one resource: each of its replicas, what of it is in one zone, or all of it. */
export type PlayedBy = 'replica' | 'zone' | 'service';

type PlayedTypes = Readonly<Partial<Record<ResourceType, PlayedBy>>>;

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
  },
  postgres: {},
  proxyControl: { 'aws:ecs:task': 'replica' },
  url: {},
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

/** What of a service of this kind plays one resource of a type; undefined where nothing of it does. */
export const playedBy = (kind: LabServiceKind, type: ResourceType): PlayedBy | undefined => {
  const types: PlayedTypes = playedTypes[kind];
  return types[type];
};

/** The types that a service of this kind plays. */
export const typesPlayedBy = (kind: LabServiceKind): ResourceType[] =>
  Object.keys(playedTypes[kind]).filter(isResourceType);
