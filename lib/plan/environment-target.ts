import { approvalMsOf } from '../experiment/approval.ts';
import type { Environment, EnvironmentDefinition, Guard } from '../experiment/environment.ts';
import { probeFunctionName } from '../experiment/vantage-point-names.ts';
import { typesSelectedByTag } from '../fis/resource-types.ts';
import { alarmName, healthCheckOfDynamo } from './aws-names.ts';
import { planBlackoutsOf } from './blackouts.ts';
import {
  nothingIsNotRehearsable,
  type PlanGuard,
  type PlanPods,
  type PlanService,
  type PlanTarget,
} from './plan-target.ts';

/** An environment as a plan sees it. Metrics stay as they were written, since the runner's input holds them so. */
export function planTargetOfEnvironment(definition: EnvironmentDefinition, parsed: Environment): PlanTarget {
  const approvalMs = approvalMsOf(parsed.approval);
  return {
    kind: 'environment',
    id: parsed.id,
    tag: parsed.tag,
    production: parsed.production,
    isolated: parsed.isolated !== undefined,
    account: parsed.account,
    region: parsed.region,
    selfCheckUrl: parsed.selfCheck?.url ?? healthCheckOfDynamo(parsed.region),
    pace: 1,
    leastRatePerSecond: 0,
    services: mapValues(parsed.services, serviceOf),
    metrics: definition.metrics ?? {},
    guards: mapValues(parsed.guards, (guard, name) => guardOf(guard, name, parsed.id)),
    alarms: parsed.alarms ?? {},
    functions: parsed.functions ?? {},
    stateMachines: parsed.stateMachines ?? {},
    documents: mapValues(parsed.documents ?? {}, ({ document, role }) => ({
      document,
      ...(role === undefined ? {} : { role }),
    })),
    secrets: parsed.secrets ?? {},
    vantagePoints: mapValues(parsed.vantagePoints ?? {}, (_, name) => probeFunctionName(parsed.id, name)),
    buckets: parsed.buckets ?? {},
    prefixLists: parsed.prefixLists ?? {},
    images: parsed.images ?? {},
    names: {
      service: Object.keys(parsed.services),
      metric: Object.keys(parsed.metrics ?? {}),
      guard: Object.keys(parsed.guards),
      function: Object.keys(parsed.functions ?? {}),
      stateMachine: Object.keys(parsed.stateMachines ?? {}),
      document: Object.keys(parsed.documents ?? {}),
      secret: Object.keys(parsed.secrets ?? {}),
      vantagePoint: Object.keys(parsed.vantagePoints ?? {}),
      bucket: Object.keys(parsed.buckets ?? {}),
      prefixList: Object.keys(parsed.prefixLists ?? {}),
      image: Object.keys(parsed.images ?? {}),
    },
    notRehearsable: nothingIsNotRehearsable,
    ...(approvalMs === undefined ? {} : { approvalMs }),
    owns: parsed.owns,
    untouchable: parsed.untouchable ?? [],
    limits: parsed.limits,
    blackouts: planBlackoutsOf(parsed.blackouts),
    freezes: parsed.freezes ?? [],
    incidentAlarms: (parsed.incidentAlarms ?? []).map((one) =>
      typeof one === 'string' ? { alarm: one } : one,
    ),
  };
}

function serviceOf(service: Environment['services'][string]): PlanService {
  return {
    answersHttp: service.url !== undefined,
    tags: service.tags ?? {},
    resourceTypes: resourceTypesOf(service),
    declaredTypes: declaredTypesOf(service),
    ...(service.url === undefined ? {} : { url: service.url }),
    ...(service.host === undefined ? {} : { host: service.host }),
    ...(service.ecs === undefined
      ? {}
      : {
          ecs: { cluster: service.ecs.cluster, service: service.ecs.service },
          launchType: service.ecs.launchType,
        }),
    ...(service.eks === undefined ? {} : { pods: podsOf(service.eks) }),
    ...(service.roles === undefined ? {} : { roles: service.roles }),
    ...(service.resources === undefined ? {} : { resources: service.resources }),
    ...(service.faultConfiguration === undefined
      ? {}
      : { faultConfiguration: service.faultConfiguration.replace(/\/+$/, '') }),
    ...(service.uses === undefined ? {} : { uses: service.uses }),
  };
}

function podsOf(eks: NonNullable<Environment['services'][string]['eks']>): PlanPods {
  const { cluster, namespace, pods, serviceAccount, container } = eks;
  return {
    cluster,
    namespace,
    serviceAccount,
    ...('label' in pods
      ? { selectorType: 'labelSelector', selectorValue: pods.label }
      : 'deployment' in pods
        ? { selectorType: 'deploymentName', selectorValue: pods.deployment }
        : { selectorType: 'podName', selectorValue: pods.pod }),
    ...(container === undefined ? {} : { container }),
  };
}

/** Tags may be worn by anything that FIS selects by tag, unless the service says what it has; tasks are there only where an ECS service is. */
function resourceTypesOf(service: Environment['services'][string]): string[] {
  const { has, tags = {} } = service;
  if (has !== undefined || Object.keys(tags).length === 0) return declaredTypesOf(service);
  return [...typesSelectedByTag.filter((type) => type !== 'aws:ecs:task'), ...declaredTypesOf(service)];
}

/** What a service says that it has; what FIS cannot select by tag is there only where it is declared. */
const declaredTypesOf = ({ has = [], ecs, eks, roles }: Environment['services'][string]): string[] => [
  ...new Set([
    ...has,
    ...(ecs === undefined ? [] : ['aws:ecs:task']),
    ...(eks === undefined ? [] : ['aws:eks:pod', 'aws:eks:cluster']),
    ...(roles === undefined ? [] : ['aws:iam:role']),
  ]),
];

function guardOf(guard: Guard, name: string, environment: string): PlanGuard {
  const watches = guard.watches === undefined ? {} : { watches: guard.watches };
  if ('alarm' in guard) {
    const readBy = guard.readBy === undefined ? {} : { readBy: guard.readBy };
    return { alarm: guard.alarm, ...readBy, ...watches };
  }
  const rule = {
    metric: guard.metric,
    forMs: guard.for.ms,
    ...(guard.above === undefined ? {} : { above: guard.above }),
    ...(guard.below === undefined ? {} : { below: guard.below }),
  };
  return { alarm: alarmName(environment, name), rule, ...watches };
}

function mapValues<V, W>(
  record: Readonly<Record<string, V>>,
  to: (value: V, key: string) => W,
): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value, key)]));
}
