import { targetName } from '../../plan/plan-target.ts';
import { itemsOf, type Node } from '../drafting/node.ts';
import { isMap, membersOf, textOf } from './node.ts';
import { lost, partOf, type Selecting, selectorPath, toSelector } from './selecting.ts';
import { fieldOf } from './template.ts';

/** Parameters of a target that say which service it is, and are read there. */
const ofService: Readonly<Record<string, readonly string[]>> = {
  'aws:ecs:task': ['cluster', 'service'],
  'aws:eks:pod': ['clusterIdentifier', 'namespace', 'selectorType', 'selectorValue'],
};

/** Reads what else narrows a target: a zone is taken over, what has no place in a definition is not lost in silence. */
export function readNarrowing(selecting: Selecting): void {
  readFilters(selecting);
  readParameters(selecting);
  const { facts, zone, work, type } = selecting;
  if (facts.zone !== undefined && 'isRequired' in facts.zone && zone === undefined) {
    work.decide(
      selectorPath(selecting),
      `${type} is hit in one Availability Zone: add availabilityZone, such as 'eu-west-1a'`,
    );
  }
}

function readFilters(selecting: Selecting): void {
  const { work } = selecting;
  const filters = partOf(selecting, 'filters');
  if (filters === undefined) return;
  if (!Array.isArray(filters.value)) {
    work.unreadable(filters, 'list of filters');
    return;
  }
  if (filters.value.length === 0) work.ledger.mapped(filters.path, toSelector(selecting));
  for (const filter of itemsOf(filters)) readFilter(selecting, filter);
}

function readFilter(selecting: Selecting, filter: Node): void {
  const { work, facts } = selecting;
  const path = textOf(fieldOf(filter, 'path', work.template));
  const values = itemsOf(fieldOf(filter, 'values', work.template)).map(textOf);
  const zonePath = facts.zone !== undefined && 'filter' in facts.zone ? facts.zone.filter : undefined;
  const [value] = values;
  if (path === undefined || value === undefined) {
    work.unreadable(filter, 'filter');
    return;
  }
  if (path === 'State.Name' && values.every((one) => one === 'running')) {
    const differs = 'admission looks at everything that carries the tags, running or not';
    work.ledger.approximated(filter.path, toSelector(selecting), differs);
  } else if (path === zonePath && values.length === 1 && value !== '') inZone(selecting, filter, value);
  else lost(selecting, filter, path === zonePath ? 'several zones' : `the filter ${path}`);
}

function inZone(selecting: Selecting, node: Node, zone: string): void {
  const { work } = selecting;
  if (selecting.zone !== undefined && selecting.zone !== zone) {
    lost(selecting, node, 'several zones');
    return;
  }
  selecting.zone = zone;
  work.ledger.mapped(node.path, toSelector(selecting, 'availabilityZone'));
}

function readParameters(selecting: Selecting): void {
  const { work, facts, type } = selecting;
  const parameters = partOf(selecting, 'parameters');
  if (parameters === undefined) return;
  if (!isMap(parameters)) {
    work.unreadable(parameters, 'map of parameters');
    return;
  }
  if (membersOf(parameters).length === 0) work.ledger.mapped(parameters.path, toSelector(selecting));
  const zoneParameter = facts.zone !== undefined && 'parameter' in facts.zone ? facts.zone.parameter : '';
  for (const [name, node] of membersOf(parameters)) {
    const text = textOf(node);
    if (ofService[type]?.includes(name) === true) continue;
    if (facts.parameters?.includes(name) !== true)
      work.ledger.refused(node.path, `targets of ${type} have no such parameter`);
    else if (text === undefined) work.unreadable(node, 'parameter of a target');
    else if (name === 'targetContainerName') inContainer(selecting, node, text);
    else if (name === zoneParameter && text !== '' && !text.includes(',')) inZone(selecting, node, text);
    else lost(selecting, node, name === zoneParameter ? 'several zones' : name);
  }
}

/** The container of a pod is declared by its service. */
function inContainer(selecting: Selecting, node: Node, container: string): void {
  const { work, service } = selecting;
  const { place } = work;
  const to = 'the environment: services.eks.container';
  const declared = service === undefined ? undefined : place?.services[service]?.pods?.container;
  if (declared === container) {
    work.ledger.mapped(node.path, to);
    return;
  }
  work.ledger.approximated(node.path, to, 'the container that the service declares is hit');
  work.decide(
    selectorPath(selecting, 'service'),
    `the container ${container} is hit where ${place === undefined ? 'the environment' : targetName(place)} declares it: services.${service ?? 'SERVICE'}.eks.container`,
  );
}
