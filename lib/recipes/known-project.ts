import type { Experiment } from '../experiment/experiment.ts';
import type { PlanTarget } from '../plan/plan-target.ts';

/** What a project has already: the ground that a new experiment grows on. */
export interface KnownProject {
  readonly experiments: readonly Experiment[];
  readonly environments: readonly PlanTarget[];
  readonly labs: readonly PlanTarget[];
  /** A path that a service is known to answer at, by service: from a lab's health check or load. */
  readonly paths: Readonly<Record<string, string>>;
}

export const targetsOf = ({ environments, labs }: KnownProject): readonly PlanTarget[] => [
  ...environments,
  ...labs,
];

/** The services that any environment or lab names, in the order in which they first come up. */
export const servicesOf = (project: KnownProject): readonly string[] => [
  ...new Set(targetsOf(project).flatMap((target) => Object.keys(target.services))),
];

/** The ids that are taken. */
export const idsOf = ({ experiments }: KnownProject): readonly string[] => experiments.map(({ id }) => id);
