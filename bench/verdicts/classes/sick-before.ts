import { drawSubject, drawTimes, sceneOf, watch } from '../drawn.ts';
import type { VerdictClass } from '../verdict-class.ts';

/** The service is beyond its limits before any fault; a run ends there, a recording of another tool may go on. */
export const sickBefore: VerdictClass = {
  name: 'sick-before',
  labels: ['rejected'],
  draw(draw) {
    const subject = drawSubject(draw);
    const times = drawTimes(draw, subject);
    const ill = draw.chance(0.5)
      ? { factor: draw.acrossScales(1.3, 8) }
      : { errorRate: draw.acrossScales(0.01, 1) };
    const products = watch(subject, (t) => (t < times.faultStart ? ill : {}));
    return sceneOf(draw, times, products, draw.chance(0.7) ? { ended: 'with its baseline' } : {});
  },
};
