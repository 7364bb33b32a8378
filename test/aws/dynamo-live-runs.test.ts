import { describe, expect, it } from 'vitest';
import { createDynamoLiveRuns } from '../../lib/aws/dynamo-live-runs.ts';
import { createFakeTable } from '../fakes/fake-aws-table.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';
import { itKeepsLiveRuns } from '../run/live-runs-contract.ts';

const run = { runId: 'run-1', experiment: 'slow-database', startedAtMs: 1_000 };

function setUp() {
  const clock = createVirtualClock();
  const table = createFakeTable();
  const liveRuns = (by: string) =>
    createDynamoLiveRuns({ dynamo: table.dynamo, table: 'steadfast', clock, by });
  return { clock, table, runner: liveRuns('the runner'), other: liveRuns('the independent stop') };
}

describe('runs under way in DynamoDB', () => {
  itKeepsLiveRuns(() => setUp().runner);

  it('give the right to record the end of a run to one at a time, and to the next when it has expired', async () => {
    const { clock, runner, other } = setUp();
    await runner.begin(run);
    expect(await runner.claim(run, clock.now() + 60_000)).toEqual({ yours: true });
    expect(await other.claim(run, clock.now() + 60_000)).toEqual({ yours: false });
    await clock.advance(60_001);
    expect(await other.claim(run, clock.now() + 60_000)).toEqual({ yours: true });
    expect(await runner.claim(run, clock.now() + 60_000)).toEqual({ yours: false });
  });

  it('give the right to tell of an end to one call of a step at a time, and to the next when it has died', async () => {
    const { clock, runner } = setUp();
    await runner.begin(run);
    const ask = () => runner.mayTell('run-1', 'people', clock.now());
    expect(await Promise.all([ask(), ask()])).toEqual(['yours', 'another']);
    expect(await runner.mayTell('run-1', 'systems', clock.now())).toBe('yours');
    await clock.advance(20_000);
    expect(await ask()).toBe('yours');
    await runner.markTold('run-1', 'people', clock.now());
    await clock.advance(20_000);
    expect(await ask()).toBe('told');
  });

  it('are found again once they have ended: by id, by experiment and by month', async () => {
    const { table, runner } = setUp();
    await runner.begin(run);
    const start = '2026-01-31T23:59:59.000Z';
    await runner.close({
      runId: 'run-1',
      experiment: 'slow-database',
      environment: 'staging',
      verdict: 'held',
      summary: 'It held.',
      start,
      end: '2026-02-01T00:10:00.000Z',
      services: ['shop'],
      faults: [],
    });
    expect([...table.items.keys()]).toEqual([
      'RUN#run-1 RUN',
      `EXPERIMENT#slow-database RUN#${start}#run-1`,
      `RUNS#2026-01 ${start}#run-1`,
    ]);
  });
});
