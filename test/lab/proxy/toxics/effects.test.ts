import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Effect, Piece } from '../../../../lib/lab/proxy/toxic.ts';
import { bandwidth } from '../../../../lib/lab/proxy/toxics/bandwidth.ts';
import { connectDelay } from '../../../../lib/lab/proxy/toxics/connect-delay.ts';
import { limitData } from '../../../../lib/lab/proxy/toxics/limit-data.ts';
import { packetLoss } from '../../../../lib/lab/proxy/toxics/packet-loss.ts';
import { resetPeer } from '../../../../lib/lab/proxy/toxics/reset-peer.ts';
import { slicer } from '../../../../lib/lab/proxy/toxics/slicer.ts';
import { slowClose } from '../../../../lib/lab/proxy/toxics/slow-close.ts';
import { timeout } from '../../../../lib/lab/proxy/toxics/timeout.ts';
import { seededRandom } from '../../../../lib/run/seeded-random.ts';
import { bytesPiece, fakeVictim } from '../../support/fake-victim.ts';
import { sequence } from '../../support/sequence.ts';

const where = { direction: 'downstream', toxicity: 1 } as const;
const end: Piece = { kind: 'end' };

/** What a toxic makes of bytes: their sum as they were, and the holds. */
function passed(effect: Effect, bytes: Buffer) {
  const held = effect.pass(bytesPiece(bytes));
  const parts = held.map(({ piece }) => (piece.kind === 'bytes' ? piece.bytes : Buffer.alloc(0)));
  return {
    all: Buffer.concat(parts),
    sizes: parts.map(({ length }) => length),
    holds: held.map(({ holdMs }) => holdMs),
  };
}

const sizes = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 10 });

describe('bandwidth', () => {
  it('lets the bytes through at its rate, whatever the pieces, and the end behind them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000 }), sizes, (rateKbPerSecond, chunks) => {
        const effect = bandwidth({ ...where, rateKbPerSecond }).affect(fakeVictim().victim);
        let sent = 0;
        for (const size of chunks) {
          const { all, holds } = passed(effect, Buffer.alloc(size, 'x'));
          expect(all).toHaveLength(size);
          sent += size;
          expect(holds).toEqual(holds.toSorted((a, b) => a - b));
          // A kilobyte is 1,000 bytes, so a rate of 1 is a byte in each millisecond.
          expect(holds.at(-1)).toBeCloseTo(sent / rateKbPerSecond, 6);
        }
        expect(effect.pass(end)[0]?.holdMs).toBeCloseTo(sent / rateKbPerSecond, 6);
      }),
    );
  });

  it('does not save up what was not used, and holds little before the sender waits', () => {
    const { victim, advance } = fakeVictim();
    const effect = bandwidth({ ...where, rateKbPerSecond: 100 }).affect(victim);
    advance(60_000);
    expect(passed(effect, Buffer.alloc(32)).holds[0]).toBeCloseTo(0.32, 6);
    expect(effect.mostHeldBytes).toBe(64 * 1024);
  });

  it('lets nothing through at a rate of 0', () => {
    const effect = bandwidth({ ...where, rateKbPerSecond: 0 }).affect(fakeVictim().victim);
    expect(effect.pass(bytesPiece('x'))[0]?.holdMs).toBe(Number.POSITIVE_INFINITY);
    // The end waits for the bytes before it, as all pieces do, and not for itself.
    expect(effect.pass(end)[0]?.holdMs).toBe(0);
  });
});

describe('slicer', () => {
  it('cuts into pieces of the size asked for, in order, each behind the pause of the one before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.nat(),
        fc.uint8Array({ minLength: 1, maxLength: 3_000 }),
        fc.integer(),
        (averageBytes, variation, bytes, seed) => {
          const variationBytes = variation % averageBytes;
          const effect = slicer({ ...where, averageBytes, variationBytes, pauseMs: 10 }).affect(
            fakeVictim(seededRandom(seed)).victim,
          );
          const cut = passed(effect, Buffer.from(bytes));
          expect(cut.all).toEqual(Buffer.from(bytes));
          for (const size of cut.sizes.slice(0, -1)) {
            expect(size).toBeGreaterThanOrEqual(averageBytes - variationBytes);
            expect(size).toBeLessThanOrEqual(averageBytes + variationBytes);
          }
          expect(cut.holds).toEqual(cut.sizes.map((_size, index) => 10 * index));
          expect(effect.pass(end)[0]?.holdMs).toBe(10 * cut.sizes.length);
        },
      ),
    );
  });
});

describe('limit_data', () => {
  it('passes exactly its bytes, whatever the pieces, and then the close', () => {
    fc.assert(
      fc.property(fc.nat(12_000), sizes, (mostBytes, chunks) => {
        const { victim, pass } = fakeVictim();
        const effect = limitData({ ...where, mostBytes }).affect(victim);
        const out: Piece[] = [];
        for (const size of chunks) {
          if (out.at(-1)?.kind === 'close') break;
          const pieces = effect.pass(bytesPiece(Buffer.alloc(size))).map(({ piece }) => piece);
          for (const piece of pieces) if (piece.kind === 'bytes') pass(piece.bytes.length);
          out.push(...pieces);
        }
        const sent = chunks.reduce((sum, size) => sum + size, 0);
        const through = out.reduce(
          (sum, piece) => sum + (piece.kind === 'bytes' ? piece.bytes.length : 0),
          0,
        );
        expect(through).toBe(Math.min(sent, mostBytes));
        expect(out.at(-1)?.kind === 'close').toBe(sent >= mostBytes);
      }),
    );
  });
});

