import { drawSubject, drawTimes, sceneOf, watch } from '../drawn.ts';
import type { VerdictClass } from '../verdict-class.ts';

/** Healthy: what is slow stays slow for a while, and comes and goes. */
export const noisy: VerdictClass = {
  name: 'healthy-noisy',
  labels: ['held'],
  draw(draw) {
    const subject = drawSubject(draw, {
      service: {
        sigma: draw.between(0.15, 0.3),
        noise: { sigma: draw.between(0.04, 0.12), seconds: draw.acrossScales(0.1, 1) },
      },
      perSecond: [10, 80],
    });
    return sceneOf(draw, drawTimes(draw, subject), watch(subject));
  },
};
