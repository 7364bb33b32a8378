import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Verdict, verdicts, worstVerdict } from '../../lib/experiment/verdict.ts';
import { judge } from '../../lib/steady-state/judge.ts';
import type { ToleranceState } from '../../lib/steady-state/judgement.ts';
import { isMark, type Observation, type Sample } from '../../lib/steady-state/observation.ts';
import { isLong } from '../setup.ts';
import { broken, epoch, experiment, failed, recorded, slow, well } from '../steady-state/recorded.ts';

const of = experiment();
const ranks: Readonly<Record<ToleranceState, number>> = { met: 0, unknown: 1, missed: 2 };

/** What is seen in each two seconds of a recorded run of 140 s. */
const looks = { well, slow, failed, broken, nothing: undefined } as const;
const course = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: fc.constant('well' as const) },
    { weight: 1, arbitrary: fc.constantFrom('slow', 'failed', 'broken', 'nothing') },
  ),
  { minLength: 70, maxLength: 70 },
);
const recordedAs = (parts: readonly (keyof typeof looks)[]): Observation[] =>
  recorded((seconds) => looks[parts[Math.floor(seconds / 2)] ?? 'well']);

/** What the baseline saw decides how much a sample is worth: only what came after it is made worse. */
const sinceFault = (one: Observation) => secondsOf(one) >= 30;

const secondsOf = ({ at }: Observation) => (Date.parse(at) - epoch) / 1_000;

async function statesOf(observations: readonly Observation[]): Promise<ToleranceState[]> {
  const { baseline, stages } = await judge(() => observations, of);
  return [baseline, ...stages].flatMap((phase) => phase?.tolerances.map(({ state }) => state) ?? []);
}

/** Verdicts of a run that began, from best to worst. */
const rankOf = (verdict: Verdict) => verdicts.length - verdicts.indexOf(verdict);

async function expectNoBetter(after: readonly Observation[], before: readonly Observation[]) {
  const [worse, better] = [await judge(() => after, of), await judge(() => before, of)];
  expect(rankOf(worse.verdict)).toBeGreaterThanOrEqual(rankOf(better.verdict));
}

const notBetter = (after: readonly ToleranceState[], before: readonly ToleranceState[]) =>
  after.length === before.length &&
  after.every((state, index) => ranks[state] >= ranks[before[index] ?? 'missed']);

describe('whatever was recorded,', () => {
  it('the same samples give the same judgement', async () => {
    await fc.assert(
      fc.asyncProperty(course, async (parts) => {
        const observations = recordedAs(parts);
        expect(await judge(() => observations, of)).toEqual(
          await judge(() => structuredClone(observations), of),
        );
      }),
      { numRuns: isLong ? 400 : 10 },
    );
  });

  it('the order of its lines changes nothing', async () => {
    const shuffled = course.chain((parts) => {
      const observations = recordedAs(parts);
      return fc.tuple(
        fc.constant(observations),
        fc.shuffledSubarray(observations, { minLength: observations.length, maxLength: observations.length }),
      );
    });
    await fc.assert(
      fc.asyncProperty(shuffled, async ([ordered, disordered]) => {
        const [expected, actual] = [await judge(() => ordered, of), await judge(() => disordered, of)];
        expect(actual.verdict).toBe(expected.verdict);
        expect(actual.stages).toEqual(expected.stages);
        expect(actual.recovery).toEqual(expected.recovery);
      }),
      { numRuns: isLong ? 400 : 8 },
    );
  });

  it('worse samples in place of others never make a tolerance better', async () => {
    const worse = fc.record({
      parts: course,
      every: fc.integer({ min: 1, max: 40 }),
      to: fc.constantFrom(slow, failed),
    });
    await fc.assert(
      fc.asyncProperty(worse, async ({ parts, every, to }) => {
        const before = recordedAs(parts);
        const after = before.map((one, index): Observation => {
          if (isMark(one) || index % every > 0 || one.error !== undefined || !sinceFault(one)) return one;
          return one.status === 500 ? one : { at: one.at, probe: one.probe, ...to };
        });
        expect(notBetter(await statesOf(after), await statesOf(before))).toBe(true);
        await expectNoBetter(after, before);
      }),
      { numRuns: isLong ? 400 : 12 },
    );
  });

  it('further failures never make a tolerance better', async () => {
    const more = fc.record({ parts: course, every: fc.integer({ min: 1, max: 40 }) });
    await fc.assert(
      fc.asyncProperty(more, async ({ parts, every }) => {
        const before = recordedAs(parts);
        const after = before.flatMap((one, index): Observation[] => {
          if (isMark(one) || index % every > 0 || one.error !== undefined || !sinceFault(one)) return [one];
          return [one, { at: one.at, probe: one.probe, ...failed } satisfies Sample];
        });
        expect(notBetter(await statesOf(after), await statesOf(before))).toBe(true);
        await expectNoBetter(after, before);
      }),
      { numRuns: isLong ? 400 : 12 },
    );
  });

  it('a stretch that nobody saw, longer than blindness may last, leaves no tolerance of its phase met', async () => {
    const hole = fc.record({
      parts: course,
      from: fc.integer({ min: 0, max: 79 }),
      lasts: fc.integer({ min: 11, max: 30 }),
      by: fc.constantFrom('nothing', 'the prober'),
    });
    await fc.assert(
      fc.asyncProperty(hole, async ({ parts, from, lasts, by }) => {
        const inHole = (one: Observation) => secondsOf(one) >= from && secondsOf(one) < from + lasts;
        const emptied = recordedAs(parts).flatMap((one): Observation[] => {
          if (isMark(one) || !inHole(one)) return [one];
          return by === 'nothing' ? [] : [{ at: one.at, probe: one.probe, ...broken }];
        });
        const { baseline, stages, verdict } = await judge(() => emptied, of);
        const within = (startS: number, endS: number) =>
          Math.min(endS, from + lasts) - Math.max(startS, from) > 10.1;
        if (within(0, 30)) expect(baseline?.tolerances.map(({ state }) => state)).not.toContain('met');
        if (within(30, 90)) expect(stages[0]?.tolerances.map(({ state }) => state)).not.toContain('met');
        if (within(0, 30) || within(30, 90)) expect(verdict).not.toBe('held');
      }),
      { numRuns: isLong ? 400 : 24 },
    );
  });

  it('the verdict is the worst of the findings, and it holds only when there are none', async () => {
    await fc.assert(
      fc.asyncProperty(course, async (parts) => {
        const { verdict, findings, stages, recovery } = await judge(() => recordedAs(parts), of);
        expect(verdict).toBe(worstVerdict(findings.map((finding) => finding.verdict)));
        if (verdict !== 'held') return;
        expect(findings).toEqual([]);
        expect(recovery?.met).toBe(true);
        expect(
          stages.every(
            ({ bite, tolerances }) => bite === true && tolerances.every(({ state }) => state === 'met'),
          ),
        ).toBe(true);
      }),
      { numRuns: isLong ? 400 : 12 },
    );
  });

  it('moving all of it in time moves nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(
        course,
        fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
        async (parts, byMs) => {
          const moved = recordedAs(parts).map((one) => ({
            ...one,
            at: new Date(Date.parse(one.at) + byMs).toISOString(),
          }));
          const [there, here] = [await judge(() => moved, of), await judge(() => recordedAs(parts), of)];
          expect([there.verdict, there.findings.map(({ code }) => code), there.recovery?.seconds]).toEqual([
            here.verdict,
            here.findings.map(({ code }) => code),
            here.recovery?.seconds,
          ]);
        },
      ),
      { numRuns: isLong ? 400 : 8 },
    );
  });
});
