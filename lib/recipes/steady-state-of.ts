import type { ExperimentDefinition } from '../experiment/experiment.ts';
import { isHttpProbe } from '../experiment/probe-kind.ts';
import type { PlanTarget } from '../plan/plan-target.ts';
import { type KnownProject, targetsOf } from './known-project.ts';
import { subjectOf } from './subject.ts';

type SteadyState = ExperimentDefinition['steadyState'];

/** What users of a service would notice: whether the service, or one that depends on it, answers in time; else a guard's metric. */
export function steadyStateOf(service: string, project: KnownProject): SteadyState | undefined {
  const asked = askedFor(service, targetsOf(project));
  if (asked !== undefined) {
    return {
      answers: {
        http: { service: asked, path: pathOf(asked, project) },
        tolerances: { p95: { below: '500ms' }, errorRate: { below: '1%' } },
      },
    };
  }
  return metricOf(project.environments);
}

/** The service itself where it answers HTTP everywhere it is, else the nearest that depends on it and does. */
function askedFor(service: string, targets: readonly PlanTarget[]): string | undefined {
  const seen = new Set<string>();
  let nearest = [service];
  while (nearest.length > 0) {
    const found = nearest.find((name) => answersHttp(name, targets));
    if (found !== undefined) return found;
    for (const name of nearest) seen.add(name);
    nearest = nearest
      .flatMap((name) => subjectOf(name, targets)?.usedBy ?? [])
      .filter((name) => !seen.has(name));
  }
  return undefined;
}

const answersHttp = (service: string, targets: readonly PlanTarget[]): boolean =>
  targets.some((target) => target.services[service]?.answersHttp === true);

/** Where other experiments ask a service, else where a lab does. */
function pathOf(service: string, { experiments, paths }: KnownProject): string {
  const probes = experiments.flatMap((experiment) => Object.values(experiment.steadyState));
  const asked = probes
    .filter(isHttpProbe)
    .find(({ http }) => http.service === service && http.method === 'GET');
  return asked?.http.path ?? paths[service] ?? '/';
}

/** The metric that a guard of an environment watches, with the guard's own limit as its tolerance. */
function metricOf(environments: readonly PlanTarget[]): SteadyState | undefined {
  const rule = environments.flatMap(({ guards }) =>
    Object.values(guards).flatMap((guard) => (guard.watches === undefined ? (guard.rule ?? []) : [])),
  )[0];
  if (rule === undefined) return undefined;
  const { metric, above, below } = rule;
  const value = above === undefined ? { above: below } : { below: above };
  return { [metric]: { metric, tolerances: { value } } };
}
