import type { Project } from '../../definitions/project.ts';
import type { Lab } from '../../experiment/lab.ts';
import { planTargetOfEnvironment } from '../../plan/environment-target.ts';
import { planTargetOfLab } from '../../plan/lab-target.ts';
import type { KnownProject } from '../../recipes/known-project.ts';

/** What recipes need to know of a project. */
export const knownProjectOf = (project: Project): KnownProject => ({
  experiments: project.experiments.map(({ parsed }) => parsed),
  environments: project.environments.map(({ definition, parsed }) =>
    planTargetOfEnvironment(definition, parsed),
  ),
  labs: project.labs.map(({ definition, parsed }) => planTargetOfLab(definition, parsed)),
  paths: Object.fromEntries(project.labs.flatMap(({ parsed }) => pathsOf(parsed))),
});

/** Where a lab's services answer: what its load asks, else their health check. The last one counts. */
const pathsOf = ({ services, load = [] }: Lab): [service: string, path: string][] => [
  ...Object.entries(services).flatMap(([name, service]): [string, string][] =>
    'command' in service && service.health?.path !== undefined ? [[name, service.health.path]] : [],
  ),
  ...load.map(({ service, path }): [string, string] => [service, path]),
];
