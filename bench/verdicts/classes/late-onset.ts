import { drawSubject, drawTimes, duringFault, sceneOf, watch } from '../drawn.ts';
import type { VerdictClass } from '../verdict-class.ts';

/** Nothing is to be seen of the fault until the last part of the stage. */
export const lateOnset: VerdictClass = {
  name: 'late-onset',
  labels: ['held', 'deviated'],
  draw(draw) {
    const subject = drawSubject(draw);
    const times = drawTimes(draw, subject, { stageS: 40 });
    const stageS = times.faultEnd - times.faultStart;
    const lastsS = draw.chance(0.3) ? draw.between(0.3, 1) : draw.between(subject.missedForS, stageS / 2);
    const condition = draw.chance(0.5)
      ? { factor: draw.between(1.2, 10) }
      : { errorRate: draw.between(0.1, 1) };
    return sceneOf(
      draw,
      times,
      watch(
        subject,
        duringFault(times, (sinceS, ofS) => (sinceS > ofS - lastsS ? condition : {})),
      ),
    );
  },
};