describe('timeout', () => {
  it('swallows what is sent, and closes once nothing has come for the time', () => {
    const { victim, did, advance } = fakeVictim();
    const effect = timeout({ ...where, timeoutMs: 500 }).affect(victim);
    for (let chunk = 0; chunk < 10; chunk += 1) {
      advance(499);
      expect(effect.pass(bytesPiece('x'))).toEqual([]);
    }
    expect(did).toEqual([]);
    advance(500);
    expect(did).toEqual(['close']);
  });

  it('swallows for ever at 0, lets the end through, and closes when it is taken away, not when it is changed', () => {
    const { victim, did, pending } = fakeVictim();
    const effect = timeout({ ...where, timeoutMs: 0 }).affect(victim);
    expect(effect.pass(bytesPiece('x'))).toEqual([]);
    expect(pending()).toBe(0);
    expect(did).toEqual([]);
    expect(effect.pass(end)).toEqual([{ piece: end, holdMs: 0 }]);
    expect(effect.rest?.('removed')).toEqual([{ kind: 'close' }]);
    expect(effect.rest?.('updated')).toEqual([]);
  });
});

describe('reset_peer', () => {
  it('waits for the first piece, then for its time, and lets nothing through meanwhile', () => {
    const { victim, did, advance, pending } = fakeVictim();
    const effect = resetPeer({ ...where, delayMs: 300 }).affect(victim);
    advance(10_000);
    expect(pending()).toBe(0);
    expect(effect.pass(bytesPiece('x'))[0]?.holdMs).toBe(Number.POSITIVE_INFINITY);
    advance(200);
    // A second piece does not start the time anew.
    effect.pass(bytesPiece('y'));
    advance(99);
    expect(did).toEqual([]);
    advance(1);
    expect(did).toEqual(['reset']);
  });

  it('resets at once where there is no time to wait', () => {
    const { victim, did } = fakeVictim();
    resetPeer({ ...where, delayMs: 0 })
      .affect(victim)
      .pass(bytesPiece('x'));
    expect(did).toEqual(['reset']);
  });
});

describe('slow_close', () => {
  it('delays the end and the close, and no bytes', () => {
    const { pass } = slowClose({ ...where, delayMs: 500 }).affect(fakeVictim().victim);
    const holds = [bytesPiece('x'), end, { kind: 'close' } as const].map((piece) => pass(piece)[0]?.holdMs);
    expect(holds).toEqual([0, 500, 500]);
  });
});

describe('packet_loss', () => {
  const holds = (loss: number, ...drawn: readonly number[]) =>
    packetLoss({ ...where, loss, retransmitMs: 200 })
      .affect(fakeVictim(sequence(...drawn)).victim)
      .pass(bytesPiece('x'))
      .map(({ holdMs }) => holdMs);

  it('holds a lost piece for the time-out, and twice as long for each further loss', () => {
    expect(holds(0.5, 0.9)).toEqual([0]);
    expect(holds(0.5, 0.1, 0.9)).toEqual([200]);
    expect(holds(0.5, 0.1, 0.1, 0.1, 0.9)).toEqual([200 + 400 + 800]);
  });

  it('gives up when all is lost, so that nothing goes through', () => {
    expect(holds(1, 0.1)).toEqual([Number.POSITIVE_INFINITY]);
  });

  it('holds the share of pieces asked for', () => {
    const { pass } = packetLoss({ ...where, loss: 0.1, retransmitMs: 200 }).affect(
      fakeVictim(seededRandom(7)).victim,
    );
    const lost = Array.from({ length: 5_000 }, () => pass(bytesPiece('x'))[0]).filter(
      (one) => (one?.holdMs ?? 0) > 0,
    );
    expect(lost.length / 5_000).toBeCloseTo(0.1, 1);
  });

  it('lets a new connection wait for its lost SYN', () => {
    const { accept } = packetLoss({ ...where, loss: 0.5, retransmitMs: 200 });
    expect(accept?.(sequence(0.1, 0.1, 0.9))).toEqual({ holdMs: 3_000 });
    expect(accept?.(sequence(0.9))).toEqual({ holdMs: 0 });
  });
});

describe('connect_delay', () => {
  it('varies by its jitter, and never below nothing', () => {
    const { accept } = connectDelay({ ...where, delayMs: 100, jitterMs: 200 });
    expect(accept?.(sequence(0.5))).toEqual({ holdMs: 100 });
    expect(accept?.(sequence(0.75))).toEqual({ holdMs: 200 });
    expect(accept?.(sequence(0))).toEqual({ holdMs: 0 });
  });
});
