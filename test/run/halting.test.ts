import { describe, expect, it } from 'vitest';
import { replicas } from '../fakes/fake-run-ports.ts';
import { changed, expectNothingLeft, run } from './scripted-run.ts';

const well = { status: 200, latencyMs: 20 };
const slow = { status: 200, latencyMs: 800 };
const down = { error: 'connect ECONNREFUSED', latencyMs: 1 };

const twoStages = changed({
  stages: [
    { share: 'one', duration: '15s' },
    { share: '100%', duration: '15s' },
  ],
});

describe('ending a run early', () => {
  it('is halted when a guard stops the fault', async () => {
    const ends = { afterMs: 6_000, status: 'stopped', stoppedBy: 'guard' } as const;
    const halted = await run({ definition: twoStages, world: { faults: { ends } } });
    expect(halted.journal).toMatchObject({ verdict: 'halted', stages: [{ halt: { by: 'guard' } }] });
    expect(halted.codes).toEqual(['halted-by-guard']);
    expect(halted.faults.experiments).toHaveLength(1);
    expectNothingLeft(halted);
  });

  it('deviates when the guard stops what had missed a tolerance already', async () => {
    const ends = { afterMs: 4_000, status: 'stopped', stoppedBy: 'guard' } as const;
    const both = await run({
      world: { faults: { ends }, sees: ({ injecting }) => (injecting ? slow : well) },
    });
    expect(both.journal.verdict).toBe('deviated');
    expect(both.codes).toContain('halted-by-guard');
  });

  it('is halted when somebody outside stops the fault', async () => {
    const ends = { afterMs: 6_000, status: 'stopped' } as const;
    const halted = await run({ world: { faults: { ends } } });
    expect(halted.codes).toEqual(['halted-from-outside']);
    expect(halted.journal.verdict).toBe('halted');
  });

  it('is halted by a person during the baseline, with no fault started', async () => {
    const begin = Date.parse('2026-01-01T00:00:00.000Z');
    const halted = await run({ world: { halts: (nowMs) => (nowMs > begin + 3_000 ? 'Ctrl-C' : undefined) } });
    expect(halted.journal.verdict).toBe('halted');
    expect(halted.codes).toEqual(['halted-by-person']);
    expect(halted.faults.experiments).toEqual([]);
    expectNothingLeft(halted);
  });

  it('is halted by a person during a stage, within a second, and sees to the recovery', async () => {
    let wishedMs: number | undefined;
    const halted = await run({
      definition: twoStages,
      world: {
        halts: (nowMs, { experiments }) => {
          const [experiment] = experiments;
          if (experiment === undefined || nowMs < experiment.startMs + 4_000) return undefined;
          wishedMs ??= nowMs;
          return 'enough';
        },
      },
    });
    expect(halted.journal).toMatchObject({
      verdict: 'halted',
      stages: [{ fisStatus: 'stopped', halt: { by: 'person' } }],
      recovery: { met: true },
    });
    // The stage was too short to tell: the verdict says who ended it.
    expect(halted.codes).toEqual(['halted-by-person', 'tolerance-unknown', 'tolerance-unknown']);
    expect(halted.faults.experiments).toHaveLength(1);
    expect((halted.faults.experiments[0]?.stopAskedMs ?? 0) - (wishedMs ?? 0)).toBeLessThan(1_000);
    expectNothingLeft(halted);
  });

  it('is halted by a person between two stages', async () => {
    const halted = await run({
      definition: twoStages,
      world: {
        halts: (_nowMs, faults) => {
          const [experiment] = faults.experiments;
          return experiment !== undefined && faults.endMs(experiment.id) !== undefined ? 'enough' : undefined;
        },
      },
    });
    expect(halted.journal.verdict).toBe('halted');
    expect(halted.faults.experiments).toHaveLength(1);
    expect(halted.journal.recovery?.met).toBe(true);
    expectNothingLeft(halted);
  });

  it('is at best halted when a person wishes its end during the recovery', async () => {
    const halted = await run({
      world: {
        halts: (nowMs, faults) => {
          const endMs = faults.experiments.map(({ id }) => faults.endMs(id))[0];
          return endMs !== undefined && nowMs > endMs + 3_000 ? 'enough' : undefined;
        },
      },
    });
    expect(halted.journal).toMatchObject({ verdict: 'halted', recovery: { met: true } });
    expectNothingLeft(halted);
  });

  it('stops the fault at once when FIS resolved what was not admitted', async () => {
    const foreign = { fault: 'slow', id: 'production-1', tags: { Env: 'lab', Service: 'shop' } };
    const halted = await run({ world: { faults: { resolves: () => [...replicas, foreign] } } });
    expect(halted.journal).toMatchObject({ verdict: 'halted', stages: [{ halt: { by: 'targets' } }] });
    expect(halted.codes[0]).toBe('foreign-target');
    expect(halted.journal.summary).toContain('production-1');
    const [experiment] = halted.faults.experiments;
    expect((experiment?.stopAskedMs ?? Infinity) - (experiment?.startMs ?? 0)).toBeLessThanOrEqual(2_000);
    expectNothingLeft(halted);
  });

  it('stops the fault when FIS never tells what it resolved', async () => {
    const halted = await run({
      world: { faults: { resolves: () => undefined, durationMs: 600_000 } },
      input: {
        stages: [{ label: 'one', templateId: 'T', durationMs: 600_000, templateMs: 600_000, faults: [] }],
      },
    });
    expect(halted.journal.verdict).not.toBe('held');
    expect(halted.journal.stages[0]).toMatchObject({ fisStatus: 'stopped', halt: { by: 'targets' } });
    expectNothingLeft(halted);
  });

  it('takes what has gone since admission, because the fault stopped it, for its own', async () => {
    const held = await run({
      world: { matching: (nowMs) => (nowMs > Date.parse('2026-01-01T00:00:05.000Z') ? [] : replicas) },
    });
    expect(held.journal.verdict).toBe('held');
  });

  it('waits for a fault that takes its time to stop', async () => {
    const patient = await run({
      world: { faults: { stopMs: 130_000 }, sees: ({ injecting }) => (injecting ? slow : well) },
    });
    expect(patient.journal).toMatchObject({ verdict: 'deviated', stages: [{ fisStatus: 'stopped' }] });
    expect(patient.steps.filter(({ step }) => step === 'endFault').length).toBeGreaterThan(1);
    expectNothingLeft(patient);
  });

  it('asks again until FIS takes the stop, and keeps the verdict', async () => {
    const deviated = await run({
      world: { faults: { refusesStops: 5 }, sees: ({ injecting }) => (injecting ? down : well) },
    });
    expect(deviated.journal).toMatchObject({ verdict: 'deviated', stages: [{ fisStatus: 'stopped' }] });
    expectNothingLeft(deviated);
  });

  it('is unrecovered, and tells people, when the fault cannot be ended', async () => {
    const stuck = await run({
      world: {
        faults: { stopMs: Number.POSITIVE_INFINITY },
        sees: ({ injecting }) => (injecting ? down : well),
      },
    });
    expect(stuck.codes).toContain('fault-not-ended');
    // It was still active as the run concluded, which is Steadfast's own failure.
    expect(stuck.journal.verdict).toBe('errored');
    expect(stuck.told).toHaveLength(1);
    expect(stuck.faults.experiments[0]?.stopAskedMs).toBeDefined();
  });

  it('stops the fault and is errored when another run takes the lease meanwhile', async () => {
    const lost = await run({
      world: {
        takesLease: (nowMs, { experiments }) => nowMs > (experiments[0]?.startMs ?? Infinity) + 2_000,
        faults: { durationMs: 130_000 },
      },
      input: {
        stages: [{ label: 'one', templateId: 'T', durationMs: 130_000, templateMs: 130_000, faults: [] }],
      },
    });
    expect(lost.journal).toMatchObject({ verdict: 'errored', stages: [{ fisStatus: 'stopped' }] });
    expect(lost.codes).toEqual(['lease-lost']);
    expect(lost.held.get('shop')).toBe('another-run');
    expectNothingLeft(lost);
  });

  it('is errored when the lease is lost during the recovery, which it sees to its end', async () => {
    const lost = await run({
      world: {
        takesLease: (nowMs, faults) => {
          const endMs = faults.experiments.map(({ id }) => faults.endMs(id))[0];
          return endMs !== undefined && nowMs >= endMs;
        },
      },
    });
    expect(lost.journal).toMatchObject({ verdict: 'errored', recovery: { met: true } });
    expect(lost.codes).toEqual(['lease-lost']);
  });
});
