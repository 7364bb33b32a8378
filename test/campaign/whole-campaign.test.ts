import { describe, expect, it } from 'vitest';
import { haltKey } from '../../lib/aws/table-keys.ts';
import { matching } from '../fakes/matching.ts';
import { at } from './dispatched.ts';
import { endings, failing, type Outcome, partIn, places, three, together } from './parts.ts';

const messagesOf = (all: readonly Outcome[]) =>
  all.flatMap(({ messages }) => messages.map(({ Subject }) => Subject));

describe('a campaign in several accounts and Regions', () => {
  it('stops everywhere after what its policy bears in all of them together', async () => {
    const all = await together(three(), {
      dublin: failing('dublin', 1),
      ohio: failing('ohio', 1),
      payments: failing('payments', 1),
    });
    expect(endings(all)).toEqual(['dublin stopped', 'ohio stopped', 'payments stopped']);
    for (const { ran, progress } of all) {
      // What was under way ended; nothing was started once the third verdict was heard of.
      expect(ran.length).toBeLessThanOrEqual(2);
      expect(progress.every(({ status }) => status === 'ended')).toBe(true);
    }
  });

  it('goes on everywhere below that', async () => {
    const all = await together(three(), { dublin: failing('dublin', 1), ohio: failing('ohio', 1) });
    expect(endings(all)).toEqual(['dublin done', 'ohio done', 'payments done']);
    expect(messagesOf(all)).toEqual([]);
  });

  it('says in each part why it stopped and where that began, and tells people once', async () => {
    const all = await together(three(), { ohio: failing('ohio', 3) });
    expect(endings(all)).toEqual(['dublin stopped', 'ohio stopped', 'payments stopped']);
    const [dublin, ohio] = all;
    expect(ohio?.status).toMatchObject({ reason: '3 runs ended as deviated' });
    expect(ohio?.status).not.toHaveProperty('stoppedIn');
    expect(dublin?.status).toMatchObject({
      reason: '3 runs ended as deviated, in ohio (222222222222 us-east-2)',
      stoppedIn: { dispatcher: 'ohio', account: '222222222222', region: 'us-east-2' },
    });
    expect(messagesOf(all)).toEqual([
      'Steadfast: campaign 20261201-abcdef12 is stopped, 3 runs ended as deviated',
    ]);
    const [message] = ohio?.messages ?? [];
    expect(message?.Message).toContain('It was stopped in ohio (222222222222 us-east-2)');
    expect(message?.Message).toContain('campaign status 20261201-abcdef12 --env payments');
  });

  it('counts in its message what happened elsewhere', async () => {
    const all = await together(three(), { ohio: failing('ohio', 1), payments: failing('payments', 2) });
    expect(messagesOf(all)).toHaveLength(1);
    const [message] = all.flatMap(({ messages }) => messages);
    expect(message?.Message).toContain('Ended as deviated in other parts:');
    expect(message?.Message).toContain('1 in ohio (222222222222 us-east-2)');
  });

  it('is halted everywhere by whoever halts one part', async () => {
    const all = await together(three(), {
      payments: {
        each: ({ nowMs, put }) => {
          const reason = `the fair begins${' and begins'.repeat(200)}`;
          if (nowMs >= Date.parse(at(12))) put({ ...haltKey('20261201-abcdef12'), reason });
        },
      },
    });
    expect(endings(all)).toEqual(['dublin stopped', 'ohio stopped', 'payments stopped']);
    expect(all[0]?.status).toMatchObject({
      reason: matching(/^the fair begins and .*, in payments \(333333333333 eu-west-1\)$/),
    });
    // Who halts it knows.
    expect(messagesOf(all)).toEqual([]);
  });

  it('stops a part that begins only afterwards', async () => {
    const all = await together(three(), { ohio: failing('ohio', 3) }, {}, { payments: 300 });
    expect(endings(all)).toEqual(['dublin stopped', 'ohio stopped', 'payments stopped']);
    expect(all[2]?.ran).toEqual([]);
  });

  it('counts what a part tells only as far as the plan knows that part', async () => {
    const parts = places.map(({ dispatcher }) =>
      partIn(dispatcher, 4, { stopAfter: { deviated: 2 } }, [
        { ...places[0], jobs: 4 },
        { ...places[1], jobs: 1 },
      ]),
    );
    const all = await together(parts, { payments: failing('payments', 2) });
    // Nobody's plan has what payments has, and ohio has one run there.
    expect(endings(all.slice(0, 2))).toEqual(['dublin done', 'ohio done']);
  });
});
