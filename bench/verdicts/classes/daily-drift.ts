import { drawSubject, drawTimes, sceneOf, watch } from '../drawn.ts';
import type { VerdictClass } from '../verdict-class.ts';

/** Healthy: the day's rise or fall goes on through the run, by less than counts. */
export const dailyDrift: VerdictClass = {
  name: 'healthy-daily-drift',
  labels: ['held'],
  draw(draw) {
    const subject = drawSubject(draw);
    const times = drawTimes(draw, subject);
    const rise = draw.between(-0.05, 0.03);
    return sceneOf(
      draw,
      times,
      watch(subject, (t) => ({ factor: 1 + (rise * t) / times.end })),
    );
  },
};
