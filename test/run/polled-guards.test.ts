import { describe, expect, it } from 'vitest';
import type { RunnerInputDocument } from '../../lib/plan/runner-input.ts';
import type { GuardState } from '../../lib/run/ports.ts';
import { containing, withFields } from '../fakes/matching.ts';
import { changed, expectNothingLeft, run, type Script, type ScriptedRun } from './scripted-run.ts';

const polled = { role: 'arn:aws:iam::222222222222:role/reads-alarms', region: 'us-east-1' };
const guards: RunnerInputDocument['guards'] = {
  shopErrors: { alarm: 'shopErrors' },
  production: {
    alarm: 'arn:aws:cloudwatch:us-east-1:222222222222:alarm:errors',
    watches: 'production',
    polled,
  },
};
const stageInput = (durationMs: number): RunnerInputDocument['stages'] => [
  { label: 'one', templateId: 'T', durationMs, templateMs: durationMs, faults: [] },
];

const ok = (guard: string): GuardState => ({ guard, state: 'ok', detail: 'is well' });
const bad = (state: GuardState['state'], detail = 'as it is'): GuardState => ({
  guard: 'production',
  state,
  detail,
});

/** A run whose guard on production is read as the test says, at each look; `fault` is since when a fault has been started. */
async function watched(
  production: (look: { readonly nowMs: number; readonly sinceStartMs: number | undefined }) => GuardState,
  script: Script = {},
): Promise<{ readonly run: ScriptedRun; readonly looks: readonly number[] }> {
  const looks: number[] = [];
  const starts: number[] = [];
  const faults = { ...script.world?.faults };
  const carried = await run({
    ...script,
    input: { guards, ...script.input },
    world: {
      ...script.world,
      faults: {
        ...faults,
        denies: () => {
          starts.push(looks.at(-1) ?? 0);
          return undefined;
        },
      },
      guards: (nowMs) => {
        looks.push(nowMs);
        const [first] = starts;
        return [
          ok('shopErrors'),
          production({ nowMs, sinceStartMs: first === undefined ? undefined : nowMs - first }),
        ];
      },
    },
  });
  return { run: carried, looks };
}

