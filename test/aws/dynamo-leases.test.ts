import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { createDynamoLeases } from '../../lib/aws/dynamo-leases.ts';
import { leaseMs } from '../../lib/run/lease.ts';
import { createFakeTable } from '../fakes/fake-aws-table.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';

function setUp(places = 2) {
  const clock = createVirtualClock({ startMs: 1_000_000, auto: false });
  const table = createFakeTable();
  const leases = createDynamoLeases({ dynamo: table.dynamo, table: 'steadfast', clock, places });
  return { clock, table, leases };
}

/** Concluding may take so long (runner.asl.json). */
const longestStepMs = 300_000;

const lease = (runId: string, token: number) => ({ runId, services: ['shop'], token });

describe('leases in DynamoDB', () => {
  it('are taken on all services or on none', async () => {
    const { leases, clock, table } = setUp();
    expect(await leases.acquire('run-1', ['shop'], clock.now() + 60_000)).toMatchObject({ held: true });
    const before = [...table.items.keys()];
    expect(await leases.acquire('run-2', ['orders', 'shop'], clock.now() + 60_000)).toEqual({
      held: false,
      by: 'run-1',
    });
    expect([...table.items.keys()]).toEqual(before);
  });

  it('can be taken again by the run that holds them, so that a repeated admission is none the worse', async () => {
    const { leases, clock, table } = setUp();
    await leases.acquire('run-1', ['shop'], clock.now() + 60_000);
    expect(await leases.acquire('run-1', ['shop'], clock.now() + 90_000)).toMatchObject({ held: true });
    expect([...table.items.keys()].filter((key) => !key.endsWith('TOKEN'))).toHaveLength(2);
  });

  it('pass to another run once they have expired, and then cannot be renewed by the first', async () => {
    const { leases, clock } = setUp();
    await leases.acquire('run-1', ['shop'], clock.now() + 60_000);
    await clock.advance(60_001);
    expect(await leases.acquire('run-2', ['shop'], clock.now() + 60_000)).toMatchObject({ held: true });
    expect(await leases.renew(lease('run-1', 1), clock.now() + 60_000)).toBe(false);
    expect(await leases.renew(lease('run-2', 2), clock.now() + 60_000)).toBe(true);
  });

  it('given back and taken again by the same run cannot be renewed by whoever holds the old token', async () => {
    const { leases, clock } = setUp();
    const untilMs = clock.now() + 60_000;
    expect(await leases.acquire('run-1', ['shop'], untilMs)).toEqual({ held: true, token: 1 });
    await leases.release('run-1');
    expect(await leases.renew(lease('run-1', 1), untilMs)).toBe(false);
    expect(await leases.acquire('run-1', ['shop'], untilMs)).toEqual({ held: true, token: 2 });
    expect(await leases.renew(lease('run-1', 1), untilMs)).toBe(false);
    expect(await leases.renew(lease('run-1', 2), untilMs)).toBe(true);
    expect(await leases.acquire('run-1', ['shop'], untilMs)).toEqual({ held: true, token: 2 });
  });

  it('are left alone by a run whose clock is ten minutes off, for as long as a step takes between two renewals', async () => {
    const { clock, table } = setUp();
    const at = (offMs: number) =>
      createDynamoLeases({
        dynamo: table.dynamo,
        table: 'steadfast',
        clock: { ...clock, now: () => clock.now() + offMs },
        places: 2,
      });
    const [ours, ahead, behind] = [at(0), at(10 * 60_000), at(-10 * 60_000)];
    await ours.acquire('run-1', ['shop'], clock.now() + leaseMs);
    await clock.advance(longestStepMs - 1);
    for (const theirs of [ahead, behind])
      expect(await theirs.acquire('run-2', ['shop'], clock.now() + leaseMs)).toEqual({
        held: false,
        by: 'run-1',
      });
    expect(await ours.renew(lease('run-1', 1), clock.now() + leaseMs)).toBe(true);
  });

  it('are renewed even a little late, as long as nobody else took them', async () => {
    const { leases, clock } = setUp();
    await leases.acquire('run-1', ['shop'], clock.now() + 60_000);
    await clock.advance(60_001);
    expect(await leases.renew(lease('run-1', 1), clock.now() + 60_000)).toBe(true);
    expect((await leases.acquire('run-2', ['shop'], clock.now() + 60_000)).held).toBe(false);
  });

  it('are no more than the environment allows runs at once, whatever services they touch', async () => {
    const { leases, clock } = setUp(2);
    const untilMs = clock.now() + 60_000;
    await leases.acquire('run-1', ['a'], untilMs);
    await leases.acquire('run-2', ['b'], untilMs);
    expect(await leases.acquire('run-3', ['c'], untilMs)).toEqual({ held: false, by: 'run-1, run-2' });
    await leases.release('run-1');
    expect(await leases.acquire('run-3', ['c'], untilMs)).toMatchObject({ held: true });
  });

  it('are released by their own run only', async () => {
    const { leases, clock } = setUp();
    const untilMs = clock.now() + 60_000;
    await leases.acquire('run-1', ['shop'], untilMs);
    await leases.release('run-2');
    expect((await leases.acquire('run-2', ['shop'], untilMs)).held).toBe(false);
    await leases.release('run-1');
    expect((await leases.acquire('run-2', ['shop'], untilMs)).held).toBe(true);
  });

  it('are not taken for lost when another transaction was in the way', async () => {
    const clock = createVirtualClock();
    const table = createFakeTable();
    const leases = createDynamoLeases({ dynamo: table.dynamo, table: 'steadfast', clock, places: 2 });
    await leases.acquire('run-1', ['shop'], clock.now() + 60_000);
    const conflict = () =>
      new TransactionCanceledException({
        message: 'conflict',
        $metadata: {},
        CancellationReasons: [{ Code: 'TransactionConflict' }],
      });
    table.mock.on(TransactWriteCommand).rejectsOnce(conflict()).resolvesOnce({});
    expect(await leases.renew(lease('run-1', 1), clock.now() + 60_000)).toBe(true);
    table.mock.on(TransactWriteCommand).rejects(conflict());
    await expect(leases.renew(lease('run-1', 1), clock.now() + 60_000)).rejects.toThrow('conflict');
  });

  it('of two runs that ask at the same moment go to one', async () => {
    const { leases, clock } = setUp();
    const untilMs = clock.now() + 60_000;
    const answers = await Promise.all(
      ['run-1', 'run-2', 'run-3'].map((run) => leases.acquire(run, ['shop'], untilMs)),
    );
    expect(answers.filter(({ held }) => held)).toHaveLength(1);
  });
});
