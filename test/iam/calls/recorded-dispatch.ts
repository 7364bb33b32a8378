import * as z from 'zod';
import { type Course, dispatched, partOf, planned } from '../../campaign/dispatched.ts';
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
  return calls;
}
