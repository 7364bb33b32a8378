import { drawSubject, drawTimes, sceneOf, watch } from '../drawn.ts';
import type { VerdictClass } from '../verdict-class.ts';

/** Healthy: a few requests take many times as long as the rest, before, during and after. */
export const heavyTails: VerdictClass = {
  name: 'healthy-heavy-tails',
  labels: ['held'],
  draw(draw) {
    const subject = drawSubject(draw, {
      service: {
        sigma: draw.between(0.3, 0.7),
        tail: { share: draw.between(0.002, 0.03), alpha: draw.between(1.2, 2.5) },
      },
    });
    return sceneOf(draw, drawTimes(draw, subject), watch(subject));
  },
};
