import { drawSubject, drawTimes, duringFault, sceneOf, watch } from '../drawn.ts';
import type { VerdictClass } from '../verdict-class.ts';

/** The fault slows one request in many, so that only the farthest percentile feels it. */
export const p99Only: VerdictClass = {
  name: 'p99-only',
  labels: ['held', 'deviated'],
  draw(draw) {
    const subject = drawSubject(draw, { tolerances: ['p50', 'p99'] });
    const times = drawTimes(draw, subject);
    const share = draw.acrossScales(0.0005, 0.08);
    const factor = draw.between(3, 8);
    return sceneOf(
      draw,
      times,
      watch(
        subject,
        duringFault(times, () => ({ share, factor })),
      ),
    );
  },
};
