import type { CampaignPart, OtherPart } from '../../lib/campaign/plan-document.ts';
import { createFakeEventBuses, type Delivery } from '../fakes/fake-event-buses.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';
import { at, type Course, createWorld, partOf, planned, startMs } from './dispatched.ts';
import { minuteMs } from './jobs.ts';

/** Where the parts of a campaign are: three accounts, two Regions. */
export const places = [
  { dispatcher: 'dublin', account: '111111111111', region: 'eu-west-1' },
  { dispatcher: 'ohio', account: '222222222222', region: 'us-east-2' },
  { dispatcher: 'payments', account: '333333333333', region: 'eu-west-1' },
] as const;

export type PartName = (typeof places)[number]['dispatcher'];

export const busOf = (name: PartName): string => {
  const { account, region } = places.find(({ dispatcher }) => dispatcher === name) ?? places[0];
  return `arn:aws:events:${region}:${account}:event-bus/steadfast-${name}-campaigns`;
};

/** A part whose runs come one after another, ten minutes each, `count` of them. */
export function partIn(
  name: PartName,
  count: number,
  change: Partial<CampaignPart> = {},
  all: readonly OtherPart[] = places.map((place) => ({ ...place, jobs: 100 })),
): CampaignPart {
  const place = places.find(({ dispatcher }) => dispatcher === name) ?? places[0];
  const jobs = Array.from({ length: count }, (_, index) =>
    planned(`${name}${index}`, [index * 10, index * 10 + 10], { environment: name, touches: ['shop'] }),
  );
  return partOf(jobs, {
    ...place,
    environments: [{ id: name, runs: 5, blackouts: [] }],
    others: all.filter(({ dispatcher }) => dispatcher !== name),
    ...change,
  });
}

/** What ohio tells, as EventBridge gives it to a function. */
export const wordOfOhio = (
  change: object = {},
  time = at(0),
  source = 'steadfast.campaign.222222222222.us-east-2.ohio',
) => ({
  source,
  time,
  'detail-type': 'Campaign Part',
  detail: {
    campaign: '20261201-abcdef12',
    dispatcher: 'ohio',
    account: '222222222222',
    region: 'us-east-2',
    counts: { deviated: 2 },
    isOver: false,
    ...change,
  },
});

/** What happens to the events between parts. */
export interface Way {
  /** What becomes of one that is on its way: how often it arrives, and when. */
  readonly fate?: (delivery: Delivery, nowMs: number) => readonly { readonly afterMs: number }[];
  readonly refuses?: (bus: string, nowMs: number) => string | undefined;
}

/** How one part went. */
type Ending = 'done' | 'stopped' | 'failed' | 'still waiting';

/** As often as the state machine makes a step that fails (dispatcher.asl.json), some minutes apart. */
const [mostRetries, retryMs] = [10, 2 * minuteMs] as const;

/** Follows all parts of a campaign at once, each in its own account, by the real handler. */
export async function together(
  parts: readonly CampaignPart[],
  courses: Partial<Record<string, Course>> = {},
  { fate = () => [{ afterMs: 1_000 }], refuses }: Way = {},
  /** Minutes after which each begins. */
  begins: Partial<Record<string, number>> = {},
) {
  const clock = createVirtualClock({ startMs, auto: false });
  const buses = createFakeEventBuses({ clock, refuses: (bus) => refuses?.(bus, clock.now()) });
  const followed = parts.map((part) => ({
    part,
    world: createWorld(part, courses[part.dispatcher] ?? {}, { clock, eventBridgeIn: buses.eventBridgeIn }),
    state: { campaign: part.campaign, execution: 1 } as unknown,
    dueMs: startMs + (begins[part.dispatcher] ?? 0) * minuteMs,
    failures: 0,
    ending: 'still waiting' as Ending,
  }));
  const onTheWay: { readonly atMs: number; readonly delivery: Delivery }[] = [];
  const worldAt = ({ bus }: Delivery) =>
    followed.find(({ part }) => bus.endsWith(`/steadfast-${part.dispatcher}-campaigns`))?.world;

  const step = async (one: (typeof followed)[number]): Promise<void> => {
    try {
      const next = await one.world.make(one.state);
      one.failures = 0;
      one.state = next;
      one.dueMs = clock.now() + (next.next === 'wait' ? (next.waitSeconds ?? 0) * 1_000 : 0);
      if (next.next === 'done' || next.next === 'stopped') one.ending = next.next;
    } catch (thrown) {
      if (!(thrown instanceof Error) || thrown.name === 'Steadfast.invalid') throw thrown;
      one.failures += 1;
      one.dueMs = clock.now() + retryMs;
      if (one.failures > mostRetries) one.ending = 'failed';
    }
    for (const delivery of buses.pending.splice(0))
      for (const { afterMs } of fate(delivery, clock.now()))
        onTheWay.push({ atMs: clock.now() + afterMs, delivery });
  };

  for (let left = 2_000; left > 0; left -= 1) {
    const under = followed.filter(({ ending }) => ending === 'still waiting');
    const [next] = under.toSorted((a, b) => a.dueMs - b.dueMs);
    const [event] = onTheWay.toSorted((a, b) => a.atMs - b.atMs);
    const atMs = Math.min(next?.dueMs ?? Number.POSITIVE_INFINITY, event?.atMs ?? Number.POSITIVE_INFINITY);
    if (!Number.isFinite(atMs)) break;
    await clock.advance(Math.max(0, atMs - clock.now()));
    if (event !== undefined && event.atMs <= (next?.dueMs ?? event.atMs)) {
      onTheWay.splice(onTheWay.indexOf(event), 1);
      await worldAt(event.delivery)?.wake(event.delivery.event);
    } else if (next !== undefined) await step(next);
  }
  return Promise.all(
    followed.map(async ({ part, world, ending }) => ({
      name: part.dispatcher,
      ending,
      ...(await world.outcome()),
    })),
  );
}

const deviating = { lastsMs: 5 * minuteMs, verdict: 'deviated' } as const;

export const after3 = { stopAfter: { deviated: 3 } } as const;

/** The first runs of a part deviate; the rest hold. */
export const failing = (name: string, count: number): Course => ({
  runs: Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}${index}`, () => deviating])),
});

/** All three parts, six runs each. */
export const three = (change: Partial<CampaignPart> = {}) =>
  places.map(({ dispatcher }) => partIn(dispatcher, 6, { ...after3, ...change }));

/** How a part went, and what came of it. */
export type Outcome = Awaited<ReturnType<typeof together>>[number];

export const endings = (all: readonly Outcome[]) => all.map(({ name, ending }) => `${name} ${ending}`);
