import { type PercentileName, percentiles } from '../../lib/experiment/percentiles.ts';
import { samplesNeeded } from '../../lib/steady-state/power.ts';
import { designEffectOf } from './design-effect.ts';
import type { Draw } from './draw.ts';
import type { ProbeDefinition, Scene, Times, Watched } from './scene.ts';
import { type Condition, latencyBeyond, type Service } from './service.ts';

type Tolerances = NonNullable<ProbeDefinition['tolerances']>;
type Latency = NonNullable<Tolerances['p95']>;

/** A healthy service with a probe and tolerances that fit it, and how long it must be looked at to say so. */
export interface Subject {
  readonly service: Service;
  readonly perSecond: number;
  readonly tolerances: Tolerances;
  readonly missedForS: number;
  /** Enough looks for every tolerance and for the recovery take this long. */
  readonly enoughS: number;
}

/** The tolerances on shares that a probe has. */
export type Names = readonly (PercentileName | 'errorRate')[];

export interface Wishes {
  readonly service?: Partial<Service>;
  readonly tolerances?: Names;
  /** How much of what may lie beyond a limit does while all is well: 0.5 is half of it. */
  readonly used?: readonly [number, number];
  /** Multiplies the limits on latency: room for what the fault does. */
  readonly room?: number;
  readonly errorLimit?: number;
  readonly perSecond?: readonly [number, number];
}

const sets: readonly [Names, ...Names[]] = [
  ['p95', 'errorRate'],
  ['p50', 'errorRate'],
  ['p90', 'errorRate'],
  ['p99', 'errorRate'],
  ['p50', 'p95', 'errorRate'],
  ['p50', 'p99'],
  ['p95'],
  ['errorRate'],
];

/** Draws a service, a rate, and limits of which the healthy service keeps well within. */
export function drawSubject(draw: Draw, wishes: Wishes = {}): Subject {
  const names = wishes.tolerances ?? draw.oneOf(sets);
  const errorLimit = wishes.errorLimit ?? draw.oneOf([0.005, 0.01, 0.02, 0.05]);
  const service: Service = {
    medianMs: draw.acrossScales(8, 300),
    sigma: draw.between(0.12, 0.5),
    errorRate: errorLimit * draw.between(...(wishes.used ?? [0, 0.1])),
    ...wishes.service,
  };
  const missedForS = draw.oneOf([3, 5, 5, 10]);
  const perSecond = Math.round(draw.acrossScales(...(wishes.perSecond ?? [10, 200])));
  const latency = (name: PercentileName): Latency => {
    const beyond =
      (1 - percentiles[name]) * draw.between(...(wishes.used ?? [0.08, name === 'p50' ? 0.5 : 0.25]));
    const limitMs = Math.min(1_900, (wishes.room ?? 1) * latencyBeyond(service, beyond, [0]));
    return { below: `${Number(limitMs.toFixed(1))}ms`, missedFor: `${missedForS}s` };
  };
  const tolerances: Tolerances = {
    ...Object.fromEntries(names.filter((name) => name !== 'errorRate').map((name) => [name, latency(name)])),
    ...(names.includes('errorRate')
      ? {
          errorRate: {
            below: `${Number((100 * errorLimit).toFixed(3))}%`,
            missedFor: `${missedForS}s`,
          } as const,
        }
      : {}),
  };
  return {
    service,
    perSecond,
    tolerances,
    missedForS,
    enoughS: enoughLooks(service, names, errorLimit, perSecond) / perSecond,
  };
}

/** Looks that show the tolerances to be met, and a median and a rate to be back, with plenty of certainty. */
function enoughLooks(service: Service, names: Names, errorLimit: number, perSecond: number): number {
  const effect = designEffectOf(service, perSecond);
  const allowed = names.map((name) => (name === 'errorRate' ? errorLimit : 1 - percentiles[name]));
  const shares = allowed.map((share) => effect * samplesFor(share, share / 4));
  const rate = 2 * samplesFor(service.errorRate + 0.01, service.errorRate * 1.05);
  const within = Math.log1p(Math.max(0.1, 5 / service.medianMs));
  const spread = 1.2533 * Math.hypot(service.sigma, service.noise?.sigma ?? 0);
  const medians = 2 * effect * ((5.6 * spread) / within) ** 2;
  return Math.max(...shares, rate, medians);
}

/** More than what is found nine times of ten needs: what is found nearly always does. */
const nearlyAlways = 1.7;

const samplesFor = (allowed: number, share: number): number =>
  nearlyAlways * (samplesNeeded({ allowed, share, designEffect: 1 }) ?? Number.POSITIVE_INFINITY);

/** Lengths of baseline, stage and time after the fault that are enough for a subject, in whole seconds. */
export function drawTimes(
  draw: Draw,
  { enoughS }: Subject,
  least: { stageS?: number; afterS?: number } = {},
): Times {
  const length = (leastS: number) => Math.ceil(Math.max(leastS, enoughS * draw.between(1.05, 1.35)));
  const faultStart = length(15);
  const faultEnd = faultStart + length(least.stageS ?? 15);
  return { faultStart, faultEnd, end: faultEnd + length(least.afterS ?? 15) };
}

/** An http probe of a subject, whose service may have become unwell. */
export function watch(
  subject: Subject,
  condition?: (t: number) => Condition,
  more: Partial<Watched> = {},
): Watched {
  const { perSecond, tolerances, service } = subject;
  return {
    definition: {
      http: { service: 'shop', path: '/products' },
      rate: `${perSecond}/s`,
      timeout: '2s',
      tolerances,
    },
    everyS: 1 / perSecond,
    of: condition === undefined ? service : { ...service, condition },
    ...more,
  };
}

/** Some runs have a second probe, of a service that is well all the time. */
function secondProbe(draw: Draw, { faultStart, faultEnd, end }: Times): Record<string, Watched> {
  if (!draw.chance(0.25)) return {};
  const subject = drawSubject(draw, { perSecond: [10, 60] });
  const shortest = Math.min(faultStart, faultEnd - faultStart, end - faultEnd);
  return subject.enoughS * 1.1 < shortest ? { basket: watch(subject) } : {};
}

/** A scene of one or two probes, where the fault bit. */
export const sceneOf = (draw: Draw, times: Times, products: Watched, more: Partial<Scene> = {}): Scene => ({
  probes: { products, ...secondProbe(draw, times) },
  times,
  objectiveS: Math.max(2, Math.floor((times.end - times.faultEnd) * draw.between(0.2, 0.9))),
  bite: true,
  ...more,
});

/** What is wrong during the fault, and nothing before or after. */
export const duringFault =
  ({ faultStart, faultEnd }: Times, condition: (sinceS: number, ofS: number) => Condition) =>
  (t: number): Condition =>
    t >= faultStart && t < faultEnd ? condition(t - faultStart, faultEnd - faultStart) : {};
