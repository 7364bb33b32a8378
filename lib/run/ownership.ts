import type { RunnerInput } from '../plan/runner-input.ts';
import type { Target } from './ports.ts';

/** An ARN's parts; undefined for anything else (a lab's replica). */
function arnParts(id: string): { account: string; region: string; resource: string } | undefined {
  const [arn, , , region, account, ...resource] = id.split(':');
  if (arn !== 'arn' || region === undefined || account === undefined) return undefined;
  return { region, account, resource: resource.join(':') };
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
  if (arn === undefined) return undefined;
  if (environment.account !== undefined && arn.account !== environment.account) {
    return `${target.id} is in account ${arn.account}, not in ${environment.account}`;
  }
  if (environment.region !== undefined && arn.region !== environment.region) {
    return `${target.id} is in ${arn.region}, not in ${environment.region}`;
  }
  // A task's ARN names its cluster: task/<cluster>/<id>.
  const cluster = /^task\/([^/]+)\//.exec(arn.resource)?.[1];
  if (owns.clusters !== undefined && cluster !== undefined && !anyFits(owns.clusters, cluster)) {
    return `${target.id} is in cluster ${cluster}, which ${environment.id} does not own`;
  }
  if (owns.names !== undefined && !anyFits(owns.names, arn.resource)) {
    return `${target.id} has no name that ${environment.id} owns (${owns.names.join(', ')})`;
  }
  return undefined;
}
