import { isResourceType, resourceTypeFacts } from '../../fis/resource-types.ts';
import { isData, itemsOf, type Node } from '../drafting/node.ts';
import type { Path } from '../field.ts';
import type { ReadAction } from './actions.ts';
import { readArns, refuseUndeclared } from './arns.ts';
import { readNarrowing } from './narrowing.ts';
import { isMap, memberOf, membersOf, textOf } from './node.ts';
import { readPods } from './pods.ts';
import { keyOf, partOf, pathOfPart, type Selecting } from './selecting.ts';
import { findService } from './service.ts';
import { readShare, type Share } from './share.ts';
import { leftTags, readTags } from './tags.ts';
import { fieldOf } from './template.ts';
import type { Work } from './work.ts';

/** What a target selects, and how much of it. */
export interface ReadTarget {
  readonly selector: Readonly<Record<string, unknown>>;
  readonly share: Share;
  /** Where its selection mode stands. */
  readonly modePath: Path;
}

/**
 * Reads a target of a template as a selector.
 *
 * @param users the actions that hit it, with the names of their faults; at least one
 * @returns undefined where the selector cannot be told, which is refused
 */
export function readTarget(
  name: string,
  users: readonly { readonly read: ReadAction; readonly fault: string }[],
  work: Work,
): ReadTarget | undefined {
  const node = memberOf(fieldOf(work.template.node, 'targets', work.template), name);
  const naming = users.flatMap(({ read }) => read.target?.node ?? []);
  if (node === undefined || !isMap(node)) return missing(name, node, naming, work);
  const type = typeOf(node, users, work);
  if (type === undefined) return undefined;
  for (const one of naming) work.ledger.mapped(one.path, work.to(`faults.${users[0]?.fault ?? ''}.selector`));
  const selecting: Selecting = {
    name,
    node,
    type,
    facts: resourceTypeFacts(type),
    faults: users.map(({ fault }) => fault),
    work,
    tags: new Map(),
    isTagged: false,
    lost: new Set(),
  };
  work.ledger.mapped(
    pathOfPart(selecting, 'resourceType'),
    work.to(`faults.${selecting.faults[0] ?? ''}.action`),
  );
  const share = readShare(selecting);
  readTags(selecting);
  findService(selecting);
  readArns(selecting);
  readPods(selecting);
  refuseUndeclared(selecting);
  readNarrowing(selecting);
  const selector = selectorOf(selecting);
  mend(selecting, selector);
  return share === undefined || selector === undefined
    ? undefined
    : { selector, share, modePath: pathOfPart(selecting, 'selectionMode') };
}

function missing(name: string, node: Node | undefined, naming: readonly Node[], work: Work): undefined {
  if (node !== undefined) work.unreadable(node, 'target');
  for (const one of naming) {
    work.ledger.refused(one.path, 'there is no such target');
    if (node === undefined)
      work.refuse(one.path, {
        code: 'broken',
        message: `names the target '${name}', which the template does not have`,
        hint: 'name one of its targets',
      });
  }
  return undefined;
}

/** The type of its resources, which must be the one that the actions hit. */
function typeOf(node: Node, users: readonly { readonly read: ReadAction }[], work: Work) {
  const written = fieldOf(node, 'resourceType', work.template);
  const text = textOf(written);
  if (written === undefined || text === undefined) {
    work.unreadable(written ?? node, 'type of resources');
    return undefined;
  }
  const unfit = users.find(({ read }) => read.action.target?.resourceType !== text);
  if (unfit === undefined && isResourceType(text)) return text;
  work.ledger.refused(written.path, 'the action does not hit such resources');
  work.refuse(written.path, {
    code: 'broken',
    message: `is '${text}', and ${unfit?.read.action.id ?? 'the action'} hits ${unfit?.read.action.target?.resourceType ?? 'others'}`,
    hint: 'write the type that the action hits',
  });
  return undefined;
}

/** The selector; undefined where it would be empty. */
function selectorOf(selecting: Selecting): Readonly<Record<string, unknown>> | undefined {
  const { service, zone, work, facts, type, name } = selecting;
  const tags = leftTags(selecting);
  if (service === undefined && Object.keys(tags).length === 0) {
    const isRefused = work.refusals.some(
      ({ path, code }) =>
        code !== 'no-environment-tag' && selecting.node.path.every((step, at) => path[at] === step),
    );
    if (!isRefused)
      work.refuse(partOf(selecting, 'resourceTags')?.path ?? selecting.node.path, {
        code: 'selects-everything',
        message: `selects everything of type ${type} in the environment`,
        hint: `add a tag of what is meant, or say which service it is: --map ${name}=SERVICE`,
      });
    return undefined;
  }
  return {
    ...(service === undefined ? {} : { service }),
    ...(Object.keys(tags).length === 0 || !facts.byTag ? {} : { tags }),
    ...(zone === undefined ? {} : { availabilityZone: zone }),
  };
}

/** How the target would be written once it is mended. */
function mend(selecting: Selecting, selector: Readonly<Record<string, unknown>> | undefined): void {
  const { work, facts, name, service } = selecting;
  const { place, template, mending } = work;
  if (place === undefined || selector === undefined || !facts.byTag) return;
  const given = fieldOf(selecting.node, 'resourceTags', template);
  const own = service === undefined ? {} : (place.services[service]?.tags ?? {});
  const written = Object.fromEntries(
    Object.entries(isData(given?.value) ? given.value : {}).filter(([key]) =>
      isKept(key, selecting, Object.keys(own).length > 0),
    ),
  );
  mending.target(name, {
    resourceArns: undefined,
    ...withoutLost(selecting),
    resourceTags: { ...written, ...own, [place.tag.key]: place.tag.value },
  });
}

/** The filters and parameters that are left. */
function withoutLost(selecting: Selecting): Readonly<Record<string, unknown>> {
  if (selecting.lost.size === 0) return {};
  const isLeft = (node: Node) => !selecting.lost.has(keyOf(node));
  const filters = itemsOf(partOf(selecting, 'filters')).filter(isLeft);
  const parameters = membersOf(partOf(selecting, 'parameters')).filter(([, node]) => isLeft(node));
  return {
    filters: filters.length === 0 ? undefined : filters.map(({ value }) => value),
    parameters:
      parameters.length === 0
        ? undefined
        : Object.fromEntries(parameters.map(([key, { value }]) => [key, value])),
  };
}

/** A tag that still selects once the target is mended: one that is left, or that named the service where nothing else does. */
function isKept(key: string, { tags, work }: Selecting, isDeclared: boolean): boolean {
  if (tags.has(key)) return true;
  const environments = work.context.project.environments.map(({ tag }) => tag.key);
  return !isDeclared && !environments.includes(key);
}
