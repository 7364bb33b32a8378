import type { Experiment } from '../../experiment/experiment.ts';
import { biteMetricOf, selectorOf } from '../../experiment/fault.ts';
import { type HttpRequest, isHttpProbe } from '../../experiment/probe.ts';
import type { Rollback } from '../../experiment/rollback.ts';
import { inside, outside } from '../../experiment/vantage-points.ts';
import { servicesNamedBy } from '../fis-parameters.ts';
import type { NameKind } from '../plan-target.ts';

/** A logical name that an experiment uses, and where. */
export interface NameUse {
  readonly kind: NameKind;
  readonly name: string;
  readonly path: readonly (string | number)[];
  /** A lab need not know it. */
  readonly onlyInAws?: true;
}

/** Every logical name that an experiment leaves to its environment or lab, but for what parameters of faults name besides services. */
export function nameUsesOf(experiment: Experiment): NameUse[] {
  return [
    ...probeUses(experiment.steadyState, 'steadyState'),
    ...probeUses(experiment.proofs ?? {}, 'proofs'),
    ...Object.entries(experiment.controls ?? {}).flatMap(([name, { http }]) =>
      requestUses(http, ['controls', name, 'http']),
    ),
    ...Object.entries(experiment.faults).flatMap(([name, fault]) => {
      const selected = selectorOf(fault)?.service;
      const bite = biteMetricOf(fault);
      return [
        ...(selected === undefined ? [] : [service(selected, ['faults', name, 'selector', 'service'])]),
        ...(bite === undefined
          ? []
          : [
              // A lab's stand-ins see for themselves what they hit.
              {
                kind: 'metric' as const,
                name: bite.metric,
                path: ['faults', name, 'bite', 'metric'],
                onlyInAws: true as const,
              },
            ]),
        ...servicesNamedBy(fault).map((named) => service(named.service, ['faults', name, ...named.path])),
      ];
    }),
    ...(experiment.guards ?? []).map((name, index) => ({
      kind: 'guard' as const,
      name,
      path: ['guards', index],
    })),
    ...Object.entries(experiment.rollbacks ?? {}).flatMap(([name, rollback]) =>
      rollbackUses(rollback, ['rollbacks', name]),
    ),
    ...(experiment.traffic === undefined
      ? []
      : [
          {
            kind: 'function' as const,
            name: experiment.traffic.lambda.function,
            path: ['traffic', 'lambda', 'function'],
          },
        ]),
  ];
}

/** Everything that is asked over HTTP, with where it stands. */
export function requestsOf(
  experiment: Experiment,
): { readonly request: HttpRequest; readonly path: NameUse['path'] }[] {
  const probes = { steadyState: experiment.steadyState, proofs: experiment.proofs ?? {} };
  return [
    ...Object.entries(probes).flatMap(([section, named]) =>
      Object.entries(named).flatMap(([name, probe]) =>
        isHttpProbe(probe) ? [{ request: probe.http, path: [section, name, 'http'] }] : [],
      ),
    ),
    ...Object.entries(experiment.controls ?? {}).map(([name, { http }]) =>
      service(http.service, ['controls', name, 'http', 'service']),
    ),
    ...Object.entries(experiment.rollbacks ?? {}).flatMap(([name, rollback]) =>
      'http' in rollback ? [{ request: rollback.http, path: ['rollbacks', name, 'http'] }] : [],
    ),
  ];
}

/** The services that probes and rollbacks ask over HTTP, with where each is named. */
export const askedServicesOf = (experiment: Experiment): NameUse[] =>
  requestsOf(experiment).map(({ request, path }) => service(request.service, [...path, 'service']));

const service = (name: string, path: NameUse['path']): NameUse => ({ kind: 'service', name, path });

const probeUses = (probes: Experiment['steadyState'], section: string): NameUse[] =>
  Object.entries(probes).flatMap(([name, probe]) =>
    isHttpProbe(probe)
      ? requestUses(probe.http, [section, name, 'http'])
      : [{ kind: 'metric' as const, name: probe.metric, path: [section, name, 'metric'] }],
  );

const requestUses = (request: HttpRequest, path: NameUse['path']): NameUse[] => [
  service(request.service, [...path, 'service']),
  ...(request.from === undefined || request.from === inside ? [] : request.from).flatMap((name, index) =>
    name === outside ? [] : [{ kind: 'vantagePoint' as const, name, path: [...path, 'from', index] }],
  ),
  ...Object.entries(request.headers ?? {}).flatMap(([header, value]) =>
    typeof value === 'string'
      ? []
      : [{ kind: 'secret' as const, name: value.secret, path: [...path, 'headers', header, 'secret'] }],
  ),
];

function rollbackUses(rollback: Rollback, path: NameUse['path']): NameUse[] {
  if ('http' in rollback) return requestUses(rollback.http, [...path, 'http']);
  if ('lambda' in rollback)
    return [{ kind: 'function', name: rollback.lambda.function, path: [...path, 'lambda', 'function'] }];
  if ('ssmAutomation' in rollback) {
    return [
      {
        kind: 'document',
        name: rollback.ssmAutomation.document,
        path: [...path, 'ssmAutomation', 'document'],
      },
    ];
  }
  return [];
}
