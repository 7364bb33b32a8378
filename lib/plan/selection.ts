import type { Experiment } from '../experiment/experiment.ts';
import type { Fault, Stage } from '../experiment/fault.ts';
import { selectorOf } from '../experiment/fault-parts.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { isOfKind } from '../fis/arn.ts';
import { percentOf } from '../fis/quantity.ts';
import { type ResourceType, resourceTypeFacts } from '../fis/resource-types.ts';
import type { Selector } from '../fis/selector.ts';
import { declaredFor, podsOf, targetArnsOf } from './declared.ts';
import { actionOf, servicesNamedBy } from './fis-parameters.ts';
import type { FisTarget, TaggedTarget } from './fis-template.ts';
import type { PlanPods, PlanTarget } from './plan-target.ts';
import type { TargetQuery } from './runner-input.ts';
import { targetKindsOf } from './target-kinds.ts';

/** All tags that what a fault hits must carry. The environment tag comes last, so that nothing can take its place. */
export function tagsOf(fault: Fault, target: PlanTarget): Record<string, string> {
  return { ...narrowingTagsOf(selectorOf(fault), target), [target.tag.key]: target.tag.value };
}

/** The tags that narrow a selection within the environment. */
export function narrowingTagsOf(selector: Selector | undefined, target: PlanTarget): Record<string, string> {
  const service = selector?.service === undefined ? undefined : target.services[selector.service];
  return { ...service?.tags, ...selector?.tags };
}

/** The target of one fault in one stage, as FIS selects it; undefined for an action that has none. */
export function fisTargetOf(fault: Fault, stage: Stage, target: PlanTarget): FisTarget | undefined {
  const resourceType = actionOf(fault).target?.resourceType;
  if (resourceType === undefined) return undefined;
  const selection = { resourceType, selectionMode: selectionModeOf(stage) };
  const zone = inZone(resourceType, selectorOf(fault)?.availabilityZone);
  if (resourceTypeFacts(resourceType).byTag)
    return { ...selection, resourceTags: tagsOf(fault, target), ...zone };
  if (resourceType !== 'aws:eks:pod') return { ...selection, resourceArns: targetArnsOf(fault, target) };
  const pods = podsOf(fault, target);
  if (pods === undefined) throw new SteadfastError('internal', 'a fault of pods was planned without pods');
  return { ...selection, parameters: { ...podParameters(pods), ...zone.parameters } };
}

/** Pods as FIS is told of them (user guide, "Use the EKS pod actions"). */
const podParameters = (pods: PlanPods): Record<string, string> => ({
  clusterIdentifier: pods.cluster,
  namespace: pods.namespace,
  selectorType: pods.selectorType,
  selectorValue: pods.selectorValue,
  ...(pods.container === undefined ? {} : { targetContainerName: pods.container }),
});

/** How FIS is told a zone: some types of resources filter by it, others take it as a parameter. */
export function inZone(
  resourceType: ResourceType,
  zone: string | undefined,
): Pick<TaggedTarget, 'filters' | 'parameters'> {
  const by = resourceTypeFacts(resourceType).zone;
  if (zone === undefined || by === undefined) return {};
  return 'filter' in by
    ? { filters: [{ path: by.filter, values: [zone] }] }
    : { parameters: { [by.parameter]: zone } };
}

function selectionModeOf({ share }: Stage): string {
  if (share === 'one') return 'COUNT(1)';
  // A share of the traffic is taken on every target.
  if (!('text' in share)) return 'ALL';
  return percentOf(share) === 100 ? 'ALL' : `PERCENT(${percentOf(share)})`;
}

/** What admission looks for: everything that each fault can hit, not the share that a stage draws. */
export const targetQueriesOf = (experiment: Experiment, target: PlanTarget): TargetQuery[] =>
  Object.entries(experiment.faults).flatMap(([name, fault]): TargetQuery[] => {
    const resourceType = actionOf(fault).target?.resourceType;
    if (resourceType === undefined) return [];
    const query = { fault: name, resourceType };
    // A lab knows by their tags what plays its pods and roles.
    if (resourceTypeFacts(resourceType).byTag || target.kind === 'lab') {
      const availabilityZone = selectorOf(fault)?.availabilityZone;
      return [
        {
          ...query,
          tags: tagsOf(fault, target),
          ...(availabilityZone === undefined ? {} : { availabilityZone }),
          ...declaredAmong(fault, target),
        },
      ];
    }
    const pods = podsOf(fault, target);
    return resourceType === 'aws:eks:pod'
      ? pods === undefined
        ? []
        : [{ ...query, pods: { cluster: pods.cluster, namespace: pods.namespace } }]
      : [{ ...query, arns: [...targetArnsOf(fault, target)] }];
  });

/** What a fault's targets must be among beside carrying the tag, where IAM confines it to declared targets, or an ARN says too little. */
function declaredAmong(fault: Fault, target: PlanTarget): { declared?: string[] } {
  const kinds = targetKindsOf(actionOf(fault));
  const declared = declaredFor(fault, target).filter((arn) => kinds.some((kind) => isOfKind(arn, kind)));
  return declared.length === 0 ? {} : { declared };
}

/**
 * The services that the faults can touch: those selected, and those that parameters name. A selector that names no service
 * may hit any of them, so that the whole environment counts as touched.
 */
export function touchedServicesOf(experiment: Experiment, target: PlanTarget): string[] {
  const faults = Object.values(experiment.faults);
  const selected = faults.flatMap((fault) => selectorOf(fault)?.service ?? Object.keys(target.services));
  const named = faults.flatMap(servicesNamedBy).map(({ service }) => service);
  return [...new Set([...selected, ...named])].toSorted();
}

/**
 * The launch type of what a fault hits; undefined in a lab, and where the selector names no service and the environment has
 * both.
 */
export function launchTypeOf(fault: Fault, target: PlanTarget): 'fargate' | 'ec2' | undefined {
  const service = selectorOf(fault)?.service;
  if (service !== undefined) return target.services[service]?.launchType;
  const types = new Set(Object.values(target.services).flatMap((service) => service.launchType ?? []));
  return types.size === 1 ? [...types][0] : undefined;
}
