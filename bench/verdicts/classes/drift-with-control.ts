import { drawSubject, drawTimes, duringFault, type Names, sceneOf, watch } from '../drawn.ts';
import type { VerdictClass } from '../verdict-class.ts';

/**
 * The day's rise begins with the fault, and moves a control that the fault cannot touch as it moves the service: by so much that the service would
 * not seem to have come back. In some runs the fault slows the service as well.
 */
export const driftWithControl: VerdictClass = {
  name: 'drift-with-control',
  labels: ['held', 'deviated'],
  draw(draw) {
    const rise = draw.between(0.12, 0.4);
    const subject = drawSubject(draw, {
      service: { medianMs: draw.acrossScales(60, 300), sigma: draw.between(0.08, 0.18) },
      tolerances: draw.oneOf<Names>([['p50', 'errorRate'], ['p95', 'errorRate'], ['p90']]),
      errorLimit: draw.oneOf([0.02, 0.05]),
      room: (1 + rise) * draw.between(1, 1.1),
    });
    const times = drawTimes(draw, { ...subject, enoughS: subject.enoughS * 1.4 });
    const drift = (t: number) =>
      1 + (rise * Math.max(0, t - times.faultStart)) / (times.end - times.faultStart);
    const factor = draw.chance(0.4) ? draw.between(2, 6) : 1;
    const inFault = duringFault(times, () => ({ factor }));
    const elsewhere = { ...subject.service, medianMs: draw.acrossScales(20, 300) };
    return sceneOf(
      draw,
      times,
      watch(subject, (t) => ({ factor: drift(t) * (inFault(t).factor ?? 1) }), {
        control: {
          everyS: 1 / subject.perSecond,
          of: { ...elsewhere, condition: (t) => ({ factor: drift(t) }) },
        },
      }),
    );
  },
};
