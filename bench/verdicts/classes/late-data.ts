import { drawSubject, drawTimes, sceneOf, watch } from '../drawn.ts';
import type { VerdictClass } from '../verdict-class.ts';

/** A metric's readings come late: as late as was declared, or too late to say anything of the end of the stage. */
export const lateData: VerdictClass = {
  name: 'late-data',
  labels: ['held', 'inconclusive', 'deviated'],
  draw(draw) {
    const subject = drawSubject(draw);
    const [everyS, delayS, missedForS] = [draw.oneOf([1, 5, 10]), draw.whole(5, 60), draw.whole(5, 20)];
    const blindS = Math.max(10, 3 * everyS + delayS);
    const times = drawTimes(draw, subject, { stageS: 3 * blindS, afterS: 2 * blindS + 30 });
    const [mean, noise] = [draw.between(50, 500), draw.between(1, 10)];
    const rises = draw.chance(0.3) ? draw.between(50, 200) : 0;
    // Within what was declared only the very last readings are still to come; else the stage's last ones never came.
    const [from, to] = draw.chance(0.5)
      ? [times.end - draw.between(0, 0.6) * delayS, times.end]
      : [times.faultEnd - blindS * draw.between(1.3, 2), times.faultEnd];
    return sceneOf(draw, times, watch(subject), {
      lateS: delayS,
      probes: {
        products: watch(subject),
        queue: {
          definition: {
            metric: 'queue',
            every: `${everyS}s`,
            delay: `${delayS}s`,
            tolerances: { value: { below: Math.ceil(mean + noise + 20), missedFor: `${missedForS}s` } },
          },
          everyS,
          of: { noise, level: (t) => mean + (t >= times.faultStart && t < times.faultEnd ? rises : 0) },
          sight: (t) => (t >= from && t < to ? 'nothing' : 'system'),
        },
      },
    });
  },
};
