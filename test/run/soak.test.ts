import { describe, expect, it } from 'vitest';
import { problemsOfIssues } from '../../lib/definitions/problems-of-issues.ts';
import { experimentSchema } from '../../lib/experiment/experiment.ts';
import { labStage } from '../fakes/lab-input.ts';
import { containing, withFields } from '../fakes/matching.ts';
import { changed, expectNothingLeft, run, type Script, slowDatabase } from './scripted-run.ts';

const stageMs = 15_000;
const soakMs = 20_000;

const definition = changed({
  stages: [
    { share: 'one', duration: '15s', soak: '20s' },
    { share: '100%', duration: '15s' },
  ],
});
const input = {
  stages: [{ ...labStage('one', stageMs), soakMs }, labStage('all', stageMs)],
};

const well = { status: 200, latencyMs: 20 };
const slow = { status: 200, latencyMs: 800 };

/** A run in which something is seen from so long after the first fault's end on, for so long. */
function soaked(ill: typeof well | undefined, { afterMs = 5_000, forMs = 1e9 } = {}, more: Script = {}) {
  let endedMs: number | undefined;
  let injected = false;
  return run({
    definition,
    input,
    ...more,
    world: {
      sees: ({ nowMs, injecting }) => {
        if (injecting) injected = true;
        else if (injected) endedMs ??= nowMs;
        const sinceMs = endedMs === undefined ? -1 : nowMs - endedMs;
        const isIll = sinceMs >= afterMs && sinceMs < afterMs + forMs;
        if (!isIll) return well;
        return ill ?? { error: 'prober: no socket' };
      },
      ...more.world,
    },
  });
}

/** Comes between the machine and its steps, and tells once a soak has begun. */
function soakWatcher() {
  let soaking = false;
  const around: NonNullable<Script['around']> = async (step, carryOut) => {
    soaking ||= step === 'soak';
    return carryOut();
  };
  return { around, isSoaking: () => soaking };
}

