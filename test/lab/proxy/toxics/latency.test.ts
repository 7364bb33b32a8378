import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Victim } from '../../../../lib/lab/proxy/toxic.ts';
import { latency } from '../../../../lib/lab/proxy/toxics/latency.ts';

const victim: Victim = {
  signal: new AbortController().signal,
  reset: () => undefined,
  close: () => undefined,
};
const piece = { kind: 'bytes', bytes: Buffer.from('x') } as const;

describe('latency', () => {
  it('holds each piece for the delay, at most the jitter more or less, and never for less than nothing', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000),
        fc.nat(1_000),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (delayMs, jitterMs, drawn) => {
          const pass = latency({ direction: 'upstream', delayMs, jitterMs }, { next: () => drawn }).affect(
            victim,
          );
          const [held] = pass(piece);
          expect(held?.piece).toBe(piece);
          expect(held?.holdMs).toBeGreaterThanOrEqual(Math.max(0, delayMs - jitterMs));
          expect(held?.holdMs).toBeLessThanOrEqual(delayMs + jitterMs);
        },
      ),
    );
  });

  it('does not delay the end of a stream for itself', () => {
    const pass = latency({ direction: 'upstream', delayMs: 100 }, { next: () => 0.5 }).affect(victim);
    expect(pass({ kind: 'end' })).toEqual([{ piece: { kind: 'end' }, holdMs: 0 }]);
  });
});
