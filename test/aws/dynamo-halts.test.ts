import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { createDynamoHalts } from '../../lib/aws/dynamo-halts.ts';
import { createFakeTable } from '../fakes/fake-aws-table.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';

function setUp() {
  const clock = createVirtualClock({ startMs: 1_000_000, auto: false });
  const table = createFakeTable();
  return { clock, table, halts: createDynamoHalts({ dynamo: table.dynamo, table: 'steadfast', clock }) };
}

describe('halts in DynamoDB', () => {
  it('are not there until somebody asks', async () => {
    const { halts, table } = setUp();
    table.put({ pk: 'HALT#run-2', sk: 'HALT', reason: 'not this one' });
    expect(await halts.requested('run-1')).toBeUndefined();
  });

  it('give the reason for one run, and for all', async () => {
    const { halts, table } = setUp();
    table.put({ pk: 'HALT#run-1', sk: 'HALT', reason: 'Ana saw errors' });
    expect(await halts.requested('run-1')).toEqual({ reason: 'Ana saw errors' });
    table.put({ pk: 'HALT#ALL', sk: 'HALT', reason: 'an incident' });
    expect(await halts.requested('run-9')).toEqual({ reason: 'all runs: an incident' });
  });

  it('count no longer once they have expired, although DynamoDB still holds them', async () => {
    const { halts, table, clock } = setUp();
    table.put({ pk: 'HALT#run-1', sk: 'HALT', reason: 'old', expiresAt: 1_001 });
    expect(await halts.requested('run-1')).toEqual({ reason: 'old' });
    await clock.advance(1_000);
    expect(await halts.requested('run-1')).toBeUndefined();
  });

  it('are looked for once a second, however often a run asks', async () => {
    const { halts, table, clock } = setUp();
    for (let asked = 0; asked < 10; asked += 1) expect(await halts.requested('run-1')).toBeUndefined();
    expect(table.mock.calls()).toHaveLength(1);
    table.put({ pk: 'HALT#run-1', sk: 'HALT', reason: 'now' });
    await clock.advance(1_000);
    expect(await halts.requested('run-1')).toEqual({ reason: 'now' });
  });

  it('are never taken for absent when DynamoDB did not look', async () => {
    const { halts, table } = setUp();
    table.mock.on(BatchGetCommand).resolves({ Responses: {}, UnprocessedKeys: { steadfast: { Keys: [] } } });
    await expect(halts.requested('run-1')).rejects.toThrow('did not say whether a halt was asked for');
  });
});
