import { drawSubject, drawTimes, sceneOf, watch } from '../drawn.ts';
import type { VerdictClass } from '../verdict-class.ts';

/** The service answers as fast as ever, from a cache (of all replicas, or of one) that nothing refreshes, for a while or to the end of the fault. */
export const staleData: VerdictClass = {
  name: 'stale-data',
  labels: ['held', 'deviated', 'inconclusive'],
  draw(draw) {
    const subject = drawSubject(draw, { tolerances: ['p95', 'errorRate'], perSecond: [20, 200] });
    const times = drawTimes(draw, subject);
    const stageS = times.faultEnd - times.faultStart;
    const everyS = draw.between(0.5, 3);
    const freshS = draw.between(0.01, 0.5);
    const limitS = Math.ceil(everyS + freshS + draw.acrossScales(1, stageS));
    const staleTo = draw.chance(0.4) ? draw.between(times.faultStart, times.faultEnd) : times.faultEnd;
    const replicas = draw.chance(0.4) ? draw.whole(2, 6) : undefined;
    const service = {
      ...subject.service,
      cache: { everyS, freshS, staleFrom: times.faultStart, staleTo },
      ...(replicas === undefined ? {} : { replicas }),
    };
    const tolerances = {
      ...subject.tolerances,
      age: { below: `${limitS}s`, missedFor: `${subject.missedForS}s` } as const,
    };
    const products = watch({ ...subject, service, tolerances });
    return sceneOf(draw, times, {
      ...products,
      definition: {
        http: { service: 'shop', path: '/products', ageOf: '$.readAt' },
        rate: `${subject.perSecond}/s`,
        tolerances,
      },
    });
  },
};
