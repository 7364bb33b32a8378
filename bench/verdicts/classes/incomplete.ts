import { drawSubject, drawTimes, sceneOf, watch } from '../drawn.ts';
import type { VerdictClass } from '../verdict-class.ts';

/** The service answers as fast as ever, with items missing. */
export const incomplete: VerdictClass = {
  name: 'incomplete',
  labels: ['held', 'deviated'],
  draw(draw) {
    const subject = drawSubject(draw, { tolerances: ['p95', 'errorRate'] });
    const times = drawTimes(draw, subject);
    const [all, atLeast, left] = [draw.whole(10, 100), draw.whole(5, 10), draw.whole(0, 12)];
    const items = (t: number) => (t >= times.faultStart && t < times.faultEnd ? Math.min(all, left) : all);
    const tolerances = {
      ...subject.tolerances,
      count: { atLeast, missedFor: `${subject.missedForS}s` } as const,
    };
    const products = watch({ ...subject, tolerances, service: { ...subject.service, items } });
    return sceneOf(draw, times, {
      ...products,
      definition: {
        http: { service: 'shop', path: '/products', countOf: '$.items' },
        rate: `${subject.perSecond}/s`,
        tolerances,
      },
    });
  },
};
