import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { findAction } from '../../fis/catalogue.ts';
import { isResourceType, type ResourceType, resourceTypeFacts } from '../../fis/resource-types.ts';
import type { FisTarget, FisTemplate } from '../../plan/fis-template.ts';
import { playsZone } from '../../plan/zone-names.ts';
import type { Random } from '../../run/ports.ts';
import { environmentTag, type RunningLab } from '../running-lab.ts';
import { type LabResource, resourcesOf } from './lab-resources.ts';
import { sample } from './sample.ts';

/** What targets are resolved among. */
export type SelectableLab = Pick<RunningLab, 'replicas' | 'services'>;

const refused = (name: string, what: string) => new SteadfastError('invalid', `target '${name}': ${what}`);

/** How many of `found` a selection mode takes, as FIS reads it (user guide, "Selection mode"). */
function howMany(selectionMode: string, found: number): number {
  const [, mode, number] = /^(ALL|COUNT|PERCENT)(?:\((\d+(?:\.\d+)?)\))?$/.exec(selectionMode) ?? [];
  if (mode === 'ALL' && number === undefined) return found;
  if (mode === 'COUNT' && number !== undefined) return Math.min(Number(number), found);
  if (mode === 'PERCENT' && number !== undefined) return Math.floor((found * Number(number)) / 100);
  throw new SteadfastError('invalid', `'${selectionMode}' is no selection mode of FIS`, {
    hint: 'write ALL, COUNT(1) or PERCENT(50)',
  });
}

const inZone = ({ zone }: LabResource, named: string): boolean =>
  zone !== undefined && playsZone(zone, named);

/** Whether any of the values is what a lab's resource has at the path. What no lab's resource has of its own, its tags stand for. */
function passes(
  resource: LabResource,
  type: ResourceType,
  { path, values }: { readonly path: string; readonly values: readonly string[] },
): boolean {
  const { zone } = resourceTypeFacts(type);
  if (zone !== undefined && 'filter' in zone && zone.filter === path)
    return values.some((named) => inZone(resource, named));
  // What can be selected runs.
  if (path === 'State.Name') return values.includes('running');
  return values.includes(resource.tags[path] ?? '');
}

/** Each parameter of a target that a lab understands, by FIS's name: whether a resource is what its value asks for. */
const parameters: Readonly<
  Record<string, (resource: LabResource, value: string, all: Readonly<Record<string, string>>) => boolean>
> = {
  // A service's replicas run in the cluster, and the namespace, that their lab is.
  cluster: ({ tags }, value) => tags[environmentTag(value).key] === value,
  clusterIdentifier: ({ tags }, value) => tags[environmentTag(value).key] === value,
  namespace: ({ tags }, value) => tags[environmentTag(value).key] === value,
  service: ({ service }, value) => service === value,
  selectorType: (_resource, value) => ['labelSelector', 'deploymentName', 'podName'].includes(value),
  selectorValue: ({ id, service, tags }, value, { selectorType }) => {
    if (selectorType === 'deploymentName') return service === value;
    if (selectorType === 'podName') return id === value;
    return value.split(',').every((label) => {
      const [key = '', labelled] = label.split('=');
      return tags[key] === labelled;
    });
  },
  // A replica is one container.
  targetContainerName: () => true,
};

function hasParameters(
  name: string,
  resource: LabResource,
  type: ResourceType,
  asked: Readonly<Record<string, string>>,
): boolean {
  const { zone } = resourceTypeFacts(type);
  return Object.entries(asked).every(([parameter, value]) => {
    if (zone !== undefined && 'parameter' in zone && zone.parameter === parameter)
      return value.split(',').some((named) => inZone(resource, named.trim()));
    const isAsAsked = parameters[parameter];
    if (isAsAsked === undefined) throw refused(name, `a lab does not know its parameter '${parameter}'`);
    return isAsAsked(resource, value, asked);
  });
}

