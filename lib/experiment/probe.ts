import * as z from 'zod';
import { named } from './names.ts';
import { alarmProbe } from './probes/alarm.ts';
import { ecsServiceProbe } from './probes/ecs-service.ts';
import { httpProbe } from './probes/http.ts';
import { lambdaProbe } from './probes/lambda.ts';
import { metricProbe } from './probes/metric.ts';

/** One way to look at the system; its key says the kind. */
export const probeSchema = z.union([httpProbe, metricProbe, alarmProbe, ecsServiceProbe, lambdaProbe]);
export const probesSchema = named(probeSchema);

export type HttpProbe = z.output<typeof httpProbe>;
export type MetricProbe = z.output<typeof metricProbe>;
export type AlarmProbe = z.output<typeof alarmProbe>;
export type EcsServiceProbe = z.output<typeof ecsServiceProbe>;
export type LambdaProbe = z.output<typeof lambdaProbe>;
export type Probe = z.output<typeof probeSchema>;

/** A probe that looks from time to time, and sends no requests of its own. */
export type PolledProbe = Exclude<Probe, HttpProbe>;

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
