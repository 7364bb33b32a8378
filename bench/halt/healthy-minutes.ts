import { BaselineSeries, effectIn } from '../../lib/steady-state/baseline-series.ts';
import { limitsOf } from '../../lib/steady-state/limit.ts';
import { probeSpecs, type Seen } from '../../lib/steady-state/probe-spec.ts';
import { createWatch } from '../../lib/steady-state/watch.ts';
import { type Draw, drawFor } from '../verdicts/draw.ts';
import { drawSubject, type Subject, sceneOf, watch } from '../verdicts/drawn.ts';
import { experimentOf } from '../verdicts/scene.ts';
import { beyondShare, failingShare, type Look, lookerAt, type Service } from '../verdicts/service.ts';
import { shareLimits } from '../verdicts/share-limits.ts';

/** As often as the runner looks. */
const tickMs = 100;

const name = 'products';

/** Services that are well, each hard on a watch in its own way. */
const kinds: Readonly<Record<string, (draw: Draw) => Partial<Service>>> = {
  'heavy tails': (draw) => ({
    sigma: draw.between(0.3, 0.8),
    tail: { share: draw.between(0.002, 0.03), alpha: draw.between(1.2, 2.5) },
  }),
  noisy: (draw) => ({
    sigma: draw.between(0.15, 0.3),
    noise: { sigma: draw.between(0.05, 0.2), seconds: draw.acrossScales(0.1, 2) },
  }),
  plain: (draw) => ({ sigma: draw.between(0.1, 0.6) }),
};

export const healthyKinds = Object.keys(kinds);

/** From far within the limits to nearly at them: so much of what may lie beyond does. */
const used = [0.05, 0.9] as const;

const seenOf = (atMs: number, { latencyMs, status = 200, error }: Look): Seen => ({
  atMs,
  usable: true,
  failed: error !== undefined || status > 399,
  latencyMs,
  value: undefined,
});

/** As long as a run looks before any fault, by default. */
const baselineS = 60;

/** No more than this of what may lie beyond a limit truly does, time-outs in the tail included. */
const mostUsed = 0.95;

/** A service that is truly within all its limits, however closely. */
function drawHealthy(kind: string, draw: Draw): Subject {
  for (;;) {
    const subject = drawSubject(draw, { service: kinds[kind]?.(draw) ?? {}, used, perSecond: [10, 60] });
    const scene = sceneOf(draw, { faultStart: baselineS, faultEnd: 120, end: 180 }, watch(subject));
    const [spec] = probeSpecs(experimentOf(scene).steadyState);
    const isWithin = shareLimits(spec?.tolerances ?? {}).every(({ allowed, limitMs }) => {
      const { service } = subject;
      const share = limitMs === undefined ? failingShare(service, 0) : beyondShare(service, limitMs, 0);
      return share <= mostUsed * allowed;
    });
    if (isWithin) return subject;
  }
}

/** How often a watch would have ended a fault in so many minutes of a healthy service; after each it begins anew. */
export function falseHaltsIn(kind: string, seed: number, minutes: number): number {
  const draw = drawFor(`healthy ${kind}`, seed);
  const subject = drawHealthy(kind, draw);
  const scene = sceneOf(draw, { faultStart: baselineS, faultEnd: 120, end: 180 }, watch(subject), {
    probes: { [name]: watch(subject) },
  });
  const specs = probeSpecs(experimentOf(scene).steadyState);
  const look = lookerAt(subject.service, draw);
  const everyMs = 1_000 / subject.perSecond;
  const seenAt = (index: number) => seenOf(index * everyMs, look((index * everyMs) / 1_000, index));

  // What the watch knows of how samples follow one another, it knows from a baseline.
  const series = new BaselineSeries();
  const first = baselineS * subject.perSecond;
  for (let index = 0; index < first; index += 1) series.add(seenAt(index));
  const baseline = new Map([[name, series]]);
  const effects = Object.fromEntries(
    specs.map((spec) => [
      spec.name,
      Object.fromEntries(
        limitsOf(spec.tolerances).map((limit) => [limit.tolerance, effectIn(baseline, spec.name, limit)]),
      ),
    ]),
  );

  let halts = 0;
  let ticksAtMs = first * everyMs + tickMs;
  let guarding = createWatch(specs, first * everyMs, undefined, effects);
  for (let index = first; index < first + minutes * 60 * subject.perSecond; index += 1) {
    const seen = seenAt(index);
    for (; ticksAtMs <= seen.atMs; ticksAtMs += tickMs) {
      if (guarding.tick(ticksAtMs, ticksAtMs) === undefined) continue;
      halts += 1;
      guarding = createWatch(specs, ticksAtMs, undefined, effects);
    }
    guarding.add(name, seen);
    guarding.takeWindows();
  }
  return halts;
}
