import type { Lab, LabDefinition } from '../experiment/lab.ts';
import type { LabService } from '../experiment/lab-service.ts';
import { apisOf, declaredTypesOf, kindOfService, typesPlayedBy } from './lab-resource-types.ts';
import { zonesOf } from './lab-zones.ts';
import type { PlanPods, PlanService, PlanTarget } from './plan-target.ts';

/** More replicas than any lab starts, so that the limit on targets never speaks in a rehearsal. */
const unlimitedTargets = 1_000;

/**
 * A lab as a plan sees it. Its environment tag is `Env=<id>`, a service's host is its logical name, and its URLs are
 * known only once it runs. Secrets come from environment variables of their own name, so every secret resolves.
 */
export function planTargetOfLab(_definition: LabDefinition, parsed: Lab): PlanTarget {
  const services = played(parsed.services);
  const guards = Object.keys(played(parsed.guards));
  const functions = Object.keys(played(parsed.functions ?? {}));
  const stateMachines = Object.keys(played(parsed.stateMachines ?? {}));
  const buckets = played(parsed.buckets ?? {});
  const prefixLists = played(parsed.prefixLists ?? {});
  const documents = Object.keys(played(parsed.documents ?? {}));
  return {
    kind: 'lab',
    id: parsed.id,
    tag: { key: 'Env', value: parsed.id },
    production: false,
    isolated: false,
    hasProxyControl: Object.values(services).some((service) => 'proxyControl' in service),
    pace: parsed.pace,
    leastRatePerSecond: parsed.rate.perSecond,
    services: Object.fromEntries(
      Object.entries(services).map(([name, service]) => [
        name,
        serviceOf(parsed.id, name, service, zonesOf(service, parsed)),
      ]),
    ),
    // A lab reads its metrics itself: they are no CloudWatch metrics.
    metrics: {},
    guards: Object.fromEntries(guards.map((name) => [name, { alarm: name }])),
    alarms: Object.fromEntries(Object.keys(parsed.alarms ?? {}).map((name) => [name, name])),
    onlyTraffic: Object.entries(parsed.functions ?? {}).flatMap(([name, played]) =>
      'load' in played ? [name] : [],
    ),
    functions: Object.fromEntries(functions.map((name) => [name, name])),
    stateMachines: Object.fromEntries(stateMachines.map((name) => [name, name])),
    documents: Object.fromEntries(documents.map((name) => [name, { document: name }])),
    secrets: {},
    vantagePoints: {},
    buckets: Object.fromEntries(Object.entries(buckets).map(([name, { service }]) => [name, service])),
    prefixLists: Object.fromEntries(
      Object.entries(prefixLists).map(([name, { services: listed }]) => [name, listed.join(',')]),
    ),
    images: {},
    names: {
      service: Object.keys(services),
      metric: Object.keys(played(parsed.metrics ?? {})),
      guard: guards,
      function: functions,
      stateMachine: stateMachines,
      document: documents,
      bucket: Object.keys(buckets),
      prefixList: Object.keys(prefixLists),
      // Of FIS's own pods, which a lab does without: whatever is named will do.
    },
    notRehearsable: {
      service: reasons(parsed.services),
      metric: reasons(parsed.metrics ?? {}),
      guard: reasons(parsed.guards),
      function: reasons(parsed.functions ?? {}),
      stateMachine: reasons(parsed.stateMachines ?? {}),
      document: reasons(parsed.documents ?? {}),
      secret: {},
      vantagePoint: {},
      bucket: reasons(parsed.buckets ?? {}),
      prefixList: reasons(parsed.prefixLists ?? {}),
      image: reasons(parsed.images ?? {}),
    },
    owns: parsed.owns ?? {},
    untouchable: parsed.untouchable ?? [],
    limits: { targets: unlimitedTargets, runs: 1, probesPerSecond: parsed.rate.perSecond },
    blackouts: [],
    freezes: [],
    incidentAlarms: [],
  };
}

type NotPlayed = { readonly notRehearsable: string };
type Played<V> = Exclude<V, NotPlayed>;

const isPlayed = <V extends object>(value: V): value is Played<V> => !('notRehearsable' in value);

const played = <V extends object>(record: Readonly<Record<string, V>>): Record<string, Played<V>> =>
  Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) => (isPlayed(value) ? [[name, value]] : [])),
  );

const reasons = (record: Readonly<Record<string, object>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) =>
      'notRehearsable' in value && typeof value.notRehearsable === 'string'
        ? [[name, value.notRehearsable]]
        : [],
    ),
  );

/** What FIS cannot select by tag is declared: a service's pods are its deployment, and its role is called as it is. */
function serviceOf(
  lab: string,
  name: string,
  service: Played<LabService>,
  zones: readonly string[],
): PlanService {
  const player = { kind: kindOfService(service), apis: apisOf(service) };
  const types = typesPlayedBy(player);
  const isCommand = 'command' in service;
  return {
    answersHttp:
      (isCommand && service.clientUrl === undefined) || 'proxyControl' in service || 'url' in service,
    host: name,
    // Everything in a lab carries its service's name: a selector of one service matches no other's.
    tags: { Service: name, ...(isCommand ? service.tags : {}) },
    resourceTypes: types,
    declaredTypes: declaredTypesOf(player),
    ...(types.includes('aws:eks:pod') ? { pods: podsOf(lab, name) } : {}),
    ...(types.includes('aws:iam:role') ? { roles: [name] } : {}),
    // The replicas of a service play the tasks of an ECS service.
    ...(isCommand ? { ecs: { cluster: lab, service: name }, uses: service.uses ?? [] } : {}),
    ...(zones.length === 0 ? {} : { zones }),
    ...('url' in service ? { url: service.url } : {}),
  };
}

/** The pods of a lab's service: its namespace is the lab, which the environment tag of each replica names. */
const podsOf = (lab: string, service: string): PlanPods => ({
  cluster: lab,
  namespace: lab,
  selectorType: 'deploymentName',
  selectorValue: service,
  serviceAccount: lab,
});
