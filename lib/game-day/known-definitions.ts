import type { Environment, EnvironmentDefinition } from '../experiment/environment.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { GameDay } from '../experiment/game-day.ts';
import type { Lab, LabDefinition } from '../experiment/lab.ts';
import type { Problem } from '../experiment/steadfast-error.ts';
import { planTargetOfEnvironment } from '../plan/environment-target.ts';
import { planTargetOfLab } from '../plan/lab-target.ts';
import type { PlanTarget } from '../plan/plan-target.ts';

/** An experiment that a game day may name. */
export interface KnownExperiment {
  readonly id: string;
  readonly parsed: Experiment;
}

interface Known<Definition, Parsed> {
  readonly id: string;
  readonly definition: Definition;
  readonly parsed: Parsed;
}

/** All that a game day may name. */
export interface KnownDefinitions {
  readonly experiments: readonly KnownExperiment[];
  readonly environments: readonly Known<EnvironmentDefinition, Environment>[];
  readonly labs: readonly Known<LabDefinition, Lab>[];
  /** Whether there is one of that id which has problems of its own. */
  readonly isBroken?: (kind: 'experiment' | 'environment' | 'lab', id: string) => boolean;
}

/** The environments and the lab that a game day names, and what is wrong with its naming them. */
export function targetsOf(
  { environments = {}, lab }: GameDay,
  known: KnownDefinitions,
): { readonly targets: readonly PlanTarget[]; readonly problems: readonly Problem[] } {
  const targets: PlanTarget[] = [];
  const problems: Problem[] = [];
  for (const id of Object.keys(environments)) {
    const found = known.environments.find((one) => one.id === id);
    if (found !== undefined) targets.push(planTargetOfEnvironment(found.definition, found.parsed));
    else problems.push(unknown(known, 'environment', id, ['environments', id]));
  }
  if (lab !== undefined) {
    const found = known.labs.find((one) => one.id === lab);
    if (found !== undefined) targets.push(planTargetOfLab(found.definition, found.parsed));
    else problems.push(unknown(known, 'lab', lab, ['lab']));
  }
  return { targets, problems };
}

/** What is said where nothing is called so, or what is called so has problems of its own. */
export function unknown(
  known: KnownDefinitions,
  kind: 'experiment' | 'environment' | 'lab',
  id: string,
  path: Problem['path'],
): Problem {
  if (known.isBroken?.(kind, id) === true) {
    return {
      code: `broken-${kind}`,
      path,
      message: `the ${kind} '${id}' has problems of its own, so that nothing can be checked against it`,
      hint: `mend them first: steadfast check ${id}`,
    };
  }
  const all = { experiment: known.experiments, environment: known.environments, lab: known.labs }[kind];
  return {
    code: 'unknown-name',
    path,
    message: `no ${kind} is called '${id}'`,
    candidates: all.map((one) => one.id),
  };
}
