import { drawSubject, drawTimes, sceneOf, watch } from '../drawn.ts';
import type { VerdictClass } from '../verdict-class.ts';

/** The prober itself fails: now and then, for the whole stage, or after it. The service is well. */
export const proberBroken: VerdictClass = {
  name: 'prober-broken',
  labels: ['held', 'inconclusive', 'unrecovered'],
  draw(draw) {
    const subject = drawSubject(draw);
    const times = drawTimes(draw, subject);
    const [from, to] = draw.oneOf([
      [times.faultStart, times.faultEnd],
      [times.faultEnd, times.end],
      [times.faultStart, times.end],
    ]);
    const everyS = draw.between(4, 10);
    const brokenS = draw.between(0.1, 0.8);
    const sometimes = (t: number) => t % everyS < brokenS;
    const always = (t: number) => t >= from && t < to;
    const isBroken = draw.chance(0.4) ? sometimes : always;
    return sceneOf(
      draw,
      times,
      watch(subject, undefined, { sight: (t) => (isBroken(t) ? 'prober' : 'system') }),
    );
  },
};
