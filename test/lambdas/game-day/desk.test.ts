import { GetObjectCommand } from '@aws-sdk/client-s3';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { recordPageSchema } from '../../../lib/game-day/record-page.ts';
import { people } from '../../fakes/game-day/game-day-world.ts';
import { callers, createDeskWorld, edition } from './desk-world.ts';

const query = { edition };

const actAs = (command: unknown, role?: string) => ({
  body: JSON.stringify({ edition, command, ...(role === undefined ? {} : { role }) }),
});

const refused = (code: string, message: RegExp) => ({
  error: { code, message: expect.stringMatching(message) as string, hint: expect.any(String) as string },
});

describe('the desk', () => {
  test('lists the editions', async () => {
    const world = createDeskWorld();
    await world.begin();
    expect(await world.desk(callers.bea, 'GET', '/editions')).toEqual({
      status: 200,
      answer: {
        editions: [
          {
            edition,
            gameDay: 'payment-outage',
            title: 'The payment service goes down',
            beganAt: '2026-12-01T18:00:00.000Z',
          },
        ],
      },
    });
  });

  test('shows an edition to whoever AWS says has called, in their role', async () => {
    const world = createDeskWorld();
    await world.begin();
    await world.proposeGo();
    const shown = z.object({
      view: z.object({ role: z.string(), offers: z.array(z.object({ id: z.string() })) }),
    });
    const viewFor = async (arn: string) =>
      shown.parse((await world.desk(arn, 'GET', '/view', { query })).answer).view;
    const bea = await viewFor(callers.bea);
    expect(bea.role).toBe('observer');
    expect(bea.offers.map(({ id }) => id)).toContain('approve');
    // Whoever proposed it is not offered to approve it.
    const olga = await viewFor(callers.olga);
    expect(olga.offers.map(({ id }) => id)).not.toContain('approve');
  });

  test('writes down who AWS says they are, whatever they say', async () => {
    const world = createDeskWorld();
    await world.begin();
    expect(
      await world.desk(callers.carl, 'POST', '/act', actAs({ do: 'note', text: 'on-call paged' })),
    ).toEqual({ status: 200, answer: {} });
    expect((await world.entries()).at(-1)).toMatchObject({
      kind: 'note',
      text: 'on-call paged',
      by: { proof: 'iam', role: 'onCall', principal: callers.carl },
    });
    const claimed = { edition, by: people.olga, command: { do: 'halt' } };
    const answer = await world.desk(callers.carl, 'POST', '/act', { body: JSON.stringify(claimed) });
    expect(answer).toEqual({ status: 400, answer: refused('invalid', /by/) });
  });

  test.each([
    ['unsigned', undefined, 'GET', '/view', { query }, 403, refused('permission', /not signed/)],
    ['a stranger', callers.nobody, 'GET', '/view', { query }, 403, refused('permission', /has no role on/)],
    [
      'a stranger who acts',
      callers.nobody,
      'POST',
      '/act',
      actAs({ do: 'halt' }),
      403,
      refused('permission', /has no role on/),
    ],
    [
      'a stranger who reads',
      callers.nobody,
      'GET',
      '/record',
      { query },
      403,
      refused('permission', /no role/),
    ],
    [
      "somebody else's role",
      callers.bea,
      'POST',
      '/act',
      actAs({ do: 'pause' }, 'operator'),
      403,
      refused('permission', /may not act as operator/),
    ],
    [
      'what the role may not',
      callers.bea,
      'POST',
      '/act',
      actAs({ do: 'pause' }),
      403,
      refused('permission', /only somebody in the role/),
    ],
    ['no edition', callers.bea, 'GET', '/view', {}, 400, refused('invalid', /edition/)],
    [
      'an edition of no name',
      callers.bea,
      'GET',
      '/view',
      { query: { edition: 'EDITIONS' } },
      400,
      refused('invalid', /is no edition/),
    ],
    [
      'an unknown edition',
      callers.bea,
      'GET',
      '/view',
      { query: { edition: 'other-20261201-180000-0000' } },
      404,
      refused('unknown-id', /there is no edition/),
    ],
    ['no JSON', callers.bea, 'POST', '/act', { body: '{' }, 400, refused('invalid', /is no JSON/)],
    ['another route', callers.bea, 'POST', '/view', { query }, 400, refused('invalid', /POST \/view/)],
  ] as const)('refuses %s, in words and with a code', async (_, arn, method, path, rest, status, answer) => {
    const world = createDeskWorld();
    await world.begin();
    world.killSwitch.resetHistory();
    expect(await world.desk(arn, method, path, rest)).toEqual({ status, answer });
    expect(world.killSwitch.commandCalls(StartExecutionCommand)).toEqual([]);
  });

  test('says that it failed, and where that is told, where it did', async () => {
    const world = createDeskWorld();
    await world.begin();
    world.bucket.mock.on(GetObjectCommand).rejects(new Error('the bucket is away'));
    const { status, answer } = await world.desk(callers.bea, 'GET', '/view', { query });
    expect(status).toBe(500);
    expect(answer).toEqual(refused('internal', /the bucket is away/));
    expect(JSON.stringify(answer)).toContain('request-2');
    expect(JSON.stringify(answer)).not.toMatch(/\\n\s+at /);
  });

  test('gives the whole record, page by page, each small enough for a function', async () => {
    const world = createDeskWorld();
    await world.begin();
    for (let index = 0; index < 1_500; index += 1) await writeNote(world, index);
    const entries: unknown[] = [];
    let pages = 0;
    let after = 0;
    for (;;) {
      const { answer } = await world.desk(callers.bea, 'GET', '/record', {
        query: { ...query, after: String(after) },
      });
      expect(JSON.stringify({ body: JSON.stringify(answer) }).length).toBeLessThan(6_000_000);
      const page = recordPageSchema.parse(answer);
      expect(page.input === undefined).toBe(after > 0);
      entries.push(...page.entries);
      pages += 1;
      if (page.next === undefined) break;
      after = page.next;
    }
    expect(pages).toBeGreaterThan(1);
    expect(entries).toEqual(await world.entries());
  });
});

/** A long one, written past the rules: what is asked about is the reading. */
async function writeNote({ table, clock }: ReturnType<typeof createDeskWorld>, index: number): Promise<void> {
  const number = index + 2;
  const at = new Date(clock.now()).toISOString();
  table.put({
    pk: `GAMEDAY#${edition}`,
    sk: `ENTRY#${String(number).padStart(6, '0')}`,
    entry: { kind: 'note', number, at, writtenAt: at, by: people.bea, text: '"'.repeat(2_000) },
  });
}