describe('a soak', () => {
  it('goes on without a fault for its time, and the next stage starts when it was met', async () => {
    const held = await soaked(well);
    expect(held.journal.verdict).toBe('held');
    const [first, second] = held.journal.stages;
    expect(Date.parse(first?.soak?.end ?? '') - Date.parse(first?.soak?.start ?? '')).toBe(soakMs);
    expect(Date.parse(second?.start ?? '')).toBeGreaterThanOrEqual(Date.parse(first?.soak?.end ?? ''));
    expect(first?.soak?.tolerances.map(({ state }) => state)).toEqual(['met', 'met']);
    expect(first?.soak?.windows.length).toBeGreaterThan(10);
    expect(second?.soak).toBeUndefined();
    expect(held.steps.map(({ step }) => step)).toContain('soak');
    expectNothingLeft(held);
  });

  it('that misses ends the run as deviated, and says that the harm came after the fault', async () => {
    const deviated = await soaked(slow, { forMs: 10_000 });
    expect(deviated.journal).toMatchObject({ verdict: 'deviated', recovery: { met: true } });
    expect(deviated.codes).toContain('soak-missed');
    expect(deviated.journal.summary).toContain('The harm came after the fault.');
    expect(deviated.journal.stages).toHaveLength(1);
    expect(deviated.journal.stages[0]).toMatchObject({
      tolerances: [{ state: 'met' }, { state: 'met' }],
      soak: { halt: { by: 'watch' } },
    });
    expect(deviated.faults.experiments).toHaveLength(1);
    expectNothingLeft(deviated);
  });

  it('that stays ill is unrecovered as well, counted from when the soak was ended', async () => {
    const ill = await soaked(slow);
    expect(ill.journal).toMatchObject({ verdict: 'unrecovered', stages: [{ soak: {} }] });
    expect(ill.codes).toEqual(expect.arrayContaining(['not-recovered', 'soak-missed']));
    expectNothingLeft(ill);
  });

  it('in which nobody can see ends the run as blind, never as held', async () => {
    const blind = await soaked(undefined, { forMs: 15_000 });
    expect(blind.journal).toMatchObject({
      verdict: 'inconclusive',
      stages: [{ soak: { halt: { by: 'blind' } } }],
    });
    expect(blind.codes).toContain('blind');
    expect(blind.faults.experiments).toHaveLength(1);
  });

  it('is halted when a person asks, and the next stage never starts', async () => {
    const { around, isSoaking } = soakWatcher();
    const halted = await soaked(
      well,
      {},
      {
        around,
        world: { sees: () => well, halts: () => (isSoaking() ? 'an incident' : undefined) },
      },
    );
    expect(halted.journal).toMatchObject({
      verdict: 'halted',
      stages: [{ soak: { halt: { by: 'person' } } }],
    });
    expect(halted.faults.experiments).toHaveLength(1);
    expectNothingLeft(halted);
  });

  it('is halted when a guard is in alarm, though FIS watches nothing', async () => {
    const { around, isSoaking } = soakWatcher();
    const halted = await soaked(
      well,
      {},
      {
        around,
        world: {
          sees: () => well,
          guards: () => [{ guard: 'shopErrors', state: isSoaking() ? 'alarm' : 'ok', detail: 'errors' }],
        },
      },
    );
    expect(halted.journal).toMatchObject({
      verdict: 'halted',
      stages: [{ soak: { halt: { by: 'guard' } } }],
    });
    expect(halted.faults.experiments).toHaveLength(1);
  });

  it('whose lease is lost ends as errored, with no further fault', async () => {
    const { around, isSoaking } = soakWatcher();
    const lost = await soaked(
      well,
      {},
      {
        around,
        world: { sees: () => well, takesLease: isSoaking },
      },
    );
    expect(lost.journal.verdict).toBe('errored');
    expect(lost.codes).toContain('lease-lost');
    expect(lost.faults.experiments).toHaveLength(1);
  });

  it('whose step fails for good ends as errored, with its recovery judged', async () => {
    const errored = await soaked(
      well,
      {},
      {
        around: async (step, carryOut) => {
          if (step === 'soak') throw new Error('out of memory');
          return carryOut();
        },
      },
    );
    expect(errored.journal).toMatchObject({ verdict: 'errored', recovery: { met: true } });
    expect(errored.faults.experiments).toHaveLength(1);
    expectNothingLeft(errored);
  });

  it('is repeated without starting or counting anything twice', async () => {
    const held = await soaked(
      well,
      {},
      {
        around: async (step, carryOut) => {
          if (step === 'soak' || step === 'endFault') await carryOut();
          return carryOut();
        },
      },
    );
    expect(held.journal.verdict).toBe('held');
    expect(held.faults.experiments).toHaveLength(2);
    const due = held.asked.filter(({ probe }) => probe === 'products').map(({ dueMs }) => dueMs);
    expect(new Set(due).size).toBe(due.length);
  });

  it.each([
    [[{ share: 'one', duration: '15s', soak: '1m' }], 'stages.0.soak', 'the last stage has no soak'],
    [
      [
        { share: 'one', duration: '15s', soak: '5h' },
        { share: 'one', duration: '15s' },
      ],
      'stages.0.soak',
      'is longer than 4h',
    ],
    [
      [
        { share: 'one', duration: '15s', soak: '0s' },
        { share: 'one', duration: '15s' },
      ],
      'stages.0.soak',
      "'0s' is no duration above 0",
    ],
  ])('is refused where it cannot be: %j', (stages, path, message) => {
    const document = { ...slowDatabase, stages };
    const found = problemsOfIssues(
      'experiment',
      document,
      experimentSchema.safeParse(document).error?.issues ?? [],
    );
    expect(found).toEqual([
      withFields({
        path: path.split('.').map((step) => (step === '0' ? 0 : step)),
        message: containing(message),
      }),
    ]);
  });
});
