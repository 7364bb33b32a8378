import type { Experiment } from '../experiment/experiment.ts';
import { type Fault, type Stage, selectorOf } from '../experiment/fault.ts';
import { type ResourceType, resourceTypeFacts } from '../fis/resource-types.ts';
import type { Selector } from '../fis/selector.ts';
import { actionOf, percentOf, servicesNamedBy } from './fis-parameters.ts';
import type { FisTarget } from './fis-template.ts';
import type { PlanTarget } from './plan-target.ts';
import type { TargetQuery } from './runner-input.ts';

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
  return {
    resourceType,
    resourceTags: tagsOf(fault, target),
    selectionMode: selectionModeOf(stage),
    ...inZone(resourceType, selectorOf(fault)?.availabilityZone),
  };
}

/** How FIS is told a zone: some types of resources filter by it, others take it as a parameter. */
function inZone(
  resourceType: ResourceType,
  zone: string | undefined,
): Pick<FisTarget, 'filters' | 'parameters'> {
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

/** What admission looks for: every resource that each fault's selector can match, not the share that a stage draws. */
export const targetQueriesOf = (experiment: Experiment, target: PlanTarget): TargetQuery[] =>
  Object.entries(experiment.faults).flatMap(([name, fault]) => {
    const resourceType = actionOf(fault).target?.resourceType;
    const availabilityZone = selectorOf(fault)?.availabilityZone;
    if (resourceType === undefined) return [];
    return {
      fault: name,
      resourceType,
      tags: tagsOf(fault, target),
      ...(availabilityZone === undefined ? {} : { availabilityZone }),
    };
  });

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