/** Whether FIS would find a resource: all tags, all filters with one of their values each, all parameters. */
function matches(name: string, type: ResourceType, target: FisTarget, resource: LabResource): boolean {
  if (!resource.alive) return false;
  if ('resourceArns' in target) return target.resourceArns.includes(resource.id);
  const tags = 'resourceTags' in target ? target.resourceTags : {};
  const filters = 'filters' in target ? (target.filters ?? []) : [];
  return (
    Object.entries(tags).every(([key, value]) => resource.tags[key] === value) &&
    filters.every((filter) => passes(resource, type, filter)) &&
    hasParameters(name, resource, type, target.parameters ?? {})
  );
}

/** What a target asks for, in words. */
function asked(target: FisTarget): string {
  if ('resourceArns' in target) return '';
  const pairs = (record: object) => Object.entries(record).map(([key, value]) => `${key}=${value}`);
  const tags = 'resourceTags' in target ? pairs(target.resourceTags) : [];
  const filters = 'filters' in target ? (target.filters ?? []) : [];
  const others = [
    ...filters.map(({ path, values }) => `${path}=${values.join('|')}`),
    ...pairs(target.parameters ?? {}),
  ];
  return [
    ...(tags.length === 0 ? [] : [`carries ${tags.join(', ')}`]),
    ...(others.length === 0 ? [] : [`has ${others.join(', ')}`]),
  ].join(' and ');
}

/** What a target asks for that runs; what is named by its ARN must all be there. */
function foundBy(name: string, target: FisTarget, lab: SelectableLab): readonly LabResource[] {
  const { resourceType: type } = target;
  const resources = isResourceType(type) ? resourcesOf(lab, type) : [];
  if (!isResourceType(type) || resources.length === 0)
    throw refused(name, `the lab has no resources of type ${type}`);
  const found = resources.filter((resource) => matches(name, type, target, resource));
  const missing =
    'resourceArns' in target ? target.resourceArns.filter((arn) => found.every(({ id }) => id !== arn)) : [];
  if (missing.length > 0) throw refused(name, `there is no ${type} ${missing.join(', ')} that runs`);
  return found;
}

function select(
  name: string,
  target: FisTarget,
  { emptyTargetResolution }: FisTemplate,
  lab: SelectableLab,
  random: Random,
): readonly LabResource[] {
  const found = foundBy(name, target, lab);
  const count = howMany(target.selectionMode, found.length);
  if (count > 0) return sample(found, count, random);
  if (emptyTargetResolution === 'skip') return [];
  throw found.length === 0
    ? refused(
        name,
        `it resolved to an empty set: nothing of type ${target.resourceType} that runs ${asked(target)}`,
      )
    : refused(name, `${target.selectionMode} of ${found.length} is less than one`);
}

/** FIS takes so many targets of an action at most, where they are not named one by one. */
function checkQuotas(
  { actions, targets }: FisTemplate,
  selected: ReadonlyMap<string, readonly LabResource[]>,
): void {
  for (const [action, { actionId, targets: hit = {} }] of Object.entries(actions)) {
    const most = findAction(actionId)?.target?.maximum ?? Number.POSITIVE_INFINITY;
    for (const name of Object.values(hit)) {
      const count = selected.get(name)?.length ?? 0;
      if (count > most && !('resourceArns' in (targets[name] ?? {})))
        throw refused(
          name,
          `action '${action}' would hit ${count}, and FIS takes ${most} at most for ${actionId}`,
        );
    }
  }
}

/**
 * Resolves a template's targets as FIS does: once, by tags and filters that must all match, or as declared; then a random sample.
 * A target that resolves to nothing is empty where the template skips what acts on it.
 *
 * @throws SteadfastError `invalid` when another target resolves to nothing, or to more than FIS takes
 */
export function selectTargets(
  template: FisTemplate,
  lab: SelectableLab,
  random: Random,
): ReadonlyMap<string, readonly LabResource[]> {
  const selected = new Map(
    Object.entries(template.targets).map(([name, target]) => [
      name,
      select(name, target, template, lab, random),
    ]),
  );
  checkQuotas(template, selected);
  return selected;
}
