import type { Draw } from '../draw.ts';
import { drawSubject, drawTimes, duringFault, type Names, sceneOf, watch } from '../drawn.ts';
import type { VerdictClass } from '../verdict-class.ts';

function drawBlip(draw: Draw, lastsS: (missedForS: number) => number) {
  const subject = drawSubject(draw, {
    errorLimit: 0.05,
    tolerances: draw.oneOf<Names>([['p50', 'errorRate'], ['p90', 'errorRate'], ['p95']]),
  });
  const times = drawTimes(draw, subject, { stageS: draw.between(60, 240) });
  const blipS = lastsS(subject.missedForS);
  const beginsS = draw.between(2, times.faultEnd - times.faultStart - blipS - 3);
  const condition = draw.chance(0.5) ? { factor: draw.between(4, 20) } : { errorRate: draw.between(0.6, 1) };
  return sceneOf(
    draw,
    times,
    watch(
      subject,
      duringFault(times, (sinceS) => (sinceS >= beginsS && sinceS < beginsS + blipS ? condition : {})),
    ),
  );
}

/** Everything is bad for a moment that is shorter than it may be, and too short to count over the stage. */
export const blipInside: VerdictClass = {
  name: 'blip-inside',
  labels: ['held'],
  draw: (draw) => drawBlip(draw, (missedForS) => draw.between(0.3, missedForS)),
};

/** Everything is bad for longer than it may be. */
export const blipOutside: VerdictClass = {
  name: 'blip-outside',
  labels: ['deviated'],
  draw: (draw) => drawBlip(draw, (missedForS) => missedForS + draw.between(2, 15)),
};
