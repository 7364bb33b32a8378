import type { Experiment } from '../../experiment/experiment.ts';
import type { Fault } from '../../experiment/fault.ts';
import { selectorOf } from '../../experiment/fault-parts.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { type ResourceType, resourceTypeFacts } from '../../fis/resource-types.ts';
import type { Selector } from '../../fis/selector.ts';
import { actionOf, servicesNamedBy } from '../fis-parameters.ts';
import { neededApi } from '../lab-resource-types.ts';
import { type PlanTarget, targetName } from '../plan-target.ts';
import { launchTypeOf, narrowingTagsOf } from '../selection.ts';
import { isPlayed, isSelectable } from './action-problems.ts';

/** What each selector selects must be narrower than the environment, and be something that the action can hit. */
export const selectorProblemsOf = (experiment: Experiment, target: PlanTarget): Problem[] =>
  Object.entries(experiment.faults).flatMap(([name, fault]) => {
    const selector = selectorOf(fault);
    if (selector === undefined) return [];
    return [
      ...tagProblems(name, selector, target),
      ...(selector.service === undefined || !isSelectable(fault, target)
        ? []
        : serviceProblems(name, fault, selector.service, target)),
      ...launchTypeProblems(name, fault, target),
      ...linkProblems(name, fault, target),
    ];
  });

function tagProblems(name: string, selector: Selector, target: PlanTarget): Problem[] {
  const path = ['faults', name, 'selector'];
  const { service, tags = {} } = selector;
  const problems: Problem[] = [];
  if (target.tag.key in tags) {
    problems.push({
      code: 'environment-tag',
      path: [...path, 'tags', target.tag.key],
      message: `names the environment tag '${target.tag.key}' of ${targetName(target)}, which could select another environment's resources`,
      hint: 'remove it: the plan adds the tag of the environment that the experiment runs in',
    });
  }
  const ofService = service === undefined ? {} : (target.services[service]?.tags ?? {});
  for (const [key, value] of Object.entries(tags)) {
    if (ofService[key] !== undefined && ofService[key] !== value) {
      problems.push({
        code: 'conflicting-tags',
        path: [...path, 'tags', key],
        message: `asks for ${key}=${value}, but the service '${service}' is selected by ${key}=${ofService[key]}: nothing carries both`,
        hint: 'remove the tag, or name the service that carries it',
      });
    }
  }
  const narrowing = Object.keys(narrowingTagsOf(selector, target)).filter((key) => key !== target.tag.key);
  if (service === undefined && narrowing.length === 0) {
    problems.push({
      code: 'selects-everything',
      path,
      message: `selects everything in ${targetName(target)}`,
      hint: 'name a service, or tags',
    });
  }
  return problems;
}

function serviceProblems(name: string, fault: Fault, serviceName: string, target: PlanTarget): Problem[] {
  const service = target.services[serviceName];
  if (service === undefined) return [];
  const problem = { code: 'not-selectable', path: ['faults', name, 'selector', 'service'] };
  const resourceType = actionOf(fault).target?.resourceType;
  if (resourceType !== undefined && !service.resourceTypes.includes(resourceType)) {
    return [
      {
        ...problem,
        message: `the service '${serviceName}' has nothing of type ${resourceType} in ${targetName(target)}, so ${fault.action} can hit nothing`,
        hint: `give services.${serviceName} ${mendOf(resourceType, serviceName, target)} in ${targetName(target)}, or select another service`,
      },
    ];
  }
  if (resourceType !== undefined && !resourceTypeFacts(resourceType).byTag) return [];
  if (Object.keys(service.tags).length > 0) return [];
  return [
    {
      ...problem,
      message: `the service '${serviceName}' has no tags in ${targetName(target)}, so its selector would select everything there`,
      hint: `give services.${serviceName}.tags in ${targetName(target)}, such as { Service: '${serviceName}' }`,
    },
  ];
}

/** What a service must be given to have something of a type. */
function mendOf(resourceType: ResourceType, service: string, target: PlanTarget): string {
  if (target.kind === 'lab') return mendInLab(resourceType);
  if (resourceType === 'aws:ecs:task') return 'ecs: { cluster, service }';
  const { declaredUnder } = resourceTypeFacts(resourceType);
  if (declaredUnder === 'eks') return 'eks: { cluster, namespace, pods, serviceAccount }';
  return declaredUnder === 'roles'
    ? `roles, such as ['arn:aws:iam::${target.account ?? ''}:role/${service}'],`
    : `tags, such as { Service: '${service}' },`;
}

/** What a lab's service must say to play a type of resource. */
function mendInLab(resourceType: ResourceType): string {
  const api = neededApi[resourceType];
  if (api !== undefined) return `apis: ['${api}']`;
  return ['aws:ec2:subnet', 'aws:ec2:transit-gateway'].includes(resourceType) ? 'network: {}' : 'a command';
}

function launchTypeProblems(name: string, fault: Fault, target: PlanTarget): Problem[] {
  const dependsOnIt = actionOf(fault).launchTypeParameters !== undefined;
  if (!dependsOnIt || target.kind === 'lab' || selectorOf(fault)?.service !== undefined) return [];
  if (launchTypeOf(fault, target) !== undefined) return [];
  return [
    {
      code: 'launch-type',
      path: ['faults', name, 'selector'],
      message: `${fault.action} is written differently for Fargate and EC2, and the tags alone do not say which ${targetName(target)} runs`,
      hint: 'name the service',
    },
  ];
}

/** In a lab a network fault acts on links: one that does not exist could never bite. */
function linkProblems(name: string, fault: Fault, target: PlanTarget): Problem[] {
  const service = selectorOf(fault)?.service;
  const uses = service === undefined ? undefined : target.services[service]?.uses;
  if (target.kind !== 'lab' || !isPlayed(fault, target) || service === undefined || uses === undefined)
    return [];
  return servicesNamedBy(fault).flatMap((named): Problem[] =>
    uses.includes(named.service) || target.services[named.service] === undefined
      ? []
      : [
          {
            code: 'no-link',
            path: ['faults', name, ...named.path],
            message: `the service '${service}' does not use '${named.service}' in ${targetName(target)}, so there is no link for the fault to act on`,
            hint: `add '${named.service}' to services.${service}.uses in ${targetName(target)}`,
            candidates: uses,
          },
        ],
  );
}
