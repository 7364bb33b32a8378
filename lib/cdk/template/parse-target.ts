import type { IConstruct } from 'constructs';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { logicalName } from '../../fis/name.ts';
import { isResourceType, type ResourceType, resourceTypes } from '../../fis/resource-types.ts';
import type { EnvironmentTag } from '../environment-tag.ts';
import type { BoundTarget, TargetContext } from './bound-target.ts';
import type { FisTarget } from './fis-target.ts';
import { hitBy, type ParsedAction, type ParsedTarget } from './parsed-template.ts';
import { readSelection } from './selection.ts';
import { bindArns } from './targets/arns.ts';
import { bindCluster } from './targets/cluster.ts';
import { bindConstruct } from './targets/construct.ts';
import { bindPods } from './targets/pods.ts';
import { bindTagged } from './targets/tagged.ts';

interface Surroundings {
  readonly template: IConstruct;
  readonly environmentTag: EnvironmentTag;
  readonly isMultiAccount: boolean;
}

/** Reads one target as the actions want it that name it. */
export function parseTarget(
  name: string,
  target: FisTarget,
  users: readonly ParsedAction[],
  surroundings: Surroundings,
): { readonly parsed?: ParsedTarget; readonly problems: readonly Problem[] } {
  const path = ['targets', name];
  const wrongName = nameProblems(name, path);
  const { resourceType, problems: ofType } = typeOf(name, target, users, path);
  if (resourceType === undefined || ofType.length > 0) return { problems: [...wrongName, ...ofType] };
  const maximum = leastOf(users.flatMap(({ action }) => action.target?.maximum ?? []));
  const bound = bind(target, { ...surroundings, resourceType, maximum, path });
  const selection = readSelection(target.selection, [...path, 'selection'], {
    atLeast: bound.atLeast,
    maximum,
  });
  const problems = [
    ...wrongName,
    ...bound.problems,
    ...clusterProblems(users, bound, path),
    // What is wrong with the target itself makes every count of it worth nothing.
    ...(bound.problems.length === 0 && 'problem' in selection ? [selection.problem] : []),
  ];
  if (problems.length > 0 || 'problem' in selection) return { problems };
  return { parsed: { ...bound, name, resourceType, selectionMode: selection.mode }, problems };
}

const leastOf = (numbers: readonly number[]) => (numbers.length === 0 ? undefined : Math.min(...numbers));

function nameProblems(name: string, path: Problem['path']): Problem[] {
  const [issue] = logicalName().safeParse(name).error?.issues ?? [];
  return issue === undefined ? [] : [{ code: 'bad-name', path, message: issue.message }];
}

/** What a target is of: what it says, or what the actions act on that name it, which must be the same. */
function typeOf(
  name: string,
  target: FisTarget,
  users: readonly ParsedAction[],
  path: Problem['path'],
): { readonly resourceType?: ResourceType; readonly problems: readonly Problem[] } {
  const said = saidType(target);
  if (said !== undefined && !isResourceType(said)) {
    const candidates = Object.keys(resourceTypes);
    return {
      problems: [
        {
          code: 'unknown-value',
          path: [...path, 'resourceType'],
          message: `'${said}' is no type of resources that FIS acts on`,
          candidates,
        },
      ],
    };
  }
  const [first] = users;
  const hit = first === undefined ? undefined : hitBy(first);
  if (first === undefined || hit === undefined) {
    return {
      problems: [
        {
          code: 'unused-target',
          path,
          message: 'is hit by no action',
          hint: 'remove it, or name it in an action: target',
        },
      ],
    };
  }
  const resourceType = said ?? hit;
  const problems = users
    .filter((user) => hitBy(user) !== resourceType)
    .map(
      (user): Problem => ({
        code: 'wrong-target-type',
        path: ['actions', user.name, 'target'],
        message: `${user.action.id} acts on ${hitBy(user)}, and '${name}' is of ${resourceType}${said === undefined ? `, as '${first.name}' wants it` : ''}`,
        hint: 'name a target of that type',
      }),
    );
  return { resourceType, problems };
}

function bind(target: FisTarget, context: TargetContext): BoundTarget {
  switch (target.kind) {
    case 'tagged':
      return bindTagged(target, context);
    case 'construct':
      return bindConstruct(target, context);
    case 'arns':
      return bindArns(target, context);
    case 'cluster':
      return bindCluster(target, context);
    case 'pods':
      return bindPods(target, context);
  }
}

/** What a target says that it is of. Plain JavaScript may say anything. */
function saidType(target: FisTarget): string | undefined {
  if (target.kind === 'cluster') return 'aws:eks:cluster';
  return target.kind === 'pods' ? 'aws:eks:pod' : target.resourceType;
}

/** Actions in a cluster take from their target where they act and as whom. */
const clusterProblems = (
  users: readonly ParsedAction[],
  { inCluster = {} }: BoundTarget,
  path: Problem['path'],
): Problem[] =>
  [...new Set(users.flatMap(({ action }) => Object.values(action.podParameters ?? {})))]
    .filter((key) => inCluster[key] === undefined)
    .map((key) => ({ code: 'missing', path: [...path, key], message: 'is missing: the action needs it' }));
