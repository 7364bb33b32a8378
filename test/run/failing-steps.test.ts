import { describe, expect, it } from 'vitest';
import { SteadfastError } from '../../lib/experiment/steadfast-error.ts';
import type { StepName } from '../../lib/run/run-state.ts';
import { withFields } from '../fakes/matching.ts';
import { changed, expectNothingLeft, run, slowDatabase } from './scripted-run.ts';

const withRollback = changed({
  rollbacks: { reset: { http: { service: 'shop', path: '/reset' }, timeout: '20s', provenBy: 'products' } },
});

type When = 'before' | 'after';

/** A step that dies, before or after it has done its work, so many times. */
const dying = (dies: StepName, when: When, times = 1) => {
  let left = times;
  return async <T>(step: StepName, carryOut: () => Promise<T>): Promise<T> => {
    if (step !== dies || left === 0) return carryOut();
    left -= 1;
    if (when === 'after') await carryOut();
    throw new Error('out of memory');
  };
};

const moments: When[] = ['before', 'after'];

/** What the machine does not try again, since trying again could do harm: the fault is ended, and what remains is done. */
const decisive: StepName[] = ['admit', 'baseline', 'startStage', 'confirmTargets', 'observeStage', 'recover'];
/** What the machine tries again until it is done. */
const insistent: StepName[] = ['endFault', 'rollBack', 'conclude'];

describe.concurrent('a step that dies', () => {
  it.each(decisive.flatMap((step) => moments.map((when) => [step, when] as const)))(
    'is an error of Steadfast, and leaves no fault and no lease behind: %s, %s it has done its work',
    async (step, when) => {
      const errored = await run({ definition: withRollback, around: dying(step, when) });
      expect(errored.journal.verdict).toBe('errored');
      expect(errored.journal.findings[0]).toMatchObject({ code: 'steadfast-failed', verdict: 'errored' });
      expect(errored.journal.summary).toContain(`${step} failed: Error: out of memory`);
      const begun = errored.faults.experiments.length > 0;
      expect(begun).toBe(
        !['admit', 'baseline'].includes(step) && !(step === 'startStage' && when === 'before'),
      );
      if (begun) expect(errored.journal.rollbacks).toMatchObject([{ result: 'proven' }]);
      expect(errored.told).toHaveLength(1);
      expectNothingLeft(errored);
    },
  );

  it.each(insistent.flatMap((step) => moments.map((when) => [step, when] as const)))(
    'is tried again where the run must come to its end: %s, %s it has done its work',
    async (step, when) => {
      const held = await run({ definition: withRollback, around: dying(step, when, 2) });
      expect(held.journal).toMatchObject({
        verdict: 'held',
        recovery: { met: true },
        stages: [{ bite: [{ bit: true }] }],
      });
      expect(held.journal.samples.count).toBeGreaterThan(500);
      expectNothingLeft(held);
    },
  );

  it('that should end the fault has the fault ended all the same by the step that concludes', async () => {
    const errored = await run({
      definition: slowDatabase,
      world: {
        faults: { durationMs: 600_000 },
        sees: ({ injecting }) => ({ status: injecting ? 500 : 200, latencyMs: 20 }),
      },
      input: {
        stages: [{ label: 'one', templateId: 'T', durationMs: 600_000, templateMs: 600_000, faults: [] }],
      },
      around: async (step, carryOut) => {
        if (step === 'endFault' || step === 'observeStage') throw new Error('out of memory');
        return carryOut();
      },
    });
    expect(errored.journal.verdict).toBe('errored');
    expect(errored.codes).toContain('fault-left-active');
    expect(errored.faults.experiments[0]?.stopAskedMs).toBeDefined();
    expectNothingLeft(errored);
  });

  it('ends the fault that a start began whose answer was lost', async () => {
    const errored = await run({ world: { faults: { losesStarts: 1, durationMs: 600_000 } } });
    expect(errored.journal).toMatchObject({
      verdict: 'errored',
      stages: [{ fisStatus: 'stopped', halt: { by: 'steadfast' } }],
    });
    expect(errored.codes).not.toContain('halted-from-outside');
    expect(errored.faults.experiments).toHaveLength(1);
    expectNothingLeft(errored);
  });

  it('starts no further stage, even where its fault had completed meanwhile and nothing was missed', async () => {
    const twoStages = changed({
      stages: [
        { share: 'one', duration: '15s' },
        { share: '100%', duration: '15s' },
      ],
    });
    const errored = await run({ definition: twoStages, around: dying('observeStage', 'after') });
    expect(errored.journal.verdict).toBe('errored');
    expect(errored.faults.experiments).toHaveLength(1);
    expectNothingLeft(errored);
  });

  it('still writes the journal when FIS cannot be asked what is active', async () => {
    const active = () => {
      throw new Error('FIS is down');
    };
    const errored = await run({ world: { guards: () => [], faults: { active } } });
    expect(errored.journal.verdict).toBe('errored');
    expect(errored.codes).toContain('fault-unknown');
  });

  it('leaves the rollbacks to be done once more where nobody can tell that the fault has ended', async () => {
    const active = () => {
      throw new Error('FIS is down');
    };
    const errored = await run({
      definition: withRollback,
      world: { faults: { active } },
      around: dying('confirmTargets', 'before'),
    });
    expect(errored.codes).toContain('fault-unknown');
    expect(await errored.ports.liveRuns.pending('run-1')).toContainEqual(
      withFields({ what: 'rollback', name: 'reset' }),
    );
    expect([...errored.held.values()]).toContain('run-1');
  });

  it('leaves nothing to be undone where FIS refused the start', async () => {
    const permission = new SteadfastError('permission', 'AWS refused fis:StartExperiment');
    const rejected = await run({
      definition: withRollback,
      world: { faults: { denies: () => permission } },
    });
    expect(rejected.journal.verdict).toBe('rejected');
    expect(await rejected.ports.liveRuns.pending('run-1')).toEqual([]);
    expectNothingLeft(rejected);
  });

  it('that should roll back leaves it to whoever ends runs from outside, says so, and gives no service back before', async () => {
    const errored = await run({ definition: withRollback, around: dying('rollBack', 'before', 99) });
    expect(errored.journal.verdict).toBe('errored');
    expect(errored.codes).toContain('rollback-left');
    expect(errored.performed).toEqual([]);
    expect(errored.told).toHaveLength(1);
    expect(errored.told[0]?.body).toContain('Rollback reset was not carried out');
    expect(await errored.ports.liveRuns.pending('run-1')).toMatchObject([
      { what: 'rollback', name: 'reset' },
    ]);
    for (const audience of ['people', 'systems'] as const)
      expect(await errored.ports.liveRuns.mayTell('run-1', audience, 0)).toBe('told');
    expect([...errored.held.values()]).toContain('run-1');
  });
});
