import { drawSubject, drawTimes, duringFault, sceneOf, watch } from '../drawn.ts';
import type { VerdictClass } from '../verdict-class.ts';

/** The fault makes a few more requests fail: from hardly any more to some times as many as may. */
export const moreErrors: VerdictClass = {
  name: 'small-error-rate-rise',
  labels: ['held', 'deviated'],
  draw(draw) {
    const errorLimit = draw.oneOf([0.005, 0.01, 0.02, 0.05]);
    const subject = drawSubject(draw, { errorLimit, tolerances: ['p95', 'errorRate'] });
    const times = drawTimes(draw, subject);
    const errorRate = errorLimit * (draw.chance(0.4) ? draw.between(0, 0.25) : draw.between(1.3, 4));
    return sceneOf(
      draw,
      times,
      watch(
        subject,
        duringFault(times, () => ({ errorRate })),
      ),
    );
  },
};
