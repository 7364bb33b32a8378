import type { Experiment } from '../../experiment/experiment.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { namesIn } from '../fis-parameters.ts';
import { type NameKind, type PlanTarget, targetName } from '../plan-target.ts';
import { isPlayed } from './action-problems.ts';
import { askedServicesOf, ecsServicesOf, type NameUse, nameUsesOf } from './name-uses.ts';

/** The key under which a definition declares names of each kind. */
const declaredUnder: Record<NameKind, string> = {
  service: 'services',
  metric: 'metrics',
  guard: 'guards',
  function: 'functions',
  stateMachine: 'stateMachines',
  document: 'documents',
  secret: 'secrets',
  vantagePoint: 'vantagePoints',
  bucket: 'buckets',
  prefixList: 'prefixLists',
  image: 'images',
};

/** Names of each kind in messages. */
const kindWords: Record<NameKind, string> = {
  service: 'service',
  metric: 'metric',
  guard: 'guard',
  function: 'function',
  stateMachine: 'state machine',
  document: 'document',
  secret: 'secret',
  vantagePoint: 'vantage point',
  bucket: 'bucket',
  prefixList: 'prefix list',
  image: 'image',
};

/** Every name must resolve in the target, every service that is asked must answer HTTP there, and one whose tasks are counted be an ECS service. */
export function nameProblemsOf(experiment: Experiment, target: PlanTarget): Problem[] {
  const named = Object.entries(experiment.faults).flatMap(([name, fault]) =>
    namesIn(fault)
      .map((use): NameUse => ({ ...use, path: ['faults', name, ...use.path] }))
      // Of an action that a lab cannot play at all, it need not know what its parameters name.
      .filter((use) => isPlayed(fault, target) || target.notRehearsable[use.kind][use.name] !== undefined),
  );
  const uses = nameUsesOf(experiment).filter(({ onlyInAws }) => onlyInAws !== true || target.kind !== 'lab');
  const unresolved = [...uses, ...named].flatMap(({ kind, name, path }): Problem[] => {
    const why = target.notRehearsable[kind][name];
    if (why !== undefined) {
      return [
        {
          code: 'not-rehearsable',
          severity: 'note',
          path,
          message: `${targetName(target)} cannot play the ${kindWords[kind]} '${name}': ${why}`,
        },
      ];
    }
    const known = target.names[kind];
    if (known === undefined || known.includes(name)) return [];
    return [
      {
        code: 'unknown-name',
        path,
        message: `no ${kindWords[kind]} is called '${name}' in ${targetName(target)}`,
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
  const without = ecsServicesOf(experiment).flatMap(({ name, path }): Problem[] => {
    const service = target.services[name];
    if (service === undefined || service.ecs !== undefined) return [];
    return [
      {
        code: 'no-ecs-service',
        path,
        message: `the service '${name}' is no ECS service in ${targetName(target)}, so no task of it can be counted`,
        hint:
          target.kind === 'lab'
            ? `give services.${name} a command in ${targetName(target)}: its replicas play the tasks`
            : `give services.${name}.ecs in ${targetName(target)}, or look at another service`,
      },
    ];
  });
  return [...unresolved, ...silent, ...without, ...onlyTrafficProblems(experiment, target)];
}

/** A rollback must do something; requests at a rate never end. */
const onlyTrafficProblems = ({ rollbacks = {} }: Experiment, target: PlanTarget): Problem[] =>
  Object.entries(rollbacks).flatMap(([name, rollback]): Problem[] =>
    'lambda' in rollback && target.onlyTraffic?.includes(rollback.lambda.function) === true
      ? [
          {
            code: 'only-traffic',
            path: ['rollbacks', name, 'lambda', 'function'],
            message: `the function '${rollback.lambda.function}' is played by load in ${targetName(target)}, which undoes nothing`,
            hint: 'play it by a command, or name another one',
          },
        ]
      : [],
  );
