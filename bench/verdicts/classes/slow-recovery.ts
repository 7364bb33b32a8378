import { drawSubject, drawTimes, type Names, sceneOf, watch } from '../drawn.ts';
import type { VerdictClass } from '../verdict-class.ts';

/** The service stays within its tolerances, and comes back from the fault little by little: before the deadline, or long after. */
export const slowRecovery: VerdictClass = {
  name: 'slow-recovery',
  labels: ['held', 'unrecovered'],
  draw(draw) {
    const most = draw.between(0.2, 1.5);
    const subject = drawSubject(draw, {
      // The limits leave room for what the fault does.
      room: draw.between(1.02, 1.2) * (1 + most),
      tolerances: draw.oneOf<Names>([['p50', 'errorRate'], ['p95', 'errorRate'], ['p95']]),
    });
    const plain = drawTimes(draw, subject, { afterS: 35 });
    const objectiveS = draw.whole(10, 60);
    const times = { ...plain, end: plain.end + objectiveS };
    const isBackS = draw.chance(0.5)
      ? objectiveS * draw.between(0.1, 0.8)
      : (times.end - times.faultEnd) * draw.between(1.5, 4);
    const condition = (t: number) => {
      if (t < times.faultStart) return {};
      return { factor: 1 + most * Math.min(1, Math.max(0, 1 - (t - times.faultEnd) / isBackS)) };
    };
    return sceneOf(draw, times, watch(subject, condition), { objectiveS });
  },
};
