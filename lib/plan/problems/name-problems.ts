import type { Experiment } from '../../experiment/experiment.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { type NameKind, type PlanTarget, targetName } from '../plan-target.ts';
import { askedServicesOf, nameUsesOf } from './name-uses.ts';

/** The key under which a definition declares names of each kind. */
const declaredUnder: Record<NameKind, string> = {
  service: 'services',
  metric: 'metrics',
  guard: 'guards',
  function: 'functions',
  document: 'documents',
  secret: 'secrets',
};

/** Every name must resolve in the target, and every service that is asked must answer HTTP there. */
export function nameProblemsOf(experiment: Experiment, target: PlanTarget): Problem[] {
  const unresolved = nameUsesOf(experiment).flatMap(({ kind, name, path }): Problem[] => {
    const why = target.notRehearsable[kind][name];
    if (why !== undefined) {
      return [
        {
          code: 'not-rehearsable',
          severity: 'note',
          path,
          message: `${targetName(target)} cannot play the ${kind} '${name}': ${why}`,
        },
      ];
    }
    const known = target.names[kind];
    if (known === undefined || known.includes(name)) return [];
    return [
      {
        code: 'unknown-name',
        path,
        message: `no ${kind} is called '${name}' in ${targetName(target)}`,
        hint: `add '${name}' to ${declaredUnder[kind]} of ${targetName(target)}, or name one that it has`,
        candidates: known,
      },
    ];
  });
  const silent = askedServicesOf(experiment).flatMap(({ name, path }): Problem[] => {
    const service = target.services[name];
    if (service === undefined || service.answersHttp) return [];
    return [
      {
        code: 'no-url',
        path,
        message: `the service '${name}' has no URL in ${targetName(target)}, so nothing can be asked of it`,
        hint: `give services.${name}.url in ${targetName(target)}, or ask a service that answers HTTP`,
      },
    ];
  });
  return [...unresolved, ...silent];
}
