import type { RunnerInput } from '../plan/runner-input.ts';
import type { Target } from './ports.ts';

interface ArnParts {
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** An ARN's parts; undefined for anything else (a lab's replica). */
function arnParts(id: string): ArnParts | undefined {
  const [arn, , service, region, account, ...resource] = id.split(':');
  if (arn !== 'arn' || service === undefined || region === undefined || account === undefined)
    return undefined;
  return { service, region, account, resource: resource.join(':') };
}

/** Whether text fits a pattern in which `*` stands for any text. */
export function fits(pattern: string, text: string): boolean {
  const escaped = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`).test(text);
}

const anyFits = (patterns: readonly string[], text: string): boolean =>
  patterns.some((pattern) => fits(pattern, text));

/**
 * Why a resource may not be touched in this environment, whatever selector found it: its tag, its account and Region, what the
 * environment declares it owns, and what it declares untouchable. Undefined when it may.
 */
export function trespass(
  target: Target,
  input: Pick<RunnerInput, 'environment' | 'owns' | 'untouchable'>,
): string | undefined {
  const { environment, owns, untouchable } = input;
  const { key, value } = environment.tag;
  if (target.tags[key] !== value) {
    return `${target.id} does not carry the environment tag ${key}=${value} (it has ${target.tags[key] ?? 'none'})`;
  }
  if (anyFits(untouchable, target.id)) return `${target.id} is declared untouchable`;
  const arn = arnParts(target.id);
  if (arn === undefined) {
    // A lab's replicas have names of their own; in an account, what has no ARN cannot be placed.
    return environment.account === undefined
      ? undefined
      : `${target.id} is no ARN, so nobody can tell whose it is`;
  }
  if (environment.account !== undefined && arn.account !== environment.account) {
    return `${target.id} is in account ${arn.account}, not in ${environment.account}`;
  }
  if (environment.region !== undefined && arn.region !== environment.region) {
    return `${target.id} is in ${arn.region}, not in ${environment.region}`;
  }
  if (owns.clusters !== undefined && arn.service === 'ecs') {
    // A task's ARN names its cluster, task/<cluster>/<id>, unless it is of the old form, which nobody can place.
    const cluster = /^[^/]+\/([^/]+)\//.exec(arn.resource)?.[1];
    if (cluster === undefined) return `${target.id} does not say which cluster it is in`;
    if (!anyFits(owns.clusters, cluster))
      return `${target.id} is in cluster ${cluster}, which ${environment.id} does not own`;
  }
  if (owns.names !== undefined && !anyFits(owns.names, arn.resource)) {
    return `${target.id} has no name that ${environment.id} owns (${owns.names.join(', ')})`;
  }
  return undefined;
}
