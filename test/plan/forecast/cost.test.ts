import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExperimentDefinition } from '../../../lib/experiment/experiment.ts';
import { costOf } from '../../../lib/plan/forecast/cost.ts';
import { runStepsOf } from '../../../lib/plan/forecast/run-steps.ts';
import { functionSizes } from '../../../lib/plan/function-sizes.ts';
import { type PriceName, prices } from '../../../lib/plan/prices.ts';
import { type RunnerInput, runnerInputSchema } from '../../../lib/plan/runner-input.ts';
import { environmentTarget, planOf, slowDatabase, staging, stopTasks } from '../../plan/examples.ts';

const standing = { guardMetrics: 1 };

const inputOf = (
  definition: ExperimentDefinition = slowDatabase,
  environment = environmentTarget(),
): RunnerInput => runnerInputSchema.parse(planOf(definition, environment).input);

const minutesOf = (input: RunnerInput) => costOf(input, { standing }).fis.map(({ amount }) => amount);

/** Stages of whole minutes, as FIS takes them. */
const stages = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 });
const withStages = (minutes: readonly number[]): ExperimentDefinition => ({
  ...slowDatabase,
  stages: minutes.map((duration) => ({ share: '100%' as const, duration: `${duration}m` as const })),
});

describe('what FIS charges', () => {
  it('is each action of each stage by the minute, whatever the number of targets', () => {
    const { fis } = costOf(inputOf(), { standing });
    expect(fis.map(({ what, amount, usd }) => [what, amount, Number(usd.toFixed(6))])).toEqual([
      ['stage 1 (one): slow', 2, 0.2],
      ['stage 2 (50%): slow', 3, 0.3],
      ['stage 3 (100%): slow', 5, 0.5],
    ]);
  });

  it('is for every minute that is begun, and for one at least of what is over at once, with the wait that holds its stage open', () => {
    const short: ExperimentDefinition = { ...slowDatabase, stages: [{ share: '100%', duration: '90s' }] };
    expect(minutesOf(inputOf(short))).toEqual([2]);
    const { fis, notes } = costOf(inputOf(stopTasks), { standing });
    expect(fis.map(({ amount }) => amount)).toEqual([1, 2, 1, 3, 1, 5]);
    expect(notes.join('\n')).toContain('does not say whether waits are charged');
  });

  it('counts the wait before each fault of production', () => {
    const production = environmentTarget({ ...staging, id: 'production', production: true });
    expect(minutesOf(inputOf(slowDatabase, production))).toEqual([1, 2, 1, 3, 1, 5]);
  });
});

describe('what a run costs', () => {
  it('never falls when a stage is added', () => {
    fc.assert(
      fc.property(stages, fc.integer({ min: 1, max: 60 }), (minutes, more) => {
        const fewer = costOf(inputOf(withStages(minutes)), { standing });
        const longer = costOf(inputOf(withStages([...minutes, more])), { standing });
        expect(longer.runUsd).toBeGreaterThan(fewer.runUsd);
        expect(longer.monthUsd).toBe(fewer.monthUsd);
      }),
      { numRuns: 20 },
    );
  });

  it('changes only where an overridden price is, and says that it was given', () => {
    const input = inputOf();
    const list = costOf(input, { standing });
    const names = [...new Set([...list.fis, ...list.own, ...list.standing].map(({ price }) => price))];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.double({ min: 0, max: 1_000, noNaN: true }), (name, usd) => {
        const own = costOf(input, { standing, overrides: { [name]: usd } });
        const others = (cost: typeof own) =>
          [...cost.fis, ...cost.own, ...cost.standing].filter(({ price }) => price !== name);
        expect(new Map(others(own).map((line) => [line.what, line]))).toEqual(
          new Map(others(list).map((line) => [line.what, line])),
        );
        for (const line of [...own.fis, ...own.own, ...own.standing].filter(({ price }) => price === name))
          expect(line).toMatchObject({ unitUsd: usd, usd: (line.amount * usd) / prices[name].per });
      }),
      { numRuns: 50 },
    );
  });

  it('counts every call of a function, that of the recovery and that of the report too', () => {
    const input = inputOf();
    const steps = runStepsOf(input);
    expect(steps.map((step) => step.function)).toContain('recover');
    const amount = (name: PriceName) =>
      costOf(input, { standing }).own.find(({ price }) => price === name)?.amount ?? 0;
    const calls = steps.reduce((sum, { times }) => sum + times, 0);
    expect(amount('lambdaRequest')).toBe(calls + 1);
    const gbSeconds = steps.reduce(
      (sum, step) => sum + (step.seconds * functionSizes[step.function].memoryMb) / 1_024,
      0,
    );
    expect(amount('lambdaGbSecond')).toBeGreaterThan(gbSeconds);
    // No state calls it.
    expect(amount('stateTransition')).toBe(2 * calls + 8);
  });

  it('is the sum of its lines, each with where its price is from and when it was looked at', () => {
    const { fis, own, runUsd, standing: month, monthUsd } = costOf(inputOf(), { standing });
    const sum = (lines: readonly { readonly usd: number }[]) => lines.reduce((all, { usd }) => all + usd, 0);
    expect(runUsd).toBeCloseTo(sum([...fis, ...own]), 9);
    expect(monthUsd).toBeCloseTo(sum(month), 9);
    for (const { source, asOf } of [...fis, ...own, ...month]) {
      expect(source).toMatch(/^https:\/\/aws\.amazon\.com\//);
      expect(asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
  });

  it('counts every guard metric of an environment as an alarm', () => {
    const alarms = (guardMetrics: number) =>
      costOf(inputOf(), { standing: { guardMetrics } }).standing.find(
        ({ price }): boolean => price === ('alarmMonth' satisfies PriceName),
      )?.amount ?? 0;
    expect(alarms(3) - alarms(1)).toBe(2);
  });
});
