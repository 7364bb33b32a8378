import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HeardWord, heardWordSchema, mergedWords } from '../../lib/campaign/dispatch/part-word.ts';
import { verdicts } from '../../lib/experiment/verdict.ts';
import { minuteMs } from '../campaign/jobs.ts';
import { partIn, places, together } from '../campaign/parts.ts';
import { isLong } from '../setup.ts';

const stop = fc.record({
  dispatcher: fc.constantFrom('dublin', 'ohio'),
  account: fc.constant('111111111111'),
  region: fc.constant('eu-west-1'),
  reason: fc.constantFrom('2 runs ended as deviated', 'the fair begins'),
});

/** What may be heard of one part of one campaign. */
const word: fc.Arbitrary<HeardWord> = fc
  .record(
    {
      campaign: fc.constant('20261201-abcdef12'),
      dispatcher: fc.constant('dublin'),
      account: fc.constant('111111111111'),
      region: fc.constant('eu-west-1'),
      counts: fc.dictionary(fc.constantFrom(...verdicts), fc.integer({ min: 1, max: 9 })),
      stopped: stop,
      isOver: fc.boolean(),
      heardAt: fc.integer({ min: 0, max: 9 }).map((minute) => `2026-12-01T18:0${minute}:00.000Z`),
    },
    { requiredKeys: ['campaign', 'dispatcher', 'account', 'region', 'counts', 'isOver', 'heardAt'] },
  )
  .map((drawn) => heardWordSchema.parse(drawn));

describe('what is heard of a part', () => {
  it('is the same in whatever order and however often it is heard', () => {
    const heard = fc.array(word, { minLength: 1, maxLength: 6 }).chain((words) => {
      const twice = [...words, ...words];
      return fc.tuple(fc.constant(words), fc.shuffledSubarray(twice, { minLength: twice.length }));
    });
    fc.assert(
      fc.property(heard, ([words, shuffled]) => {
        expect(shuffled.reduce(mergedWords)).toEqual(words.reduce(mergedWords));
      }),
    );
  });
});

/** The bounds of what a way does to words. */
const [mostDelayMinutes, mostStepMinutes] = [9, 5] as const;

describe('the policy of a whole campaign', () => {
  it('stops all parts, soon, if and only if it is met over all of them, however their words come', async () => {
    const part = fc.record({ jobs: fc.integer({ min: 1, max: 7 }), deviating: fc.nat({ max: 3 }) });
    const way = fc.array(
      fc.record({
        isLost: fc.boolean(),
        afterMinutes: fc.array(fc.nat({ max: mostDelayMinutes }), { minLength: 1, maxLength: 3 }),
      }),
      { minLength: 8, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { minLength: 2, maxLength: 3 }),
        fc.integer({ min: 1, max: 4 }),
        way,
        async (drawn, most, fates) => {
          const known = drawn.map(({ jobs }, index) => ({ ...(places[index] ?? places[0]), jobs }));
          const parts = known.map(({ dispatcher, jobs }) =>
            partIn(dispatcher, jobs, { stopAfter: { deviated: most } }, known),
          );
          const courses = Object.fromEntries(
            known.map(({ dispatcher }, index) => [
              dispatcher,
              {
                runs: Object.fromEntries(
                  Array.from({ length: drawn[index]?.deviating ?? 0 }, (_, run) => [
                    `${dispatcher}${run}`,
                    () => ({ lastsMs: 5 * minuteMs, verdict: 'deviated' }) as const,
                  ]),
                ),
              },
            ]),
          );
          const counts = new Map<string, number>();
          const all = await together(parts, courses, {
            fate: ({ bus, event }) => {
              const link = `${bus} ${String(event['source'])}`;
              const number = counts.get(link) ?? 0;
              counts.set(link, number + 1);
              const { isLost = false, afterMinutes = [0] } = fates[number % fates.length] ?? {};
              // Of two in a row one arrives, and the last always does.
              const isLast = JSON.stringify(event).includes('"isOver":true');
              return isLost && number % 2 === 1 && !isLast
                ? []
                : afterMinutes.map((minutes) => ({ afterMs: minutes * minuteMs }));
            },
          });
          const ends = all
            .flatMap(({ ran }) =>
              ran.filter(({ experiment, to, from }) => to - from === 5 && experiment !== ''),
            )
            .map(({ to }) => to)
            .toSorted((a, b) => a - b);
          const metAt = ends[most - 1];
          if (metAt === undefined) {
            expect(all.map(({ ending }) => ending)).toEqual(all.map(() => 'done'));
            return;
          }
          const heardBy = metAt + mostStepMinutes * 2 + mostDelayMinutes + mostStepMinutes;
          for (const { ran, ending, progress, name } of all) {
            expect(ran.filter(({ from }) => from > heardBy)).toEqual([]);
            const planned = known.find(({ dispatcher }) => dispatcher === name)?.jobs ?? 0;
            const ended = progress.filter(({ status }) => status === 'ended').length;
            expect([name, ending]).toEqual([name, ended < planned ? 'stopped' : 'done']);
          }
          // Whoever tells, tells what happened; nobody tells twice.
          for (const { messages } of all) expect(messages.length).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: isLong ? 100 : 12 },
    );
  });
});
