import { describe, expect, it } from 'vitest';
import { hashOf } from '../../lib/plan/hash.ts';
import { narrowed } from '../../lib/plan/only-stage.ts';
import { runnerInputSchema } from '../../lib/plan/runner-input.ts';
import { containing } from '../fakes/matching.ts';
import { changed, expectNothingLeft, run } from './scripted-run.ts';

/** Three stages that can be told apart by how long they last. */
const definition = changed({
  stages: [
    { share: 'one', duration: '10s' },
    { share: '50%', duration: '15s' },
    { share: '100%', duration: '20s' },
  ],
});
const startMs = Date.parse('2026-01-01T00:00:00.000Z');
const gameDay = { edition: 'payments-20260101-000000-abcd', stage: 2, attempt: 1, approvalMs: 600_000 };

describe('a run of one stage alone', () => {
  it('is that stage and no other: what ran, what is judged, and what is judged again', async () => {
    const held = await run({ definition, input: { only: { asked: 2 } } });
    expect(held.journal).toMatchObject({ verdict: 'held', only: { stage: 2, of: 3 } });
    expect(held.journal.stages.map(({ label }) => label)).toEqual(['stage-2']);
    expect(held.journal.checks).toContainEqual({
      check: 'stage',
      passed: true,
      evidence: 'only stage 2 of 3 is to run',
    });
    const kept = runnerInputSchema.parse(JSON.parse(await held.store.loadInput('run-1')));
    expect(kept.stages.map(({ templateId }) => templateId)).toEqual(['EXT-stage-2']);
    expect(kept.experiment.stages.map(({ duration }) => duration.text)).toEqual(['15s']);
    expect(kept.definition).toMatchObject({ stages: [{}, {}, {}] });
    expectNothingLeft(held);
  });

  it.each([[4], [0], [1.5], ['2'], [null], [{ stage: 2 }]])(
    'is rejected, with nothing touched, where %j is asked for',
    async (asked) => {
      const rejected = await run({ definition, input: { only: { asked } } });
      expect(rejected.journal).toMatchObject({
        verdict: 'rejected',
        stages: [],
        findings: [{ rejection: 'invalid', message: containing(`${JSON.stringify(asked)} is no stage`) }],
      });
      expect(rejected.journal.only).toBeUndefined();
      expect([rejected.asked, rejected.faults.experiments]).toEqual([[], []]);
      expectNothingLeft(rejected);
    },
  );
});

describe('a run of a game day', () => {
  it('asks for the approval of exactly what will run, and says whose it is', async () => {
    const { wanted, journal, store } = await run({
      definition,
      input: { only: { asked: 2 }, gameDay },
      world: {
        answers: (nowMs, { hash }) =>
          nowMs - startMs < 60_000 ? undefined : { answer: 'approve', hash, by: 'Ana' },
      },
    });
    const { approvalMs: _, ...part } = gameDay;
    expect(journal).toMatchObject({ verdict: 'held', gameDay: part, only: { stage: 2, of: 3 } });
    expect(wanted).toHaveLength(1);
    const [asked] = wanted;
    expect(asked?.request).toMatchObject({
      gameDay: part,
      only: { stage: 2, of: 3 },
      expiresAtMs: startMs + 600_000,
      stages: [{ label: 'stage-2' }],
    });
    const kept = runnerInputSchema.parse(JSON.parse(await store.loadInput('run-1')));
    expect(asked?.request.hash).toBe(hashOf(kept));
    expect(asked?.subject).toContain(gameDay.edition);
    expect(asked?.body).toContain('Stage 2 (stage-2) for 15 s: aws:ecs:task-network-latency.');
    expect(asked?.body).toContain(`npx steadfast gameday status ${gameDay.edition} --env lab`);
    expect(asked?.body).not.toContain('steadfast approve');
  });

  it('waits no longer than any other approval that its run needs', async () => {
    const { wanted, journal } = await run({ input: { gameDay, approval: { withinMs: 120_000 } } });
    expect(wanted[0]?.request.expiresAtMs).toBe(startMs + 120_000);
    expect(journal).toMatchObject({ verdict: 'halted', findings: [{ code: 'approval-expired' }] });
  });

  it('cannot be made to wait longer than any run waits', () => {
    const wish = (approvalMs: number) =>
      runnerInputSchema.shape.gameDay.safeParse({ ...gameDay, approvalMs }).success;
    expect([wish(4 * 3_600_000), wish(4 * 3_600_000 + 1), wish(0)]).toEqual([true, false, false]);
  });
});

it('a stage that a definition does not have narrows nothing', async () => {
  const { store } = await run({ definition });
  const whole = runnerInputSchema.parse(JSON.parse(await store.loadInput('run-1')));
  expect(() => narrowed(whole, 4)).toThrow('4 is no stage of the experiment');
  expect(narrowed(whole, 3)).toEqual({
    ...whole,
    only: { stage: 3, of: 3 },
    stages: whole.stages.slice(2),
    experiment: { ...whole.experiment, stages: whole.experiment.stages.slice(2) },
  });
});
