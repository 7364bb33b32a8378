import type { PlanService, PlanTarget } from '../../plan/plan-target.ts';
import type { ImportContext } from '../contract.ts';
import { ownOf } from './node.ts';

/** Where an imported experiment runs. */
export interface Ground {
  /** The lab by id, also where the project has none of that id yet. */
  readonly lab?: string;
  /** Whether the lab was named, or is the only one that it could be; otherwise a person decides. */
  readonly isLabCertain: boolean;
  readonly environment?: string;
  /** The lab and the environment, as far as the project has them. */
  readonly targets: readonly PlanTarget[];
}

/** The lab that experiments of other tools are rehearsed in, where the project has it. */
const defaultLab = 'shop';

/** The lab that was named, else the one called `shop`, else the only one; the environment that was named. */
export function groundOf({ project, lab: asked, environment }: ImportContext): Ground {
  const { labs, environments } = project;
  const [first, ...others] = labs;
  const found = asked ?? labs.find(({ id }) => id === defaultLab)?.id ?? first?.id;
  const isLabCertain =
    asked !== undefined || found === defaultLab || (first !== undefined && others.length === 0);
  // Whoever names an environment of a project without labs has somewhere to run it.
  const lab = found ?? (environment === undefined ? defaultLab : undefined);
  return {
    ...(lab === undefined ? {} : { lab }),
    isLabCertain: lab === undefined || isLabCertain,
    ...(environment === undefined ? {} : { environment }),
    targets: [...labs.filter(({ id }) => id === lab), ...environments.filter(({ id }) => id === environment)],
  };
}

/** The services of where it runs, each once, with what each of its targets knows of it. */
export const servicesOf = ({ targets }: Ground): ReadonlyMap<string, readonly PlanService[]> => {
  const names = new Set(targets.flatMap(({ services }) => Object.keys(services)));
  return new Map(
    [...names].map((name) => [name, targets.flatMap(({ services }) => ownOf(services, name) ?? [])]),
  );
};
