import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latency } from '../../../../lib/lab/proxy/toxics/latency.ts';
import { bytesPiece, fakeVictim } from '../../support/fake-victim.ts';

const piece = bytesPiece('x');

describe('latency', () => {
  it('holds each piece for the delay, at most the jitter more or less, and never for less than nothing', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000),
        fc.nat(1_000),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (delayMs, jitterMs, drawn) => {
          const { victim } = fakeVictim({ next: () => drawn });
          const [held] = latency({ direction: 'upstream', delayMs, jitterMs }).affect(victim).pass(piece);
          expect(held?.piece).toBe(piece);
          expect(held?.holdMs).toBeGreaterThanOrEqual(Math.max(0, delayMs - jitterMs));
          expect(held?.holdMs).toBeLessThanOrEqual(delayMs + jitterMs);
        },
      ),
    );
  });

  it('does not delay the end of a stream for itself', () => {
    const { pass } = latency({ direction: 'upstream', delayMs: 100 }).affect(fakeVictim().victim);
    expect(pass({ kind: 'end' })).toEqual([{ piece: { kind: 'end' }, holdMs: 0 }]);
  });
});
