import { describe, expect, it } from 'vitest';
import type { World } from '../fakes/fake-run-ports.ts';
import { changed, expectNothingLeft, run, slowDatabase } from './scripted-run.ts';

const well = { status: 200, latencyMs: 20 };
const sluggish = { status: 200, latencyMs: 60 };
const down = { error: 'connect ECONNREFUSED', latencyMs: 1 };
const broken = { error: 'prober: no socket could be opened' };

/** What is seen from the fault's end on, by the milliseconds since. */
const afterFault = (
  sees: (sinceMs: number) => ReturnType<NonNullable<World['sees']>>,
): NonNullable<World['sees']> => {
  let endMs: number | undefined;
  let begun = false;
  return ({ injecting, nowMs }) => {
    begun ||= injecting;
    if (!begun || injecting) return well;
    endMs ??= nowMs;
    return sees(nowMs - endMs);
  };
};

describe('recovery', () => {
  it('is met when steady state comes back before the deadline, and says when', async () => {
    const back = await run({ world: { sees: afterFault((ms) => (ms < 8_000 ? down : well)) } });
    expect(back.journal).toMatchObject({ verdict: 'held', recovery: { met: true, objective: 20 } });
    expect(back.journal.recovery?.seconds).toBeGreaterThan(7);
    expect(back.journal.recovery?.seconds).toBeLessThan(11);
    expectNothingLeft(back);
  });

  it('is proven by samples after the deadline when it began just before it', async () => {
    const back = await run({ world: { sees: afterFault((ms) => (ms < 18_500 ? down : well)) } });
    expect(back.journal).toMatchObject({ verdict: 'held', recovery: { met: true } });
    expect(back.journal.recovery?.seconds).toBeLessThanOrEqual(20);
    expect(Date.parse(back.journal.end) - Date.parse(back.journal.stages[0]?.end ?? '')).toBeGreaterThan(
      20_000,
    );
  });

  it('is not met when it began just after the deadline', async () => {
    const late = await run({ world: { sees: afterFault((ms) => (ms < 21_500 ? down : well)) } });
    expect(late.journal).toMatchObject({ verdict: 'unrecovered', recovery: { met: false } });
    expect(late.codes).toEqual(['not-recovered']);
    expect(late.told.map(({ verdict }) => verdict)).toEqual(['unrecovered']);
    expectNothingLeft(late);
  });

  it('is not met within the tolerances alone: the baseline is what it must come back to', async () => {
    const slower = await run({ world: { sees: afterFault(() => sluggish) } });
    expect(slower.journal).toMatchObject({ verdict: 'unrecovered', recovery: { met: false } });
    expect(slower.journal.recovery?.reason).toContain('median latency');
  });

  it('is waited for no longer once it is shown that steady state was not back at the deadline', async () => {
    const slower = await run({ world: { sees: afterFault(() => sluggish) } });
    expect(slower.journal).toMatchObject({ verdict: 'unrecovered', recovery: { met: false, objective: 20 } });
    const lookedMs = Date.parse(slower.journal.end) - Date.parse(slower.journal.stages[0]?.end ?? '');
    // The deadline, and the ten seconds on which a recovery is judged: a proof would have taken 29 s more.
    expect(lookedMs).toBeGreaterThan(30_000);
    expect(lookedMs).toBeLessThan(33_000);
  });

  it('is unrecovered when nobody can see after the fault', async () => {
    const unseen = await run({ world: { sees: afterFault(() => broken) } });
    expect(unseen.journal.verdict).toBe('unrecovered');
    expect(unseen.codes).toEqual(['recovery-unseen']);
    expect(unseen.journal.recovery?.met).toBeUndefined();
    expectNothingLeft(unseen);
  });

  it('is not proven by too few samples', async () => {
    const few = await run({
      world: { sees: afterFault((ms) => (Math.floor(ms / 50) % 4 === 0 ? well : broken)) },
    });
    expect(few.journal.verdict).toBe('unrecovered');
    expect(few.codes).toEqual(['recovery-unseen']);
  });

  it('goes on over the border of slices', async () => {
    const back = await run({
      definition: changed({ recovery: { objective: '2m' } }),
      world: { sees: afterFault((ms) => (ms < 75_000 ? down : well)) },
    });
    expect(back.journal).toMatchObject({ verdict: 'held', recovery: { met: true } });
    expect(back.steps.filter(({ step }) => step === 'recover')).toHaveLength(2);
    expect(back.journal.recovery?.seconds).toBeGreaterThan(74);
    expect(back.journal.recovery?.seconds).toBeLessThan(78);
  });

  it('of a metric whose data comes late is proven once the data is there', async () => {
    const definition = changed({
      baseline: '1m',
      steadyState: {
        ...slowDatabase.steadyState,
        orders: { metric: 'orders', every: '5s', delay: '15s', tolerances: { value: { above: 10 } } },
      },
      recovery: { objective: '10s' },
      stages: [{ share: '100%', duration: '60s' }],
    });
    const long = 60_000;
    const stages = [{ label: 'all', templateId: 'T', durationMs: long, templateMs: long, faults: [] }];
    const metrics: World['metrics'] = async (_metric, fromMs, toMs) => {
      const readings = [];
      for (let atMs = Math.ceil(fromMs / 5_000) * 5_000; atMs < toMs; atMs += 5_000)
        readings.push({ atMs, value: 50 });
      return readings;
    };
    const back = await run({
      definition,
      input: { stages },
      world: { metrics, faults: { durationMs: long } },
    });
    expect(back.journal).toMatchObject({ verdict: 'held', recovery: { met: true } });
    expectNothingLeft(back);
  });
});
