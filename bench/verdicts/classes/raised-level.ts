import { drawSubject, drawTimes, duringFault, type Names, sceneOf, watch } from '../drawn.ts';
import type { VerdictClass } from '../verdict-class.ts';

/** After the fault the service settles at another level: 15 % slower or more, or as good as before. The floor of 5 ms is less than that. */
export const raisedLevel: VerdictClass = {
  name: 'raised-level',
  labels: ['held', 'unrecovered'],
  draw(draw) {
    const subject = drawSubject(draw, {
      service: { medianMs: draw.acrossScales(60, 300), sigma: draw.between(0.06, 0.15) },
      tolerances: draw.oneOf<Names>([['p50', 'errorRate'], ['p95', 'errorRate'], ['p99'], ['errorRate']]),
    });
    const more = { ...subject, enoughS: subject.enoughS * 1.2 };
    const times = drawTimes(draw, more);
    const level = draw.chance(0.25)
      ? draw.between(0.97, 1.01)
      : draw.chance(0.7)
        ? 1.15
        : draw.between(1.15, 1.5);
    const inFault = duringFault(times, () => ({ factor: 1.05 }));
    return sceneOf(
      draw,
      times,
      watch(subject, (t) => (t >= times.faultEnd ? { factor: level } : inFault(t))),
    );
  },
};
