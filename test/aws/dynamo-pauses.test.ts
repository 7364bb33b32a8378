import { describe, expect, it } from 'vitest';
import { createDynamoPauses } from '../../lib/aws/dynamo-pauses.ts';
import { createFakeTable } from '../fakes/fake-aws-table.ts';

const pause = {
  experiment: 'slow-database',
  reason: 'we rebuild the pool',
  by: 'ada',
  at: '2026-11-30T09:00:00.000Z',
};

function setUp() {
  const table = createFakeTable();
  return { table, pauses: createDynamoPauses({ dynamo: table.dynamo, table: 'steadfast-staging' }) };
}

describe('pauses in the table', () => {
  it('say who, why and since when, until somebody resumes the experiment', async () => {
    const { table, pauses } = setUp();
    expect(await pauses.paused('slow-database')).toBeUndefined();
    await pauses.pause(pause);
    expect(await pauses.paused('slow-database')).toEqual(pause);
    expect(await pauses.paused('slow')).toBeUndefined();
    expect([...table.items.keys()]).toEqual(['PAUSE EXPERIMENT#slow-database']);
    expect(await pauses.resume('slow-database')).toEqual(pause);
    expect(await pauses.resume('slow-database')).toBeUndefined();
    expect(await pauses.paused('slow-database')).toBeUndefined();
  });

  it('are listed by experiment, over as many pages as there are', async () => {
    const { pauses } = setUp();
    for (const experiment of ['e', 'c', 'a', 'd', 'b']) await pauses.pause({ ...pause, experiment });
    expect((await pauses.list()).map(({ experiment }) => experiment)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect((await pauses.paused('b'))?.by).toBe('ada');
  });

  it('that somebody put there by hand hold, whatever they left out', async () => {
    const { table, pauses } = setUp();
    table.put({ pk: 'PAUSE', sk: 'EXPERIMENT#slow-database' });
    expect(await pauses.paused('slow-database')).toEqual({
      experiment: 'slow-database',
      reason: 'no reason was given',
      by: 'somebody',
      at: 'a time that nobody wrote down',
    });
  });
});
