import { drawSubject, drawTimes, duringFault, sceneOf, watch } from '../drawn.ts';
import type { VerdictClass } from '../verdict-class.ts';

/** The fault slows every request more and more. */
export const ramp: VerdictClass = {
  name: 'ramp',
  labels: ['held', 'deviated'],
  draw(draw) {
    const subject = drawSubject(draw);
    const times = drawTimes(draw, subject);
    const most = draw.acrossScales(0.03, 5);
    return sceneOf(
      draw,
      times,
      watch(
        subject,
        duringFault(times, (sinceS, ofS) => ({ factor: 1 + (most * sinceS) / ofS })),
      ),
    );
  },
};
