import { describe, expect, it } from 'vitest';
import { changed, expectNothingLeft, run } from './scripted-run.ts';

const well = { status: 200, latencyMs: 20 };
const slow = { status: 200, latencyMs: 800 };
const broken = { error: 'prober: no socket could be opened' };

const twoStages = changed({
  stages: [
    { share: 'one', duration: '15s' },
    { share: '100%', duration: '15s' },
  ],
});

describe('a whole run', () => {
  it('holds when every tolerance is met, the fault bites and steady state is back', async () => {
    const held = await run({ definition: twoStages });
    expect(held.journal).toMatchObject({ verdict: 'held', findings: [], recovery: { met: true } });
    expect(held.faults.experiments.map(({ stage }) => stage)).toEqual([0, 1]);
    expect(held.journal.stages.map(({ fisStatus }) => fisStatus)).toEqual(['completed', 'completed']);
    expect(held.told).toEqual([]);
    expectNothingLeft(held);
  });

  it('has seen the recovery from the first sample after the fault on, not before', async () => {
    const held = await run();
    expect(held.journal.recovery?.seconds).toBeLessThan(2);
  });

  it('deviates when the watch ends the fault, within what the tolerance allows and a second', async () => {
    const deviated = await run({ world: { sees: ({ injecting }) => (injecting ? slow : well) } });
    expect(deviated.journal).toMatchObject({
      verdict: 'deviated',
      stages: [{ fisStatus: 'stopped', halt: { by: 'watch' } }],
      recovery: { met: true },
    });
    const [experiment] = deviated.faults.experiments;
    const startMs = (experiment?.startMs ?? 0) + 500;
    expect((experiment?.stopAskedMs ?? Number.POSITIVE_INFINITY) - startMs).toBeLessThanOrEqual(
      6_000 + slow.latencyMs,
    );
    expect(deviated.told.map(({ verdict }) => verdict)).toEqual(['deviated']);
    expectNothingLeft(deviated);
  });

  it('deviates when the watch ends a long fault for a short stretch that the stage as a whole does not show', async () => {
    const definition = changed({
      stages: [{ share: '100%', duration: '5m' }],
    });
    const long = 300_000;
    let injectedSince: number | undefined;
    const deviated = await run({
      definition,
      input: {
        stages: [{ label: 'all', templateId: 'T', durationMs: long, templateMs: long, faults: [] }],
      },
      world: {
        faults: { durationMs: long },
        sees: ({ injecting, nowMs }) => {
          if (!injecting) return well;
          injectedSince ??= nowMs;
          // One request in eight fails, from four minutes on: over the limit of 5 %, but not of all five minutes' requests.
          return nowMs - injectedSince > 240_000 && Math.floor(nowMs / 50) % 8 === 0
            ? { status: 500, latencyMs: 20 }
            : well;
        },
      },
    });
    expect(deviated.journal).toMatchObject({ verdict: 'deviated', stages: [{ halt: { by: 'watch' } }] });
    expect(new Set(deviated.codes)).toEqual(new Set(['tolerance-missed']));
    expectNothingLeft(deviated);
  });

  it('deviates when the stage as a whole misses a tolerance, in bursts too short for the watch', async () => {
    const deviated = await run({
      world: {
        sees: ({ injecting, nowMs }) => (injecting && Math.floor(nowMs / 1_000) % 4 === 0 ? slow : well),
      },
    });
    expect(deviated.journal).toMatchObject({ verdict: 'deviated', stages: [{ fisStatus: 'completed' }] });
    expect(deviated.journal.stages[0]?.halt).toBeUndefined();
    expectNothingLeft(deviated);
  });

  it('deviates in a stage shorter than the tolerance may be missed for, and never starts the next', async () => {
    const short = 3_000;
    const stage = { label: 'one', templateId: 'T', durationMs: short, templateMs: short, faults: [] };
    const deviated = await run({
      definition: twoStages,
      input: { stages: [stage, stage] },
      world: { faults: { durationMs: short }, sees: ({ injecting }) => (injecting ? slow : well) },
    });
    expect(deviated.journal.verdict).toBe('deviated');
    expect(deviated.faults.experiments).toHaveLength(1);
    expectNothingLeft(deviated);
  });

  it('is inconclusive, its fault stopped, when nobody can see', async () => {
    const blind = await run({
      world: {
        sees: ({ injecting }) => (injecting ? broken : well),
        faults: { durationMs: 60_000 },
      },
      input: {
        stages: [{ label: 'one', templateId: 'T', durationMs: 60_000, templateMs: 60_000, faults: [] }],
      },
    });
    expect(blind.journal).toMatchObject({
      verdict: 'inconclusive',
      stages: [{ fisStatus: 'stopped', halt: { by: 'blind' } }],
    });
    expect(blind.journal.stages[0]?.tolerances.map(({ state }) => state)).toEqual(['unknown', 'unknown']);
    const [experiment] = blind.faults.experiments;
    expect((experiment?.stopAskedMs ?? 0) - (experiment?.startMs ?? 0)).toBeLessThan(12_000);
    expectNothingLeft(blind);
  });

  it('never takes a prober that fails now and then for a system that does', async () => {
    let looks = 0;
    const held = await run({
      world: {
        sees: () => {
          looks += 1;
          return looks % 3 === 0 ? broken : well;
        },
      },
    });
    expect(held.journal.verdict).toBe('held');
  });

  it.each([
    ['no-bite', false],
    ['bite-unknown', undefined],
  ] as const)('is inconclusive with %s, and does not go on to the next stage', async (code, bites) => {
    const unproven = await run({ definition: twoStages, world: { faults: { bites } } });
    expect(unproven.journal.verdict).toBe('inconclusive');
    expect(unproven.codes).toEqual([code]);
    expect(unproven.faults.experiments).toHaveLength(1);
    expectNothingLeft(unproven);
  });

  it('still deviates without a bite, and does not blame the fault', async () => {
    const deviated = await run({
      world: { faults: { bites: false }, sees: ({ injecting }) => (injecting ? slow : well) },
    });
    expect(deviated.journal.verdict).toBe('deviated');
    expect(deviated.journal.summary).toContain('not to blame');
    expect(deviated.codes).toContain('no-bite');
  });

  it('has the evidence of a bite compared with the baseline, of each stage with the same', async () => {
    const { faults, journal } = await run({ definition: twoStages });
    const { start = '', end = '' } = journal.baseline;
    const baseline = { fromMs: Date.parse(start), toMs: Date.parse(end) };
    expect(faults.baselines).toEqual([baseline, baseline]);
  });

  it.each([
    [false, 'Stage stage-1: the fault did not reach the system: shop goes another way.'],
    [
      undefined,
      'Stage stage-1: nobody could tell whether the fault reached the system: shop goes another way.',
    ],
  ])('tells the likely reason with the finding, where the bite is %s', async (bites, message) => {
    const likely = 'shop goes another way';
    const { journal } = await run({ world: { faults: { bites, likely } } });
    expect(journal.findings[0]?.message).toBe(message);
    expect(journal.stages[0]?.bite).toMatchObject([{ likely }]);
  });

  it.each(['failed', 'cancelled'] as const)('is inconclusive when FIS %s the experiment', async (status) => {
    const lost = await run({ world: { faults: { ends: { afterMs: 8_000, status } } } });
    expect(lost.journal).toMatchObject({ verdict: 'inconclusive', stages: [{ fisStatus: status }] });
    expect(lost.codes).toContain(`fis-${status}`);
    expectNothingLeft(lost);
  });

  it('is rejected, with no fault started, when the system is not well before', async () => {
    const sick = await run({ world: { sees: () => slow } });
    expect(sick.journal).toMatchObject({ verdict: 'rejected', stages: [] });
    expect(sick.journal.findings[0]).toMatchObject({ rejection: 'unhealthy', code: 'unhealthy' });
    expect(sick.faults.experiments).toEqual([]);
    expectNothingLeft(sick);
  });

  it('is rejected when the baseline says too little', async () => {
    const unseen = await run({ world: { sees: () => broken } });
    expect(unseen.journal.findings[0]).toMatchObject({ rejection: 'unhealthy', code: 'baseline-unknown' });
    expect(unseen.faults.experiments).toEqual([]);
  });

  it('starts no second stage when the first was not well', async () => {
    const deviated = await run({
      definition: twoStages,
      world: {
        sees: ({ injecting, nowMs }) => (injecting && Math.floor(nowMs / 50) % 10 === 0 ? slow : well),
      },
    });
    expect(deviated.journal.verdict).toBe('deviated');
    expect(deviated.faults.experiments).toHaveLength(1);
    expect(deviated.journal.stages).toHaveLength(1);
    expectNothingLeft(deviated);
  });

  it('keeps asking at its rate over the borders of slices', async () => {
    const long = 130_000;
    const held = await run({
      input: {
        stages: [{ label: 'all', templateId: 'T', durationMs: long, templateMs: long, faults: [] }],
      },
      world: { faults: { durationMs: long } },
    });
    expect(held.journal.verdict).toBe('held');
    const [stage] = held.journal.stages;
    const seen = stage?.tolerances.find(({ tolerance }) => tolerance === 'p95')?.samples ?? 0;
    // A slice ends when its last request is answered; nothing else is lost at its border.
    expect(seen).toBeGreaterThan((long / 50) * 0.995);
    expect(seen).toBeLessThanOrEqual(long / 50);
    expect(held.steps.filter(({ step }) => step === 'observeStage')).toHaveLength(3);
  });

  it('goes on missing over the border of a slice', async () => {
    const long = 70_000;
    let begun: number | undefined;
    const deviated = await run({
      input: {
        stages: [{ label: 'all', templateId: 'T', durationMs: long, templateMs: long, faults: [] }],
      },
      world: {
        faults: { durationMs: long },
        sees: ({ injecting, nowMs }) => {
          if (injecting) begun ??= nowMs;
          return injecting && nowMs - (begun ?? nowMs) > 57_000 ? { status: 500, latencyMs: 20 } : well;
        },
      },
    });
    expect(deviated.journal).toMatchObject({ verdict: 'deviated', stages: [{ halt: { by: 'watch' } }] });
    const stoppedMs = Date.parse(deviated.journal.stages[0]?.halt?.at ?? '');
    expect(stoppedMs - (begun ?? 0) - 57_000).toBeLessThan(7_500);
  });
});
