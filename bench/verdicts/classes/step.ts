import { drawSubject, drawTimes, duringFault, sceneOf, watch } from '../drawn.ts';
import type { VerdictClass } from '../verdict-class.ts';

/** The fault slows every request at once, by a little or by a lot, and is gone at once. */
export const step: VerdictClass = {
  name: 'step',
  labels: ['held', 'deviated'],
  draw(draw) {
    const subject = drawSubject(draw);
    const times = drawTimes(draw, subject);
    const factor = draw.acrossScales(1.02, 5);
    return sceneOf(
      draw,
      times,
      watch(
        subject,
        duringFault(times, () => ({ factor })),
      ),
    );
  },
};
