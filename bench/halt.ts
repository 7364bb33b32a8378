import { type Benchmark, quantile, rounded } from './benchmark.ts';
import { falseHaltsIn, healthyKinds } from './halt/healthy-minutes.ts';
import { drawOutage, outageKinds } from './halt/outages.ts';
import { haltTimeMs, stageMs } from './halt/run-outage.ts';
import { drawFor } from './verdicts/draw.ts';

const outagesOfKind = 20;
const servicesOfKind = 100;
const minutesOfService = 60;

/**
 * The least time that a CloudWatch alarm, which is what FIS stops on by itself, needs: one data point of the shortest period that an
 * alarm may have, 10 s over a high-resolution metric (CloudWatch API reference, PutMetricAlarm, `Period`). What the metric itself takes
 * to arrive comes on top.
 */
const alarmFloorMs = 10_000;

/** How soon an outage ends a fault, and how often a watch ends one for nothing. */
export const halt: Benchmark = {
  name: 'halt',
  title: 'how soon an outage ends a fault, and how often a healthy service does',
  run: async (tell) => {
    const times: { kind: string; ms: number | undefined }[] = [];
    for (const kind of outageKinds) {
      for (let seed = 1; seed <= outagesOfKind; seed += 1) {
        const draw = drawFor(`outage ${kind}`, seed);
        times.push({ kind, ms: await haltTimeMs(drawOutage(kind, draw), draw) });
      }
      tell(`${times.length} outages`);
    }
    const healthy = healthyKinds.map((kind) => {
      let falseHalts = 0;
      for (let seed = 1; seed <= servicesOfKind; seed += 1)
        falseHalts += falseHaltsIn(kind, seed, minutesOfService);
      tell(`${kind}: ${falseHalts} false halts in ${servicesOfKind * minutesOfService} healthy minutes`);
      return { kind, minutes: servicesOfKind * minutesOfService, falseHalts };
    });
    const minutes = healthy.reduce((sum, one) => sum + one.minutes, 0);
    const falseHalts = healthy.reduce((sum, one) => sum + one.falseHalts, 0);
    return {
      ...figuresOf(times.map(({ ms }) => ms)),
      samples: times.length,
      falseHaltsPer1000Min: rounded((1_000 * falseHalts) / minutes, 3),
      alarmFloorMs,
      falseHalts,
      healthyMinutes: minutes,
      comparedWith:
        'one data point of a CloudWatch alarm of the shortest period, 10 s, as a stop condition of FIS',
      byKind: outageKinds.map((kind) => ({
        kind,
        ...figuresOf(times.filter((one) => one.kind === kind).map(({ ms }) => ms)),
      })),
      byHealthyKind: healthy,
    };
  },
};

/** An outage that ended nothing lasts as long as the fault does. */
function figuresOf(times: readonly (number | undefined)[]) {
  const lasted = times.map((ms) => ms ?? stageMs);
  const figure = (q: number) => rounded(quantile(lasted, q), 0);
  return {
    p50Ms: figure(0.5),
    p95Ms: figure(0.95),
    slowestMs: figure(1),
    missed: times.filter((ms) => ms === undefined).length,
  };
}
