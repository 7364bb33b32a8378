import * as z from 'zod';
import { type Course, createWorld, dispatched, partOf, planned, startMs } from '../../campaign/dispatched.ts';
import { createFakeEventBuses } from '../../fakes/fake-event-buses.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import type { SentCall } from './recorded-calls.ts';

const minuteMs = 60_000;
const commandSchema = z.looseObject({ input: z.record(z.string(), z.unknown()) });

/** Every call that the function of a dispatcher sends for a campaign in its own environment and in one that it dispatches for. */
export async function recordDispatch(): Promise<SentCall[]> {
  const calls: SentCall[] = [];
  const busy = (start: number) =>
    start === 1
      ? ({ lastsMs: minuteMs, verdict: 'rejected', rejection: 'busy' } as const)
      : { lastsMs: minuteMs };
  const through: Course['through'] = (send, command) => {
    if (typeof command !== 'object' || command === null) throw new Error('this is no command');
    const { input } = commandSchema.parse(command);
    calls.push({ by: 'dispatch', command: command.constructor.name, input });
    return send(command);
  };
  const part = partOf([planned('first', [0, 5]), planned('second', [0, 5], { environment: 'sandbox' })]);
  await dispatched(part, { runs: { first: busy, second: busy }, through });
  // It is stopped, and each step comes twice: one tells people, the other asks whether they have been told.
  await dispatched(partOf([planned('first', [0, 5]), planned('second', [5, 10])]), {
    runs: { first: () => ({ lastsMs: minuteMs, verdict: 'errored' }) },
    invoke: async (call) => {
      const answer = await call();
      await call();
      return answer;
    },
    through,
  });
  await recordWithPartner(calls, through);
  return calls;
}

/** It tells a partner how it is, and hears of it. */
async function recordWithPartner(calls: SentCall[], through: Course['through']): Promise<void> {
  const other = { dispatcher: 'payments', account: '222222222222', region: 'eu-west-1', jobs: 1 };
  const clock = createVirtualClock({ startMs, auto: false });
  const { eventBridgeIn, pending } = createFakeEventBuses({
    clock,
    record: ({ Entries }) => calls.push({ by: 'dispatch', command: 'PutEventsCommand', input: { Entries } }),
  });
  const part = partOf([planned('first', [0, 5])], { others: [other] });
  const world = createWorld(part, through === undefined ? {} : { through }, { clock, eventBridgeIn });
  await world.step({ campaign: part.campaign, execution: 1 });
  const { dispatcher, account, region } = other;
  const word = { campaign: part.campaign, dispatcher, account, region, counts: {}, isOver: false };
  if (pending.length !== 1) throw new Error('the partner has not been told');
  await world.wake({
    source: `steadfast.campaign.${account}.${region}.${dispatcher}`,
    time: new Date(clock.now()).toISOString(),
    'detail-type': 'Campaign Part',
    detail: word,
  });
}
