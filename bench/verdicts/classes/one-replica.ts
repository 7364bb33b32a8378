import { drawSubject, drawTimes, duringFault, sceneOf, watch } from '../drawn.ts';
import type { VerdictClass } from '../verdict-class.ts';

/** One replica of several feels the fault: its requests are slow, or fail. */
export const oneReplica: VerdictClass = {
  name: 'one-replica',
  labels: ['held', 'deviated'],
  draw(draw) {
    const subject = drawSubject(draw, { service: { replicas: draw.whole(2, 8) } });
    const times = drawTimes(draw, subject);
    const condition = draw.chance(0.6)
      ? { factor: draw.acrossScales(1.1, 10) }
      : { errorRate: draw.acrossScales(0.001, 1) };
    return sceneOf(
      draw,
      times,
      watch(
        subject,
        duringFault(times, () => condition),
      ),
    );
  },
};
