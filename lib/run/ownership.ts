import { type ArnParts, arnParts, fits, fitsAny } from '../fis/arn.ts';
import type { RunnerInput, TargetQuery } from '../plan/runner-input.ts';
import { isPodOf } from './pods.ts';
import type { Target } from './ports.ts';

export { fits };

/** What an environment says of what may be touched. */
type Fenced = Pick<RunnerInput, 'environment' | 'owns' | 'untouchable' | 'selects'>;

type TagQuery = Extract<TargetQuery, { tags: unknown }>;
type DeclaredQuery = Exclude<TargetQuery, TagQuery>;

const queryOf = ({ fault }: Target, selects: Fenced['selects']): TargetQuery | undefined =>
  selects.find((query) => query.fault === fault);

/** The faults whose targets an inventory can list; pods are known to their cluster alone. */
export const listedFaults = (selects: Fenced['selects']): readonly string[] =>
  selects.flatMap((query) => ('pods' in query ? [] : [query.fault]));

/**
 * A target that FIS resolved as it was found before: what the inventory lists, with its tags, or what is declared, which may carry none.
 * Undefined for anything else.
 */
export function knownTarget(
  target: Target,
  listed: readonly Target[],
  selects: Fenced['selects'],
): Target | undefined {
  const query = queryOf(target, selects);
  if (query !== undefined && !('tags' in query))
    return undeclared(target, query) === undefined ? target : undefined;
  return listed.find(({ id }) => id === target.id);
}

/**
 * Why a resource may not be touched in this environment, whatever found it: its tag or declaration, its account and Region, what the
 * environment declares it owns, and what it declares untouchable. Undefined when it may.
 */
export function trespass(target: Target, input: Fenced): string | undefined {
  const query = queryOf(target, input.selects);
  if (query === undefined) return `${target.id} is a target of '${target.fault}', which selects nothing`;
  const stranger = 'tags' in query ? untagged(target, query, input) : undeclared(target, query);
  if (stranger !== undefined) return stranger;
  if (fitsAny(input.untouchable, target.id)) return `${target.id} is declared untouchable`;
  const arn = arnParts(target.id);
  if (arn === undefined) {
    // A lab's replicas have names of their own; in an account, what has no ARN cannot be placed.
    return input.environment.account === undefined
      ? unownedReplica(target, input)
      : `${target.id} is no ARN, so nobody can tell whose it is`;
  }
  const misplaced = outOfPlace(target, arn, query, input);
  // What is declared is owned by that.
  return misplaced ?? ('tags' in query ? unowned(target, arn, input) : undefined);
}

function untagged(target: Target, query: TagQuery, { environment }: Fenced): string | undefined {
  const { key, value } = environment.tag;
  if (target.tags[key] !== value)
    return `${target.id} does not carry the environment tag ${key}=${value} (it has ${target.tags[key] ?? 'none'})`;
  if (query.declared === undefined || isBucket(target.id) || fitsAny(query.declared, target.id))
    return undefined;
  return `${target.id} carries the tag, but ${environment.id} does not declare it, and IAM confines the fault to what is declared: declare it in the resources of its service, or take the tag away`;
}

function undeclared({ id }: Target, query: DeclaredQuery): string | undefined {
  if ('arns' in query)
    return query.arns.includes(id)
      ? undefined
      : `${id} is none of the ${query.resourceType} that are declared`;
  return isPodOf(id, query.pods)
    ? undefined
    : `${id} is no pod of the namespace ${query.pods.namespace} of ${query.pods.cluster}`;
}

const isBucket = (id: string) => arnParts(id)?.service === 's3';

function outOfPlace(
  { id }: Target,
  arn: ArnParts,
  query: TargetQuery,
  { environment: { id: name, account, region }, owns }: Fenced,
): string | undefined {
  if (arn.service === 's3') {
    // A bucket's ARN says no account: what names it tells whose it is.
    const declared = 'tags' in query ? (query.declared ?? []) : [];
    return fitsAny(declared, id) || fitsAny(owns.names ?? [], arn.resource)
      ? undefined
      : `${id} says no account, and ${name} neither declares it nor owns it by name`;
  }
  if (account !== undefined && arn.account !== account)
    return `${id} is in account ${arn.account}, not in ${account}`;
  // Some resources, such as IAM roles, lie in no Region.
  if (region !== undefined && arn.region !== '' && arn.region !== region)
    return `${id} is in ${arn.region}, not in ${region}`;
  return undefined;
}

function unowned({ id }: Target, arn: ArnParts, { environment, owns }: Fenced): string | undefined {
  if (owns.clusters !== undefined && (arn.service === 'ecs' || arn.service === 'eks')) {
    const cluster = clusterOf(arn);
    if (cluster === undefined) return `${id} does not say which cluster it is in`;
    if (!fitsAny(owns.clusters, cluster))
      return `${id} is in cluster ${cluster}, which ${environment.id} does not own`;
  }
  if (owns.names !== undefined && !fitsAny(owns.names, arn.resource))
    return `${id} has no name that ${environment.id} owns (${owns.names.join(', ')})`;
  return undefined;
}

/** The same of a lab's replica: its name is all that tells whose it is. */
const unownedReplica = ({ id }: Target, { environment, owns }: Fenced): string | undefined =>
  owns.names === undefined || fitsAny(owns.names, id)
    ? undefined
    : `${id} carries the tag ${environment.tag.key}=${environment.tag.value}, but has no name that ${environment.id} owns (${owns.names.join(', ')})`;

/** The cluster that an ARN of ECS or EKS names, `task/<cluster>/<id>` or its own; a task's ARN of the old form names none. */
const clusterOf = ({ resource }: ArnParts): string | undefined =>
  (/^cluster\/([^/]+)$/.exec(resource) ?? /^[^/]+\/([^/]+)\//.exec(resource))?.[1];
