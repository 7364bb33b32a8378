import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stretchAt, stretchesUntil } from '../../lib/run/stretch.ts';

const time = () => fc.integer({ min: 0, max: 4_000_000_000_000 });

describe('stretches of traffic', () => {
  it('hold the time that they are of, and are the same for all of it', () => {
    fc.assert(
      fc.property(time(), (ms) => {
        const { fromMs, untilMs } = stretchAt(ms);
        expect(fromMs).toBeLessThanOrEqual(ms);
        expect(ms).toBeLessThan(untilMs);
        expect(stretchAt(fromMs)).toEqual(stretchAt(untilMs - 1));
      }),
    );
  });

  it('are all of them there since something began, up to the one after now', () => {
    fc.assert(
      fc.property(time(), fc.integer({ min: 0, max: 40_000_000 }), (sinceMs, lastsMs) => {
        const now = sinceMs + lastsMs;
        const all = stretchesUntil(now, sinceMs);
        expect(all[0]).toEqual(stretchAt(sinceMs));
        expect(all.at(-2)).toEqual(stretchAt(now));
        for (const [index, { untilMs }] of all.entries())
          expect(all[index + 1]?.fromMs ?? untilMs).toBe(untilMs);
      }),
    );
  });
});
