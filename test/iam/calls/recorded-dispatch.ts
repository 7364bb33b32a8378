import * as z from 'zod';
import { dispatched, partOf, planned } from '../../campaign/dispatched.ts';
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
  await dispatched(
    partOf([planned('first', [0, 5]), planned('second', [0, 5], { environment: 'sandbox' })]),
    {
      runs: { first: busy, second: busy },
      through: (send, command) => {
        if (typeof command !== 'object' || command === null) throw new Error('this is no command');
        const { input } = commandSchema.parse(command);
        calls.push({ by: 'dispatch', command: command.constructor.name, input });
        return send(command);
      },
    },
  );
  return calls;
}
