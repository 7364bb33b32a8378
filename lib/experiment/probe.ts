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
