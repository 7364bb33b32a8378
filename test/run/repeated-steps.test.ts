import { describe, expect, it } from 'vitest';
import type { StepName } from '../../lib/run/run-state.ts';
import { stepNames } from '../../lib/run/run-state.ts';
import { changed, expectNothingLeft, run } from './scripted-run.ts';

const withRollback = changed({
  rollbacks: { reset: { http: { service: 'shop', path: '/reset' }, timeout: '20s', provenBy: 'products' } },
});

const well = { status: 200, latencyMs: 20 };
const slow = { status: 200, latencyMs: 800 };

/** Carries a step out twice with the same state, as a state machine does that never heard the first answer. */
const twice =
  (...steps: readonly StepName[]) =>
  async <T>(step: StepName, carryOut: () => Promise<T>): Promise<T> => {
    if (steps.includes(step)) await carryOut();
    return carryOut();
  };

describe('a step that is repeated', () => {
  it.each(stepNames)('starts nothing and counts nothing twice: %s', async (step) => {
    const held = await run({ definition: withRollback, around: twice(step) });
    expect(held.journal).toMatchObject({ verdict: 'held', recovery: { met: true } });
    expect(held.faults.experiments).toHaveLength(1);
    const due = held.asked.filter(({ probe }) => probe === 'products').map(({ dueMs }) => dueMs);
    expect(new Set(due).size).toBe(due.length);
    expect(held.journal.timeline.map(({ text }) => text)).toEqual([
      ...new Set(held.journal.timeline.map(({ text }) => text)),
    ]);
    expectNothingLeft(held);
  });

  it('keeps the verdict when every step is', async () => {
    const held = await run({ around: twice(...stepNames) });
    expect(held.journal.verdict).toBe('held');
    expectNothingLeft(held);
  });

  it.each(stepNames)('never makes a verdict better: %s', async (step) => {
    const deviated = await run({
      around: twice(step),
      world: { sees: ({ injecting }) => (injecting ? slow : well) },
    });
    expect(deviated.journal.verdict).toBe('deviated');
    expect(deviated.faults.experiments).toHaveLength(1);
    expectNothingLeft(deviated);
  });

  it('asks nothing again when the time of day was set back between two of them', async () => {
    let steps = 0;
    let backMs = 0;
    const held = await run({
      definition: changed({ baseline: '150s' }),
      setBackMs: () => backMs,
      around: async (step, carryOut) => {
        if (step === 'baseline') {
          steps += 1;
          if (steps === 2) backMs = 5_000;
        }
        return carryOut();
      },
    });
    const due = held.asked.map(({ dueMs }) => dueMs);
    expect(steps).toBe(3);
    expect(new Set(due).size).toBe(due.length);
    expect(held.journal.verdict).toBe('held');
  });
});
