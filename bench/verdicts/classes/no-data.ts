import { drawSubject, drawTimes, sceneOf, watch } from '../drawn.ts';
import type { VerdictClass } from '../verdict-class.ts';

/** Not one sample came: during the stage, from the fault on, or before it. */
export const noData: VerdictClass = {
  name: 'no-data',
  labels: ['inconclusive', 'unrecovered', 'rejected'],
  draw(draw) {
    const subject = drawSubject(draw);
    const times = drawTimes(draw, subject);
    const [from, to] = draw.oneOf([
      [times.faultStart, times.faultEnd],
      [times.faultStart, times.end],
      [0, times.faultStart],
    ]);
    const sight = (t: number) => (t >= from && t < to ? 'nothing' : 'system');
    return sceneOf(
      draw,
      times,
      watch(subject, undefined, { sight }),
      from === 0 ? { ended: 'with its baseline' } : {},
    );
  },
};
