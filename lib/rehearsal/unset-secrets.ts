import type { Experiment } from '../experiment/experiment.ts';
import { nameUsesOf } from '../plan/problems/name-uses.ts';
import { secretVariable } from '../probing/secret-of-variable.ts';

/**
 * The secrets that requests of an experiment would hold and that are not set: on a laptop each is an environment variable of its name.
 * Without one, every look of its probe is the prober's own failure, and nothing can be judged.
 */
export function unsetSecrets(
  experiment: Experiment,
  variables: Readonly<Record<string, string | undefined>>,
): { readonly message: string; readonly hint: string }[] {
  const uses = nameUsesOf(experiment).filter(
    ({ kind, name }) =>
      kind === 'secret' && (variables[name] ?? variables[secretVariable(name)]) === undefined,
  );
  const first = new Map(uses.toReversed().map((use) => [use.name, use]));
  return [...first.values()].toReversed().map(({ name, path }) => ({
    message: `the secret '${name}' is not set, which ${path.slice(0, -1).join('.')} asks for`,
    hint: `set the environment variable ${secretVariable(name)}`,
  }));
}
