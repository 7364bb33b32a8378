import type { Experiment } from '../../experiment/experiment.ts';
import { biteMetricOf, selectorOf } from '../../experiment/fault-parts.ts';
import type { HttpRequest } from '../../experiment/http-request.ts';
import type { HttpProbe } from '../../experiment/probe.ts';
import { byKind, isHttpProbe } from '../../experiment/probe-kind.ts';
import type { Rollback } from '../../experiment/rollback.ts';
import { trafficMakerOf } from '../../experiment/traffic-maker.ts';
import { inside, outside } from '../../experiment/vantage-point-names.ts';
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
    ...trafficUses(experiment.traffic),
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
    ...Object.entries(experiment.controls ?? {}).map(([name, { http }]) => ({
      request: http,
      path: ['controls', name, 'http'],
    })),
    ...Object.entries(experiment.rollbacks ?? {}).flatMap(([name, rollback]) =>
      'http' in rollback ? [{ request: rollback.http, path: ['rollbacks', name, 'http'] }] : [],
    ),
  ];
}

/** The services that probes, controls and rollbacks ask over HTTP, with where each is named; sources of answers among them. */
export const askedServicesOf = (experiment: Experiment): NameUse[] => [
  ...requestsOf(experiment).map(({ request, path }) => service(request.service, [...path, 'service'])),
  ...Object.entries({ steadyState: experiment.steadyState, proofs: experiment.proofs ?? {} }).flatMap(
    ([section, named]) =>
      Object.entries(named).flatMap(([name, probe]) =>
        isHttpProbe(probe) ? sourceOf(probe, [section, name]) : [],
      ),
  ),
];

/** The service that is the source of a probe's answers, where they are compared. */
function sourceOf({ http }: HttpProbe, path: NameUse['path']): NameUse[] {
  const source = http.behind?.source;
  return source !== undefined && 'service' in source
    ? [service(source.service, [...path, 'http', 'behind', 'source', 'service'])]
    : [];
}

/** The services whose ECS service a probe looks at, with where each is named. */
export const ecsServicesOf = ({ steadyState, proofs = {} }: Experiment): NameUse[] =>
  Object.entries({ steadyState, proofs }).flatMap(([section, named]) =>
    Object.entries(named).flatMap(([name, probe]) =>
      'ecsService' in probe
        ? [service(probe.ecsService.service, [section, name, 'ecsService', 'service'])]
        : [],
    ),
  );

const service = (name: string, path: NameUse['path']): NameUse => ({ kind: 'service', name, path });

const probeUses = (probes: Experiment['steadyState'], section: string): NameUse[] =>
  Object.entries(probes).flatMap(([name, probe]) => {
    const at = (...path: NameUse['path']) => [section, name, ...path];
    return byKind<NameUse[]>(probe, {
      http: ({ http }) => [
        ...requestUses(http, at('http')),
        ...sourceUses(http, at('http', 'behind', 'source')),
      ],
      metric: ({ metric }) => [{ kind: 'metric', name: metric, path: at('metric') }],
      alarm: ({ alarm }) => [{ kind: 'guard', name: alarm, path: at('alarm') }],
      ecsService: ({ ecsService }) => [service(ecsService.service, at('ecsService', 'service'))],
      lambda: ({ lambda }) => [{ kind: 'function', name: lambda.function, path: at('lambda', 'function') }],
    });
  });

const requestUses = (request: HttpRequest, path: NameUse['path']): NameUse[] => [
  service(request.service, [...path, 'service']),
  ...(request.from === undefined || request.from === inside ? [] : request.from).flatMap((name, index) =>
    name === outside ? [] : [{ kind: 'vantagePoint' as const, name, path: [...path, 'from', index] }],
  ),
  ...headerUses(request.headers, [...path, 'headers']),
  ...Object.entries(request.tls ?? {}).flatMap(([key, value]): NameUse[] =>
    value === undefined || typeof value === 'string'
      ? []
      : [{ kind: 'secret', name: value.secret, path: [...path, 'tls', key, 'secret'] }],
  ),
];

const headerUses = (headers: HttpRequest['headers'], path: NameUse['path']): NameUse[] =>
  Object.entries(headers ?? {}).flatMap(([header, value]): NameUse[] =>
    typeof value === 'string'
      ? []
      : [{ kind: 'secret', name: value.secret, path: [...path, header, 'secret'] }],
  );

/** What the source of an answer is named by, where a probe compares the two. */
function sourceUses({ behind }: HttpProbe['http'], path: NameUse['path']): NameUse[] {
  if (behind === undefined) return [];
  const { source } = behind;
  return 'metric' in source
    ? [{ kind: 'metric', name: source.metric, path: [...path, 'metric'] }]
    : [service(source.service, [...path, 'service']), ...headerUses(source.headers, [...path, 'headers'])];
}

function trafficUses(traffic: Experiment['traffic']): NameUse[] {
  if (traffic === undefined) return [];
  const { kind, name } = trafficMakerOf(traffic);
  return [
    {
      kind,
      name,
      path: ['traffic', ...(kind === 'function' ? ['lambda', 'function'] : ['stateMachine', 'name'])],
    },
  ];
}

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
