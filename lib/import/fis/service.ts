import { type PlanService, targetName } from '../../plan/plan-target.ts';
import type { Node } from '../drafting/node.ts';
import { freeName, nameFrom, quoted } from './names.ts';
import { memberOf, textOf } from './node.ts';
import { mappedTo, partOf, type Selecting, selectorPath, servicesOf, toSelector } from './selecting.ts';

/** Tags that usually name a service. */
const naming = /^(?:.*[:/_-])?(service|app|application|component|workload|name)$/i;

/** Finds the service that a target is: by `--map`, by its ECS service, by its tags; else it gets the name of its tag. */
export function findService(selecting: Selecting): void {
  byName(selecting);
  byEcs(selecting);
  byMappedTag(selecting);
  byTags(selecting);
  byNameOfTag(selecting);
}

/** The target itself may be mapped to a service: then its own tags say nothing more. */
function byName(selecting: Selecting): void {
  const { work, name, tags } = selecting;
  const service = mappedTo(selecting, name);
  if (service === undefined) return;
  selecting.service = service;
  for (const { node } of tags.values())
    work.ledger.approximated(node.path, toSelector(selecting, 'service'), 'the tags of the service count');
  tags.clear();
  declare(selecting, service);
  const said = `the target ${name} is the service '${service}', as --map says`;
  work.note(said);
  if (work.context.fix) work.mending.because(`${said}, so that its own tags select it`);
}

const parameterOf = (selecting: Selecting, name: string): Node | undefined =>
  memberOf(partOf(selecting, 'parameters'), name);

/** Tasks may be selected by their cluster and service, without any tag. */
function byEcs(selecting: Selecting): void {
  if (selecting.type !== 'aws:ecs:task') return;
  const { work } = selecting;
  const [cluster, service] = ['cluster', 'service'].map((name) => parameterOf(selecting, name));
  const parts = [cluster, service].filter((node) => node !== undefined);
  if (parts.length === 0) return;
  const [ofCluster, ofService] = [lastPart(textOf(cluster)), lastPart(textOf(service))];
  const isIt = ([, { ecs }]: readonly [string, PlanService]) =>
    ecs !== undefined && ecs.cluster === ofCluster && ecs.service === ofService;
  const own = servicesOf(selecting).find(isIt)?.[0];
  const foreign = work.context.project.environments.find(
    (other) => other.id !== work.place?.id && own === undefined && Object.entries(other.services).some(isIt),
  );
  if (foreign !== undefined && selecting.service === undefined) {
    for (const node of parts) {
      work.ledger.refused(node.path, `it is of ${targetName(foreign)}`);
      work.refuse(node.path, {
        code: 'foreign-environment',
        message: `names an ECS service of ${targetName(foreign)}`,
        hint: `import it for that environment, or say which service is meant: --map ${selecting.name}=SERVICE`,
      });
    }
    return;
  }
  const isNew = own === undefined && selecting.service === undefined;
  selecting.service ??=
    own ??
    newService(
      selecting,
      ofService ?? ofCluster ?? '',
      `ecs: { cluster: ${quoted(ofCluster ?? 'CLUSTER')}, service: ${quoted(ofService ?? 'SERVICE')} }`,
    );
  const to = toSelector(selecting, 'service');
  for (const node of parts) {
    if (selecting.service === own) work.ledger.mapped(node.path, to);
    else
      work.ledger.approximated(
        node.path,
        to,
        isNew ? 'the environment has yet to declare the service' : "the service's own ECS service counts",
      );
  }
}

const lastPart = (text: string | undefined): string | undefined => text?.split('/').at(-1);

/** The value of a tag may be mapped to a service: then that tag says nothing more. */
function byMappedTag(selecting: Selecting): void {
  const { tags, work } = selecting;
  for (const [key, { value, node }] of tags) {
    const service = mappedTo(selecting, value, `${key}=${value}`);
    if (service === undefined || (selecting.service ?? service) !== service) continue;
    selecting.service = service;
    tags.delete(key);
    work.ledger.approximated(node.path, toSelector(selecting, 'service'), 'the tags of the service count');
    declare(selecting, service);
    const said = `${key}=${value} is the service '${service}', as --map says`;
    work.note(said);
    if (work.context.fix) work.mending.because(`${said}, so that its own tags select it`);
  }
}

/** The service whose tags a target names; the one with the most where several do. */
function byTags(selecting: Selecting): void {
  const { tags, work } = selecting;
  const fitting = servicesOf(selecting)
    .map(([name, service]) => ({ name, own: Object.entries(service.tags) }))
    .filter(({ own }) => own.length > 0 && own.every(([key, value]) => tags.get(key)?.value === value))
    .toSorted((a, b) => b.own.length - a.own.length);
  const found =
    selecting.service === undefined ? fitting[0] : fitting.find(({ name }) => name === selecting.service);
  if (found === undefined) return;
  selecting.service = found.name;
  for (const [key] of found.own) {
    const tag = tags.get(key);
    if (tag !== undefined) work.ledger.mapped(tag.node.path, toSelector(selecting, 'service'));
    tags.delete(key);
  }
}

/** A service that the environment does not know yet, by the name that a tag gives it. */
function byNameOfTag(selecting: Selecting): void {
  const { tags, work, type } = selecting;
  if (selecting.service !== undefined || tags.size === 0) return;
  const [key, tag] = [...tags].find(([name]) => naming.test(name)) ?? [...tags][0] ?? [];
  if (key === undefined || tag === undefined || nameFrom(tag.value) === undefined) return;
  const has = type === 'aws:ecs:task' ? 'ecs: { cluster: CLUSTER, service: SERVICE }' : `has: ['${type}']`;
  const declared = `tags: { ${quoted(key)}: ${quoted(tag.value)} }, ${has}`;
  selecting.service = newService(selecting, tag.value, declared);
  tags.delete(key);
  work.ledger.approximated(
    tag.node.path,
    toSelector(selecting, 'service'),
    'the environment has yet to declare the service that carries the tag',
  );
}

/** The name of a service that has yet to be declared, and the decision that it is. */
export function newService(selecting: Selecting, text: string, declared: string): string {
  const { work, name } = selecting;
  const taken = new Set(servicesOf(selecting).map(([known]) => known));
  const service = freeName(nameFrom(text) ?? nameFrom(name) ?? 'service', taken);
  const where = work.place === undefined ? 'the environment' : targetName(work.place);
  work.decide(
    selectorPath(selecting, 'service'),
    `${where} has no service that ${name} could be: declare services: { ${service}: { ${declared} } } there, or say which it is: --map ${quoted(text === '' ? name : text)}=SERVICE`,
  );
  return service;
}

/** A service that was named by hand must be there. */
function declare(selecting: Selecting, service: string): void {
  const { work } = selecting;
  if (work.place === undefined || Object.hasOwn(work.place.services, service)) return;
  work.decide(
    selectorPath(selecting, 'service'),
    `${targetName(work.place)} has no service '${service}', which --map names: declare it there`,
  );
}
