import { describe, expect, it } from 'vitest';
import { haltKey } from '../../lib/aws/table-keys.ts';
import { containing, matching } from '../fakes/matching.ts';
import { at, type Course, createWorld } from './dispatched.ts';
import { minuteMs } from './jobs.ts';
import { busOf, type PartName, partIn, places, together } from './parts.ts';

const deviating = { lastsMs: 5 * minuteMs, verdict: 'deviated' } as const;
const after3 = { stopAfter: { deviated: 3 } } as const;

/** The first runs of a part deviate; the rest hold. */
const failing = (name: string, count: number): Course => ({
  runs: Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}${index}`, () => deviating])),
});

const three = (change = {}) =>
  places.map(({ dispatcher }) => partIn(dispatcher, 6, { ...after3, ...change }));

type Outcome = Awaited<ReturnType<typeof together>>[number];
const endings = (all: readonly Outcome[]) => all.map(({ name, ending }) => `${name} ${ending}`);
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

describe('the function of dispatchers, woken by an event', () => {
  const from = { dispatcher: 'ohio', account: '222222222222', region: 'us-east-2' };
  const word = { campaign: '20261201-abcdef12', ...from, counts: { deviated: 2 }, isOver: false };
  const event = (change: object = {}, source = 'steadfast.campaign.222222222222.us-east-2.ohio') => ({
    source,
    'detail-type': 'Campaign Part',
    detail: { ...word, ...change },
  });
  const world = () => createWorld(partIn('dublin', 2), {});
  const kept = ({ table }: ReturnType<typeof world>) => [...table.items.values()];

  it('keeps what is told, though its own part has not begun, and gives no state', async () => {
    const own = world();
    await expect(own.wake(event())).resolves.toBeUndefined();
    expect(kept(own)).toMatchObject([
      {
        pk: 'CAMPAIGN#20261201-abcdef12',
        sk: 'PART#222222222222#us-east-2#ohio',
        counts: { deviated: 2 },
        heardAt: at(0),
        expiresAt: (Date.parse(at(0)) + 184 * 24 * 60 * minuteMs) / 1_000,
      },
    ]);
  });

  it('loses nothing where several come at once', async () => {
    const own = world();
    const told = [{ deviated: 3 }, { held: 4 }, { deviated: 1, errored: 1 }];
    await Promise.all(told.map((counts) => own.wake(event({ counts }))));
    expect(kept(own)).toMatchObject([{ counts: { deviated: 3, held: 4, errored: 1 } }]);
  });

  it.each([
    ['told in the name of another part', event({}, 'steadfast.campaign.333333333333.eu-west-1.payments')],
    ['no name of a campaign', event({ campaign: '#JOB' })],
    ['no count', event({ counts: { deviated: -1 } })],
    ['an event of another kind', { ...event(), 'detail-type': 'Verdict' }],
  ])('keeps nothing that is %s', async (_what, told) => {
    const own = world();
    await expect(own.wake(told)).resolves.toBeUndefined();
    expect(kept(own)).toEqual([]);
  });
});

describe('a part that is cut off from another', () => {
  const unreachable = (name: PartName, fromMinute: number) => ({
    refuses: (bus: string, nowMs: number) =>
      bus === busOf(name) && nowMs >= Date.parse(at(fromMinute)) ? 'not authorized' : undefined,
  });

  it('starts nothing before each of the others could be told once, and says why', async () => {
    const [dublin, ohio] = await together(three(), {}, unreachable('payments', 0));
    expect([dublin?.ran, ohio?.ran]).toEqual([[], []]);
    expect(dublin?.status).toMatchObject({
      status: 'running',
      reason: containing('payments (333333333333 eu-west-1): arn:aws:events:eu-west-1:333333333333'),
    });
  });

  it('starts for some minutes what is due, then nothing; tells people once, and fails so that its alarm rings', async () => {
    const all = await together(three(), {}, unreachable('payments', 15));
    expect(endings(all)).toEqual(['dublin failed', 'ohio failed', 'payments failed']);
    for (const { ran } of all.slice(0, 2)) expect(ran.every(({ from }) => from <= 26)).toBe(true);
    // The third hears of nobody any more, half an hour later.
    expect(all[2]?.ran.every(({ from }) => from <= 46)).toBe(true);
    for (const { name, messages } of all)
      expect(messages.map(({ Subject }) => Subject)).toEqual([
        `Steadfast: campaign 20261201-abcdef12 is cut off in ${name}`,
      ]);
    expect(all[0]?.messages[0]?.Message).toContain('not authorized');
    expect(all[2]?.messages[0]?.Message).toContain('has heard nothing of dublin');
  });

  it('tells people of a stop, too, that it comes to while it is cut off', async () => {
    const [dublin] = await together(
      three({ stopAfter: { deviated: 1 } }),
      // It is under way while the other cannot be told any more, and over a quarter of an hour later.
      { dublin: { runs: { dublin1: () => ({ lastsMs: 20 * minuteMs, verdict: 'deviated' }) } } },
      unreachable('payments', 15),
    );
    const subjects = dublin?.messages.map(({ Subject }) => Subject);
    expect(subjects).toContain('Steadfast: campaign 20261201-abcdef12 is stopped, 1 run ended as deviated');
    expect(subjects).toContain('Steadfast: campaign 20261201-abcdef12 is cut off in dublin');
    expect(subjects).toHaveLength(2);
  });

  it('goes on where the other can be told again in time', async () => {
    const refuses = (bus: string, nowMs: number) =>
      bus === busOf('payments') && nowMs >= Date.parse(at(15)) && nowMs < Date.parse(at(30))
        ? 'throttled'
        : undefined;
    const all = await together(three(), {}, { refuses });
    expect(endings(all)).toEqual(['dublin done', 'ohio done', 'payments done']);
  });

  it('ends only once the others know how', async () => {
    const refuses = (bus: string, nowMs: number) =>
      bus === busOf('ohio') && nowMs >= Date.parse(at(14)) && nowMs < Date.parse(at(20))
        ? 'throttled'
        : undefined;
    const parts = [partIn('dublin', 2, after3), partIn('ohio', 8, after3)];
    const both = parts.map((part) => ({
      ...part,
      others: part.others?.filter(({ dispatcher }) => dispatcher !== 'payments'),
    }));
    const all = await together(both, { dublin: failing('dublin', 2), ohio: failing('ohio', 1) }, { refuses });
    expect(endings(all)).toEqual(['dublin done', 'ohio stopped']);
  });
});
