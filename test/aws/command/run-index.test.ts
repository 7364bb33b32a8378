import { describe, expect, it } from 'vitest';
import { createRunIndex } from '../../../lib/aws/command/run-index.ts';
import { createDynamoLiveRuns } from '../../../lib/aws/dynamo-live-runs.ts';
import { createFakeTable } from '../../fakes/fake-aws-table.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';

async function setUp() {
  const clock = createVirtualClock();
  const table = createFakeTable();
  const runs = createDynamoLiveRuns({ dynamo: table.dynamo, table: 't', clock, by: 'the runner' });
  const index = createRunIndex({
    dynamo: table.dynamo,
    table: 't',
    now: () => Date.parse('2026-05-02T00:00:00Z'),
  });
  const close = (runId: string, experiment: string, start: string) =>
    runs.close({
      runId,
      experiment,
      environment: 'staging',
      verdict: 'held',
      summary: 'It held.',
      start,
      end: start,
      services: ['shop'],
      faults: [],
    });
  await close('a', 'slow-database', '2026-03-31T23:59:59.000Z');
  await close('b', 'half-the-tasks', '2026-05-01T10:00:00.000Z');
  await close('c', 'slow-database', '2026-05-01T09:00:00.000Z');
  await runs.begin({ runId: 'd', experiment: 'slow-database', startedAtMs: 1 });
  await runs.begin({ runId: 'e', experiment: 'slow-database', startedAtMs: 2 });
  return index;
}

const ids = (runs: readonly { readonly runId: string }[]) => runs.map(({ runId }) => runId);

describe('the index of runs', () => {
  it('gives the newest first, across months, and no more than asked for', async () => {
    const index = await setUp();
    expect(ids(await index.newest(10))).toEqual(['b', 'c', 'a']);
    expect(ids(await index.newest(2))).toEqual(['b', 'c']);
    expect(ids(await index.newest(0))).toEqual([]);
  });

  it('gives those of an experiment, those under way, and one by its id', async () => {
    const index = await setUp();
    expect(ids(await index.ofExperiment('slow-database', 5))).toEqual(['c', 'a']);
    expect(ids(await index.live())).toEqual(['e', 'd']);
    expect(await index.find('a')).toMatchObject({ experiment: 'slow-database', verdict: 'held' });
    expect(await index.find('z')).toBeUndefined();
  });

  it('gives all of a month, and counts entries that it cannot read', async () => {
    const index = await setUp();
    expect(await index.ofMonth('2026-05')).toMatchObject({
      runs: [{ runId: 'c' }, { runId: 'b' }],
      unreadable: 0,
    });
    expect(await index.ofMonth('2026-03')).toMatchObject({ runs: [{ runId: 'a' }] });
    expect(await index.ofMonth('2026-04')).toEqual({ runs: [], unreadable: 0 });
    const table = createFakeTable();
    table.put({ pk: 'RUNS#2026-04', sk: '2026-04-01T00:00:00Z#x', verdict: 'splendid' });
    const other = createRunIndex({ dynamo: table.dynamo, table: 't', now: () => 0 });
    expect(await other.ofMonth('2026-04')).toEqual({ runs: [], unreadable: 1 });
  });
});
