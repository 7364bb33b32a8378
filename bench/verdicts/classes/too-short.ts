import { drawSubject, drawTimes, type Names, sceneOf, watch } from '../drawn.ts';
import type { VerdictClass } from '../verdict-class.ts';

/** The stage is over before anything could be said of it. */
export const tooShort: VerdictClass = {
  name: 'too-short',
  labels: ['inconclusive'],
  draw(draw) {
    const subject = drawSubject(draw, {
      tolerances: draw.oneOf<Names>([['p99', 'errorRate'], ['p99'], ['p95', 'errorRate']]),
      errorLimit: draw.oneOf([0.005, 0.01, 0.02]),
    });
    const plain = drawTimes(draw, subject);
    const stageS = draw.whole(2, 40);
    const times = {
      ...plain,
      faultEnd: plain.faultStart + stageS,
      end: plain.faultStart + stageS + (plain.end - plain.faultEnd),
    };
    return sceneOf(draw, times, watch(subject));
  },
};
