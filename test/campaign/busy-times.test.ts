import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBusyTimes, createCapacity } from '../../lib/campaign/busy-times.ts';

const horizon = 4_000;
const busyFor = (longestMs: number, howMany: fc.ArrayConstraints) =>
  fc.array(
    fc.record({ fromMs: fc.nat(horizon - longestMs), lengthMs: fc.integer({ min: 1, max: longestMs }) }),
    { size: 'max', ...howMany },
  );
/** So many that they do not touch that they lie in several blocks; then some that swallow whole blocks; then some again. */
const crowded = fc
  .tuple(
    busyFor(2, { minLength: 600, maxLength: 900 }),
    busyFor(2_000, { maxLength: 2 }),
    busyFor(9, { maxLength: 200 }),
  )
  .map((parts) => parts.flat());
const taken = fc.oneof(busyFor(9, { maxLength: 1_000 }), crowded);
const seeded = { seed: 7, numRuns: 25 };

/** The same by counting each millisecond. */
function counted(several: readonly { readonly fromMs: number; readonly lengthMs: number }[]) {
  const users = new Uint16Array(horizon + 100);
  for (const { fromMs, lengthMs } of several)
    for (let ms = fromMs; ms < fromMs + lengthMs; ms += 1) users[ms] = (users[ms] ?? 0) + 1;
  return {
    firstFree: (fromMs: number, lengthMs: number, atLeast: number) => {
      for (let at = fromMs, free = 0; ; at += 1) {
        free = (users[at] ?? 0) >= atLeast ? 0 : free + 1;
        if (free === lengthMs) return at - lengthMs + 1;
      }
    },
    taken: (fromMs: number, toMs: number) => users.slice(fromMs, toMs).filter((one) => one > 0).length,
  };
}

describe('busy times', () => {
  it('find the first room, however often they were added to', () => {
    fc.assert(
      fc.property(taken, fc.nat(horizon), fc.integer({ min: 1, max: 60 }), (several, fromMs, lengthMs) => {
        const busy = createBusyTimes();
        for (const one of several) busy.add(one.fromMs, one.fromMs + one.lengthMs);
        expect(busy.firstFree(fromMs, lengthMs)).toBe(counted(several).firstFree(fromMs, lengthMs, 1));
      }),
      seeded,
    );
  });

  it('tell what of an interval is taken, in pieces that do not touch', () => {
    fc.assert(
      fc.property(taken, fc.nat(horizon), fc.nat(500), (several, fromMs, lengthMs) => {
        const busy = createBusyTimes();
        for (const one of several) busy.add(one.fromMs, one.fromMs + one.lengthMs);
        const pieces = busy.within(fromMs, fromMs + lengthMs);
        const sum = pieces.reduce((all, piece) => all + piece.toMs - piece.fromMs, 0);
        expect(sum).toBe(counted(several).taken(fromMs, fromMs + lengthMs));
        for (const [index, piece] of pieces.entries())
          expect(piece.fromMs).toBeGreaterThan(pieces[index - 1]?.toMs ?? -1);
      }),
      seeded,
    );
  });

  it('of a capacity are full where as many use it as it has places', () => {
    fc.assert(
      fc.property(taken, fc.integer({ min: 1, max: 5 }), fc.nat(horizon), (several, places, fromMs) => {
        const capacity = createCapacity(places);
        for (const one of several) capacity.add(one.fromMs, one.fromMs + one.lengthMs);
        expect(capacity.full.firstFree(fromMs, 12)).toBe(counted(several).firstFree(fromMs, 12, places));
      }),
      seeded,
    );
  });
});
