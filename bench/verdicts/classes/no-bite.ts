import { drawSubject, drawTimes, duringFault, sceneOf, watch } from '../drawn.ts';
import type { VerdictClass } from '../verdict-class.ts';

/** The fault did not reach the system, or nobody could tell; sometimes something else went wrong meanwhile. */
export const noBite: VerdictClass = {
  name: 'no-bite',
  labels: ['inconclusive', 'deviated'],
  draw(draw) {
    const subject = drawSubject(draw);
    const times = drawTimes(draw, subject);
    const condition = draw.chance(0.25) ? { factor: draw.between(2, 8) } : {};
    return sceneOf(
      draw,
      times,
      watch(
        subject,
        duringFault(times, () => condition),
      ),
      {
        bite: draw.chance(0.5) ? false : undefined,
      },
    );
  },
};
