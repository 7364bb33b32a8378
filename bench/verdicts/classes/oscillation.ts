import { drawSubject, drawTimes, duringFault, sceneOf, watch } from '../drawn.ts';
import type { VerdictClass } from '../verdict-class.ts';

/** The service is well and unwell in turn: during the fault alone, or ever after. */
export const oscillation: VerdictClass = {
  name: 'oscillation',
  labels: ['held', 'deviated', 'unrecovered'],
  draw(draw) {
    const subject = drawSubject(draw);
    const times = drawTimes(draw, subject);
    const periodS = draw.between(2, 20);
    const factor = draw.acrossScales(1.1, 6);
    const swing = (t: number) => (t % periodS < periodS * 0.6 ? { factor } : {});
    const condition = draw.chance(0.5)
      ? duringFault(times, swing)
      : (t: number) => (t >= times.faultStart ? swing(t) : {});
    return sceneOf(draw, times, watch(subject, condition));
  },
};
