import type { Fault } from '../experiment/fault.ts';
import { selectorOf } from '../experiment/fault-parts.ts';
import { alarmArn, automationDefinitionArn, documentArn } from './aws-names.ts';
import { actionOf, namesIn } from './fis-parameters.ts';
import { documentRole, meaningOf, placeOf } from './named-resources.ts';
import type { PlanPods, PlanService, PlanTarget } from './plan-target.ts';

/** The services that a fault selects from: the one that is named, all where none is, none where the action selects nothing. */
function selectedServices(fault: Fault, target: PlanTarget): readonly PlanService[] {
  const selector = selectorOf(fault);
  if (selector === undefined) return [];
  if (selector.service === undefined) return Object.values(target.services);
  const service = target.services[selector.service];
  return service === undefined ? [] : [service];
}

/** The service that a fault names; what FIS cannot select by tag is declared there. */
const namedService = (fault: Fault, target: PlanTarget): PlanService | undefined => {
  const name = selectorOf(fault)?.service;
  return name === undefined ? undefined : target.services[name];
};

/** The pods that a fault's service declares. */
export const podsOf = (fault: Fault, target: PlanTarget): PlanPods | undefined =>
  namedService(fault, target)?.pods;

/** The targets of a fault by ARN, where FIS cannot select them by tag: the roles of its service, or its one cluster. */
export function targetArnsOf(fault: Fault, target: PlanTarget): readonly string[] {
  const { roles = [], pods } = namedService(fault, target) ?? {};
  if (actionOf(fault).target?.resourceType === 'aws:iam:role') return [...new Set(roles)];
  return pods === undefined ? [] : [pods.cluster];
}

/** Every ARN, and pattern of ARNs, that an environment declares for a fault: to them IAM confines what no tag confines. */
export function declaredFor(fault: Fault, target: PlanTarget): readonly string[] {
  const place = placeOf(target);
  const services = selectedServices(fault, target).flatMap(({ roles = [], resources = [], pods }) => [
    ...roles,
    ...resources,
    ...(pods === undefined ? [] : [pods.cluster]),
  ]);
  const documents = namesIn(fault).flatMap(({ kind, name }) => {
    const document = kind === 'document' ? meaningOf(kind, name, target) : undefined;
    if (document === undefined || place === undefined) return [];
    const role = documentRole(name, target);
    return [document, automationDefinitionArn(document, place), ...(role === undefined ? [] : [role])];
  });
  return [...new Set([...services, ...documents])];
}

/** The prefixes below which FIS may leave faults for the Lambda functions that a fault selects. */
export const faultConfigurationsOf = (fault: Fault, target: PlanTarget): readonly string[] => [
  ...new Set(selectedServices(fault, target).flatMap(({ faultConfiguration }) => faultConfiguration ?? [])),
];

/** All that an environment declares beside its tag. */
export interface Declarations {
  /** ARNs, patterns of ARNs, and what parameters name: documents and their roles, alarms, buckets, prefix lists, images. */
  readonly declared: readonly string[];
  /** The namespaces whose pods may be hit, each with the ARN of its cluster. */
  readonly namespaces: readonly { readonly cluster: string; readonly namespace: string }[];
}

/** What a whole environment declares, for whoever judges templates that no plan has made. */
export function declarationsOf(target: PlanTarget): Declarations {
  const place = placeOf(target);
  const services = Object.values(target.services);
  const pods = services.flatMap((service) => service.pods ?? []);
  const declared = [
    ...services.flatMap(({ roles = [], resources = [] }) => [...roles, ...resources]),
    ...pods.map(({ cluster }) => cluster),
    ...Object.entries(target.documents).flatMap(([name, { document }]) => {
      const role = documentRole(name, target);
      return [
        place === undefined ? document : documentArn(document, place),
        ...(role === undefined ? [] : [role]),
      ];
    }),
    ...Object.values(target.guards).map(({ alarm }) =>
      place === undefined ? alarm : alarmArn(alarm, place),
    ),
    ...Object.values(target.buckets),
    ...Object.values(target.prefixLists),
    ...Object.values(target.images),
  ];
  const namespaces = new Map(
    pods.map(({ cluster, namespace }) => [`${cluster}/${namespace}`, { cluster, namespace }]),
  );
  return { declared: [...new Set(declared)], namespaces: [...namespaces.values()] };
}
