import { drawSubject, drawTimes, sceneOf, watch } from '../drawn.ts';
import type { VerdictClass } from '../verdict-class.ts';

/** Most requests fail during the fault; afterwards all is well, or it goes on. */
export const outage: VerdictClass = {
  name: 'outage',
  labels: ['deviated', 'unrecovered'],
  draw(draw) {
    const subject = drawSubject(draw);
    const times = drawTimes(draw, subject, { stageS: 20 });
    const errorRate = draw.between(0.5, 1);
    const until = draw.chance(0.5) ? times.faultEnd : times.end;
    return sceneOf(
      draw,
      times,
      watch(subject, (t) => (t >= times.faultStart && t < until ? { errorRate } : {})),
    );
  },
};