describe('a guard that FIS does not watch', () => {
  it('is polled every five seconds while a fault is on, and the journal says who watches it', async () => {
    const { run: held, looks } = await watched(() => ok('production'));
    expect(held.journal.verdict).toBe('held');
    const [experiment] = held.faults.experiments;
    const during = looks.filter((ms) => ms > (experiment?.startMs ?? 0));
    expect(during.length).toBeGreaterThanOrEqual(3);
    for (const [index, ms] of during.slice(1).entries()) expect(ms - (during[index] ?? 0)).toBe(5_000);
    expect(held.journal.guards).toEqual([
      { guard: 'shopErrors', watchedBy: 'fis' },
      { guard: 'production', watches: 'production', watchedBy: 'runner' },
    ]);
    expect(held.journal.checks).toContainEqual(
      withFields({
        check: 'guards',
        evidence: 'shopErrors is ok, production is ok (FIS does not watch it, the runner polls it)',
      }),
    );
  });

  it('ends the fault within a look when it goes to alarm, and the run is halted', async () => {
    const { run: halted } = await watched(({ sinceStartMs = 0 }) =>
      sinceStartMs >= 6_000 ? bad('alarm', 'errors is ALARM') : ok('production'),
    );
    expect(halted.journal).toMatchObject({
      verdict: 'halted',
      stages: [{ fisStatus: 'stopped', halt: { by: 'guard', reason: containing('guard production') } }],
      recovery: { met: true },
    });
    expect(halted.codes).toEqual(['halted-by-guard']);
    expect(halted.journal.summary).toContain('errors is ALARM');
    const [experiment] = halted.faults.experiments;
    expect((experiment?.stopAskedMs ?? Infinity) - (experiment?.startMs ?? 0)).toBeLessThan(12_000);
    expectNothingLeft(halted);
  });

  it('ends no fault for missing one look', async () => {
    let looks = 0;
    const { run: held } = await watched(({ sinceStartMs }) => {
      if (sinceStartMs === undefined) return ok('production');
      looks += 1;
      return looks === 2 ? bad('unreadable', 'the connection was reset') : ok('production');
    });
    expect(held.journal.verdict).toBe('held');
    expect(looks).toBeGreaterThan(2);
  });

  it.each(['no data', 'missing', 'unreadable'] as const)(
    'ends the fault as blind once it has been %s for longer than fifteen seconds, over slices',
    async (state) => {
      const { run: blind } = await watched(
        ({ sinceStartMs = 0 }) => (sinceStartMs > 50_000 ? bad(state) : ok('production')),
        { input: { stages: stageInput(120_000) }, world: { faults: { durationMs: 120_000 } } },
      );
      expect(blind.journal).toMatchObject({
        verdict: 'inconclusive',
        stages: [{ fisStatus: 'stopped', halt: { by: 'blind', reason: containing(`${state}: as it is`) } }],
      });
      expect(blind.codes).toContain('blind');
      const [experiment] = blind.faults.experiments;
      const lastedMs = (experiment?.stopAskedMs ?? Infinity) - (experiment?.startMs ?? 0);
      expect(lastedMs).toBeGreaterThan(60_000);
      expect(lastedMs).toBeLessThan(75_000);
      expectNothingLeft(blind);
    },
  );

  it('ends the fault as blind when a look never comes back', async () => {
    const never = await hanging();
    expect(never.journal.stages[0]?.halt).toMatchObject({ by: 'blind', reason: containing('no answer') });
    expect(never.journal.verdict).toBe('inconclusive');
    expectNothingLeft(never);
  });

  it.each([
    ['alarm', 'wait until the alarm is OK'],
    ['missing', 'Make the alarm'],
    ['unreadable', 'See why it cannot be read'],
  ] as const)('keeps a run from being admitted while it is %s', async (state, hint) => {
    const { run: rejected } = await watched(() => bad(state));
    expect(rejected.journal.verdict).toBe('rejected');
    expect(rejected.journal.findings).toEqual([
      withFields({ code: 'check-guards', rejection: 'guard', hint: containing(hint) }),
    ]);
    expect(rejected.asked).toEqual([]);
  });

  it('keeps a run from being admitted for want of a permission, and names it', async () => {
    const permission = `sts:AssumeRole on ${polled.role}`;
    const { run: rejected } = await watched(() => ({ ...bad('unreadable'), permission }));
    expect(rejected.journal.findings).toEqual([
      withFields({ rejection: 'permission', hint: containing(permission) }),
    ]);
  });

  it.each(['no data', 'alarm', 'missing', 'unreadable'] as const)(
    'is rejected before the first start when it is %s by then',
    async (state) => {
      let looks = 0;
      const { run: rejected } = await watched(() => {
        looks += 1;
        // Admission sees the first, the end of the baseline the second, the start itself the third.
        return looks < 3 ? ok('production') : bad(state);
      });
      expect(rejected.codes).toEqual(['guard-not-ok']);
      expect(rejected.journal).toMatchObject({ verdict: 'rejected', stages: [] });
      expect(rejected.faults.experiments).toEqual([]);
      expectNothingLeft(rejected);
    },
  );

  const twoStages = changed({
    stages: [
      { share: 'one', duration: '15s' },
      { share: '100%', duration: '15s' },
    ],
  });
  it.each([
    ['alarm', 'halted', 'halted-by-guard'],
    ['no data', 'inconclusive', 'blind'],
    ['unreadable', 'inconclusive', 'blind'],
  ] as const)('lets no further stage start when it is %s by then: %s', async (state, verdict, code) => {
    let ended = false;
    const { run: halted } = await watched(() => (ended ? bad(state) : ok('production')), {
      definition: twoStages,
      around: async (step, carryOut) => {
        const next = await carryOut();
        ended ||= step === 'endFault';
        return next;
      },
    });
    expect(halted.journal).toMatchObject({ verdict, recovery: { met: true } });
    expect(halted.codes).toContain(code);
    expect(halted.faults.experiments).toHaveLength(1);
    expect(halted.journal.summary).toContain('production');
    expectNothingLeft(halted);
  });

  it('is a miss all the same when a tolerance was missed before', async () => {
    const { run: deviated } = await watched(
      ({ sinceStartMs = 0 }) => (sinceStartMs >= 6_000 ? bad('alarm') : ok('production')),
      { world: { sees: ({ injecting }) => ({ status: 200, latencyMs: injecting ? 800 : 20 }) } },
    );
    expect(deviated.journal.verdict).toBe('deviated');
  });
});

/** A run in which reading the guard during the fault never ends. */
async function hanging(): Promise<ScriptedRun> {
  let reads = 0;
  return run({
    input: { guards, stages: stageInput(60_000) },
    world: {
      faults: { durationMs: 60_000 },
      readsGuards: (read) => {
        reads += 1;
        return reads > 3 ? new Promise(() => {}) : read();
      },
    },
  });
}
