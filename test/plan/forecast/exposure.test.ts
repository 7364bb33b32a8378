import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Objective, objectiveSchema } from '../../../lib/experiment/objective.ts';
import { exposureOf, type StageRisk } from '../../../lib/plan/forecast/exposure.ts';
import { haltTimesOf, worstWatchMs } from '../../../lib/plan/forecast/halt-times.ts';
import { drawsOf, stageRisksOf } from '../../../lib/plan/forecast/stage-draws.ts';
import { runnerInputSchema } from '../../../lib/plan/runner-input.ts';
import { planOf, slowDatabase } from '../../plan/examples.ts';

const objective: Objective = objectiveSchema.parse({ availability: '99.9%', over: '30d' });
const rate = { perSecond: 100, from: 'a test' };

const stage = fc.record<StageRisk>({
  label: fc.constant('50%'),
  durationMs: fc.integer({ min: 1_000, max: 3_600_000 }),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  isAtMost: fc.boolean(),
});
const stages = fc.array(stage, { maxLength: 5 });
const haltMs = fc.integer({ min: 0, max: 600_000 });

const numbersOf = (risks: readonly StageRisk[], ms: number, perSecond = 100) => {
  const exposure = exposureOf({
    service: 'shop',
    stages: risks,
    haltMs: ms,
    rate: { perSecond, from: 'a test' },
    objective,
  });
  return [
    exposure.requestsIfHalted ?? -1,
    exposure.requestsIfBorne ?? -1,
    exposure.budgetIfHalted ?? -1,
    exposure.budgetIfBorne ?? -1,
  ];
};

describe('the exposure of a service', () => {
  it('is what meets the fault until it is ended, or in all stages where nothing sees it', () => {
    const risks = [
      { label: 'one', durationMs: 120_000, share: 0.25, isAtMost: false },
      { label: '100%', durationMs: 300_000, share: 1, isAtMost: false },
    ];
    const exposure = exposureOf({ service: 'shop', stages: risks, haltMs: 60_000, rate, objective });
    expect(exposure).toMatchObject({ requestsIfHalted: 6_000, requestsIfBorne: 3_000 + 30_000 });
    // 43.2 minutes may fail in 30 days.
    expect(exposure.budgetIfHalted).toBeCloseTo(1 / 43.2, 6);
    expect(exposure.budgetIfBorne).toBeCloseTo(5.5 / 43.2, 6);
  });

  it('is never negative, is never less where it is borne, and never falls with time, halt time or rate', () => {
    fc.assert(
      fc.property(stages, haltMs, fc.nat(600_000), fc.nat(5), (risks, ms, moreMs, more) => {
        const now = numbersOf(risks, ms);
        const longer = numbersOf(
          risks.map((one) => ({ ...one, durationMs: one.durationMs + moreMs })),
          ms,
        );
        const slower = numbersOf(risks, ms + moreMs);
        const busier = numbersOf(risks, ms, 100 + more);
        const [halted = 0, borne = 0, budgetHalted = 0, budgetBorne = 0] = now;
        expect(Math.min(...now)).toBeGreaterThanOrEqual(0);
        expect(borne).toBeGreaterThanOrEqual(halted);
        expect(budgetBorne).toBeGreaterThanOrEqual(budgetHalted);
        for (const other of [longer, slower, busier])
          expect(other.every((value, index) => value >= (now[index] ?? 0))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('invents nothing: no requests without a rate, no budget without an objective', () => {
    const risks = [{ label: 'one', durationMs: 1_000, share: 1, isAtMost: true }];
    const blind = exposureOf({
      service: 'shop',
      stages: risks,
      haltMs: 1,
      rate: { unknown: 'nobody counts' },
    });
    expect(Object.keys(blind)).toEqual(['service', 'rate']);
  });
});

describe('what a stage draws', () => {
  const input = runnerInputSchema.parse(planOf(slowDatabase).input);

  it('is rounded down as FIS does, and is the share of the requests at risk', () => {
    const found = new Map([['slow', 5]]);
    expect(drawsOf(input, found).map(([draw]) => draw?.count)).toEqual([1, 2, 5]);
    expect(stageRisksOf(input, found).map(({ share, isAtMost }) => [share, isAtMost])).toEqual([
      [0.2, false],
      [0.4, false],
      [1, false],
    ]);
  });

  it('is at most what is asked for where nobody has counted', () => {
    expect(drawsOf(input, new Map()).flat()).toEqual(Array.from({ length: 3 }, () => ({ fault: 'slow' })));
    expect(stageRisksOf(input, new Map()).map(({ share, isAtMost }) => [share, isAtMost])).toEqual([
      [1, true],
      [0.5, true],
      [1, true],
    ]);
  });
});

describe('how long harm lasts at worst', () => {
  const input = runnerInputSchema.parse(planOf(slowDatabase).input);

  it('is what the tolerance allows, the window, the next answer and the stop of FIS', () => {
    const times = haltTimesOf(input, []);
    expect(times.map(({ by, name, ms }) => [by, name, ms])).toEqual([
      ['watch', 'products p95', 5_000 + 1_000 + 50 + 2_000 + 30_000],
      ['blind', 'products', 10_000 + 2_000 + 30_000],
    ]);
    expect(worstWatchMs(times)).toBe(42_000);
  });

  it('of a guard is its alarm with the delay of its metric; unknown of an alarm that others made', () => {
    const times = haltTimesOf(input, [
      { name: 'errors', alarmMs: 180_000 },
      { name: 'theirs', alarmMs: undefined },
    ]).filter(({ by }) => by === 'guard');
    expect(times.map(({ ms }) => ms)).toEqual([180_000 + 180_000 + 32_000, undefined]);
    expect(worstWatchMs(times)).toBe(0);
  });
});
