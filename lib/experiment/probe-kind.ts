import type {
  AlarmProbe,
  EcsServiceProbe,
  HttpProbe,
  LambdaProbe,
  MetricProbe,
  PolledProbe,
  Probe,
} from './probe.ts';

// Apart from the schemas: a runner tells probes apart and reads no definitions.

/** The probes of each kind, by the key that says the kind. */
export interface ProbeKinds {
  readonly http: HttpProbe;
  readonly metric: MetricProbe;
  readonly alarm: AlarmProbe;
  readonly ecsService: EcsServiceProbe;
  readonly lambda: LambdaProbe;
}

export const isHttpProbe = (probe: Probe): probe is HttpProbe => 'http' in probe;

/** What is done with a probe of each kind. */
export type ByKind<T, Kind extends keyof ProbeKinds = keyof ProbeKinds> = {
  readonly [K in Kind]: (probe: ProbeKinds[K]) => T;
};

/** Does with a polled probe what is done with one of its kind. */
export function byPolledKind<T>(probe: PolledProbe, of: ByKind<T, Exclude<keyof ProbeKinds, 'http'>>): T {
  if ('metric' in probe) return of.metric(probe);
  if ('alarm' in probe) return of.alarm(probe);
  if ('ecsService' in probe) return of.ecsService(probe);
  return of.lambda(probe);
}

/** Does with a probe what is done with one of its kind: a kind that is added does not compile until every place knows it. */
export const byKind = <T>(probe: Probe, of: ByKind<T>): T =>
  isHttpProbe(probe) ? of.http(probe) : byPolledKind(probe, of);
