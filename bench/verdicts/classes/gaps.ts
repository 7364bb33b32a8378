import { drawSubject, drawTimes, sceneOf, watch } from '../drawn.ts';
import type { VerdictClass } from '../verdict-class.ts';

/** Samples are missing for a while during the stage, for less or for more than nobody may look. */
export const gaps: VerdictClass = {
  name: 'gaps',
  labels: ['held', 'inconclusive'],
  draw(draw) {
    const subject = drawSubject(draw);
    const times = drawTimes(draw, subject, { stageS: 60 });
    const lastsS = draw.chance(0.5) ? draw.between(1, 8) : draw.between(12, 25);
    const from = draw.between(times.faultStart, times.faultEnd - lastsS);
    const sight = (t: number) => (t >= from && t < from + lastsS ? 'nothing' : 'system');
    return sceneOf(draw, times, watch(subject, undefined, { sight }));
  },
};
