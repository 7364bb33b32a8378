import { probeSpecs, type Seen } from '../../lib/steady-state/probe-spec.ts';
import { createWatch } from '../../lib/steady-state/watch.ts';
import { type Draw, drawFor } from '../verdicts/draw.ts';
import { drawSubject, sceneOf, watch } from '../verdicts/drawn.ts';
import { experimentOf } from '../verdicts/scene.ts';
import { type Look, lookerAt, type Service } from '../verdicts/service.ts';

/** As often as the runner looks. */
const tickMs = 100;

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

/** How often a watch would have ended a fault in so many minutes of a healthy service; after each it begins anew. */
export function falseHaltsIn(kind: string, seed: number, minutes: number): number {
  const draw = drawFor(`healthy ${kind}`, seed);
  const subject = drawSubject(draw, { service: kinds[kind]?.(draw) ?? {}, used, perSecond: [10, 60] });
  const scene = sceneOf(draw, { faultStart: 60, faultEnd: 120, end: 180 }, watch(subject));
  const specs = probeSpecs(experimentOf(scene).steadyState);
  const look = lookerAt(subject.service, draw);
  let [halts, ticksAtMs] = [0, tickMs];
  let guarding = createWatch(specs, 0);
  for (let index = 0; index < minutes * 60 * subject.perSecond; index += 1) {
    const atMs = (1_000 * index) / subject.perSecond;
    for (; ticksAtMs <= atMs; ticksAtMs += tickMs) {
      if (guarding.tick(ticksAtMs, ticksAtMs) === undefined) continue;
      halts += 1;
      guarding = createWatch(specs, ticksAtMs);
    }
    guarding.add('products', seenOf(atMs, look(atMs / 1_000, index)));
    guarding.takeWindows();
  }
  return halts;
}
