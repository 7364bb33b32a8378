import { describe, expect, it } from 'vitest';
import type { Answers } from '../fakes/answered-approvals.ts';
import { containing, matching, withFields } from '../fakes/matching.ts';
import { expectNothingLeft, run } from './scripted-run.ts';

const startMs = Date.parse('2026-01-01T00:00:00.000Z');
const hour = 3_600_000;
const input = { approval: { withinMs: hour } };

/** A person who answers so long after the run began. */
const ana =
  (ms: number, answer: 'approve' | 'refuse', note?: string): Answers =>
  (nowMs, { hash }) =>
    nowMs - startMs < ms ? undefined : { answer, hash, by: 'Ana', ...(note === undefined ? {} : { note }) };

const waits = ({ steps }: { readonly steps: readonly { readonly step: string }[] }) =>
  steps.filter(({ step }) => step === 'awaitApproval').length;

describe('a run that needs an approval', () => {
  it('waits for a person before anything is touched, then looks at the steady state anew and goes on', async () => {
    const held = await run({ input, world: { answers: ana(20 * 60_000, 'approve', 'as agreed') } });
    expect(held.journal.verdict).toBe('held');
    expect(Math.min(...held.asked.map(({ sentMs }) => sentMs))).toBeGreaterThanOrEqual(startMs + 20 * 60_000);
    expect(held.journal.timeline.map(({ text }) => text)).toContainEqual(
      matching(/^It was approved at \S+Z by Ana \(as agreed\)\.$/),
    );
    expect(held.journal.checks).toContainEqual(
      withFields({ check: 'approval', passed: true, evidence: containing('by Ana (as agreed)') }),
    );
    expectNothingLeft(held);
  });

  it('shows exactly what it will do, and how to answer, to whoever is told', async () => {
    const { wanted } = await run({ input, world: { answers: ana(0, 'approve') } });
    expect(wanted).toHaveLength(1);
    expect(wanted[0]?.request).toMatchObject({
      experiment: 'slow-database',
      environment: 'lab',
      stages: [
        { label: 'stage-1', durationMs: 15_000, faults: [{ action: 'aws:ecs:task-network-latency' }] },
      ],
      targets: [{ fault: 'slow', count: 3, some: ['shop-1', 'shop-2', 'shop-3'] }],
    });
    expect(wanted[0]?.body).toContain('npx steadfast approve run-1 --env lab');
  });

  it('waits all the same where nobody can be told, and says so', async () => {
    const { journal } = await run({ input, world: { untellable: true, answers: ana(60_000, 'approve') } });
    expect(journal.verdict).toBe('held');
    expect(journal.timeline.map(({ text }) => text)).toContain(
      'Nobody could be told that an approval is wanted: the topic is gone.',
    );
  });

  it.each([
    ['expires', 'approval-expired', {}],
    ['is refused', 'approval-refused', { answers: ana(60_000, 'refuse', 'not today') }],
    [
      'is halted meanwhile',
      'halted-by-person',
      { halts: (nowMs: number) => (nowMs - startMs >= 60_000 ? 'an incident' : undefined) },
    ],
  ])('is halted when it %s, and nothing was begun', async (_, code, world) => {
    const halted = await run({ input, world });
    expect(halted.journal).toMatchObject({ verdict: 'halted', stages: [], findings: [{ code }] });
    expect([halted.asked, halted.faults.experiments, halted.traffic.requests]).toEqual([[], [], []]);
    expectNothingLeft(halted);
  });

  it('costs a look each 15 s at first and each 30 s later, and ends when it expires', async () => {
    const { journal, steps } = await run({ input });
    expect(Date.parse(journal.end) - Date.parse(journal.start)).toBe(hour);
    expect(waits({ steps })).toBe(20 + 110);
  });

  it('keeps its lease while it waits, and ends as errored where another has it', async () => {
    const lost = await run({ input, world: { takesLease: (nowMs) => nowMs - startMs >= 60_000 } });
    expect(lost.journal).toMatchObject({ verdict: 'errored', stages: [] });
    expect(lost.codes).toContain('lease-lost');
    expectNothingLeft(lost);
  });

  it.each([
    [
      'a guard is in alarm',
      { guard: 'shopErrors', state: 'alarm' as const, detail: 'errors' },
      'check-guards',
    ],
  ])('asks again what may have changed: %s', async (_, state, code) => {
    const { journal, asked } = await run({
      input,
      world: {
        answers: ana(60_000, 'approve'),
        guards: (nowMs) => (nowMs - startMs < 30_000 ? [{ ...state, state: 'ok' }] : [state]),
      },
    });
    expect(journal).toMatchObject({ verdict: 'rejected', stages: [], findings: [{ code }] });
    expect(asked).toEqual([]);
  });

  it('starts in no blackout that began meanwhile', async () => {
    const from = new Date(startMs + 30_000).toISOString();
    const until = new Date(startMs + hour).toISOString();
    const { journal } = await run({
      input: { ...input, blackouts: [{ from, until, reason: 'a sale' }] },
      world: { answers: ana(60_000, 'approve') },
    });
    expect(journal).toMatchObject({ verdict: 'rejected', findings: [{ rejection: 'blackout' }] });
  });

  it('is errored, with nothing begun, when the step that looks fails for good', async () => {
    const errored = await run({
      input,
      around: (step, carryOut) =>
        step === 'awaitApproval' ? Promise.reject(new Error('throttled')) : carryOut(),
    });
    expect(errored.journal).toMatchObject({ verdict: 'errored', stages: [] });
    expectNothingLeft(errored);
  });

  it('begins nothing twice when the step that hears the approval is repeated', async () => {
    const held = await run({
      input,
      world: { answers: ana(60_000, 'approve') },
      around: async (step, carryOut) => {
        if (step === 'awaitApproval' || step === 'admit') await carryOut();
        return carryOut();
      },
    });
    expect(held.journal.verdict).toBe('held');
    expect(held.faults.experiments).toHaveLength(1);
    expectNothingLeft(held);
  });
});
