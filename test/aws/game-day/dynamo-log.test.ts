import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { createDynamoLog } from '../../../lib/aws/game-day/dynamo-log.ts';
import { commandSchema } from '../../../lib/game-day/command.ts';
import type { NewEntry } from '../../../lib/game-day/entry.ts';
import { createFakeTable } from '../../fakes/fake-aws-table.ts';
import { matching } from '../../fakes/matching.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';

const edition = 'payment-outage-20261201-180000-4fzk';
const note = (text: string): NewEntry => ({
  kind: 'note',
  at: '2026-12-01T18:00:00.000Z',
  by: { proof: 'role', role: 'observer' },
  text,
});

function setUp() {
  const clock = createVirtualClock();
  const table = createFakeTable();
  const log = () => createDynamoLog({ dynamo: table.dynamo, table: 'steadfast', clock });
  return { clock, table, log };
}

const texts = (entries: readonly object[]) => entries.map((entry) => ('text' in entry ? entry.text : entry));

describe('the log of a game day in DynamoDB', () => {
  it('numbers what is written without a gap, and reads it page by page in order', async () => {
    const { log } = setUp();
    const one = log();
    expect(await one.append(edition, 0, [note('a')])).toBe('written');
    expect(await one.append(edition, 1, ['b', 'c', 'd', 'e', 'f'].map(note))).toBe('written');
    const read = await log().read(edition);
    expect(read.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(texts(read)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(texts(await one.read(edition, 4))).toEqual(['e', 'f']);
    expect(await log().read('another-20261201-180000-4fzk')).toEqual([]);
  });

  it('of two who write behind the same entry tells one that somebody was quicker, and writes nothing of theirs', async () => {
    const { log } = setUp();
    await log().append(edition, 0, [note('a')]);
    const both = await Promise.all([
      log().append(edition, 1, [note('b1'), note('b2')]),
      log().append(edition, 1, [note('c')]),
    ]);
    expect(both.toSorted()).toEqual(['conflict', 'written']);
    expect(texts(await log().read(edition))).toEqual(both[0] === 'written' ? ['a', 'b1', 'b2'] : ['a', 'c']);
  });

  it('leaves no gap where somebody writes behind what is not there', async () => {
    const { log } = setUp();
    expect(await log().append(edition, 3, [note('a')])).toBe('conflict');
    expect(await log().read(edition)).toEqual([]);
  });

  it('hears of what another function has written, though it remembers what it has read', async () => {
    const { log } = setUp();
    const [one, other] = [log(), log()];
    await one.append(edition, 0, [note('a')]);
    expect(texts(await one.read(edition))).toEqual(['a']);
    await other.append(edition, 1, [note('b')]);
    expect(texts(await one.read(edition))).toEqual(['a', 'b']);
  });

  it('steps aside for a table that throttles, and then says so rather than that somebody was quicker', async () => {
    const { table, clock, log } = setUp();
    const throttled = Object.assign(new Error('throttled'), {
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'ThrottlingError' }],
    });
    table.mock.on(TransactWriteCommand).rejectsOnce(throttled).resolves({});
    const [written] = await Promise.all([log().append(edition, 0, [note('a')]), clock.advance(1_000)]);
    expect(written).toBe('written');
    table.mock.on(TransactWriteCommand).rejects(throttled);
    const refused = expect(log().append(edition, 0, [note('a')])).rejects.toThrow('throttled');
    await clock.advance(10_000);
    await refused;
  });

  it('can hold the longest that a person may write, and refuses what is longer before it is sent', async () => {
    const { table, log } = setUp();
    const longest = '€'.repeat(2_000);
    expect(commandSchema.safeParse({ do: 'note', text: longest }).success).toBe(true);
    expect(commandSchema.safeParse({ do: 'note', text: `${longest}!` }).success).toBe(false);
    expect(await log().append(edition, 0, [note(longest)])).toBe('written');
    // DynamoDB takes items of 400 kB.
    expect(Buffer.byteLength(JSON.stringify([...table.items.values()]))).toBeLessThan(400_000 / 10);
  });

  it('cuts what services tell without a bound, so that an item and a transaction of many stay within what DynamoDB takes', async () => {
    const { table, log } = setUp();
    const change = (key: number): NewEntry => ({
      kind: 'change',
      at: '2026-12-01T18:00:00.000Z',
      by: { proof: 'steadfast' },
      key: String(key),
      event: 'x'.repeat(50_000),
      source: 'ecs.amazonaws.com',
      who: '€'.repeat(5_000),
      resources: Array.from({ length: 100 }, (_, index) => `${'r'.repeat(300)}${index}`),
    });
    const all = Array.from({ length: 99 }, (_, key) => change(key));
    expect(await log().append(edition, 0, all)).toBe('written');
    const sizes = [...table.items.values()].map((item) => Buffer.byteLength(JSON.stringify(item)));
    expect(Math.max(...sizes)).toBeLessThan(400_000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(4 * 1_024 * 1_024);
    const [first] = await log().read(edition);
    expect(first).toMatchObject({ kind: 'change', key: '0', event: matching(/^x+…$/) });
  });
});
