import { describe, expect, it } from 'vitest';
import { haltKey } from '../../lib/aws/table-keys.ts';
import { createFakeEventBuses, type Delivery } from '../fakes/fake-event-buses.ts';
import { containing, withFields } from '../fakes/matching.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';
import { at, type Course, createWorld, startMs } from './dispatched.ts';
import { minuteMs } from './jobs.ts';
import {
  after3,
  busOf,
  endings,
  failing,
  type PartName,
  partIn,
  places,
  three,
  together,
  wordOfOhio,
} from './parts.ts';

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

  it('is not over before the others know, so that it can be gone on with once they can be told', async () => {
    let isAway = true;
    const clock = createVirtualClock({ startMs, auto: false });
    const buses = createFakeEventBuses({ clock, refuses: () => (isAway ? 'not authorized' : undefined) });
    const world = createWorld(partIn('dublin', 2, after3), {}, { clock, eventBridgeIn: buses.eventBridgeIn });
    world.table.put({ ...haltKey('20261201-abcdef12'), reason: 'the fair begins' });
    const first = await world.make({ campaign: '20261201-abcdef12', execution: 1 });
    expect(first).toMatchObject({ next: 'wait', reason: 'the fair begins' });
    await clock.advance(11 * minuteMs);
    await expect(world.make(first)).rejects.toThrow('cannot tell');
    expect((await world.outcome()).status).toMatchObject({ status: 'running', reason: 'the fair begins' });

    isAway = false;
    await expect(world.make({ campaign: '20261201-abcdef12', execution: 2 })).resolves.toMatchObject({
      next: 'stopped',
    });
    expect((await world.outcome()).status).toMatchObject({ status: 'stopped' });
    expect(buses.pending.map(({ event }) => event)).toContainEqual(
      withFields({ detail: withFields({ isOver: true }) }),
    );
  });

  it('starts nothing while another is not heard of, though it has just begun or goes on', async () => {
    const clock = createVirtualClock({ startMs, auto: false });
    const buses = createFakeEventBuses({ clock });
    const world = createWorld(partIn('dublin', 2), {}, { clock, eventBridgeIn: buses.eventBridgeIn });
    await world.wake(wordOfOhio());
    await clock.advance(40 * minuteMs);
    const held = await world.make({ campaign: '20261201-abcdef12', execution: 2 });
    expect((await world.outcome()).ran).toEqual([]);
    expect((await world.outcome()).status?.reason).toContain('has heard nothing of ohio');
    // Who has just come back is given the time that the other needs to come back, too.
    expect(held).toMatchObject({ next: 'wait', waitSeconds: 60 });
    await world.wake(wordOfOhio({}, at(40)));
    await world.make(held);
    expect((await world.outcome()).ran).toHaveLength(1);
  });

  it('follows what is under way to its end where it has nothing more to start', async () => {
    const silent = ({ event }: Delivery, nowMs: number) =>
      event['source'] === 'steadfast.campaign.222222222222.us-east-2.ohio' && nowMs > Date.parse(at(5))
        ? []
        : [{ afterMs: 1_000 }];
    const halted: Course['each'] = ({ nowMs, put }) => {
      if (nowMs >= Date.parse(at(2))) put({ ...haltKey('20261201-abcdef12'), reason: 'the fair begins' });
    };
    const long = { dublin0: () => ({ lastsMs: 90 * minuteMs }) };
    const both = (jobs: number) => [
      partIn(
        'dublin',
        jobs,
        {},
        places.slice(0, 2).map((place) => ({ ...place, jobs: 100 })),
      ),
      partIn(
        'ohio',
        12,
        {},
        places.slice(0, 2).map((place) => ({ ...place, jobs: 100 })),
      ),
    ];
    const [done] = await together(both(1), { dublin: { runs: long } }, { fate: silent });
    expect(done).toMatchObject({ ending: 'done', messages: [] });
    const [stopped] = await together(both(4), { dublin: { runs: long, each: halted } }, { fate: silent });
    expect(stopped).toMatchObject({ ending: 'stopped', messages: [] });
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
