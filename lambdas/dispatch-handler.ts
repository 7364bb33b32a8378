import * as z from 'zod/mini';
import { createDispatchClients, type DispatchClients } from '../lib/aws/campaign/dispatch-clients.ts';
import { createDispatchPorts } from '../lib/aws/campaign/dispatch-ports.ts';
import { createEventClock } from '../lib/aws/event-clock.ts';
import { advance } from '../lib/campaign/dispatch/advance.ts';
import { type DispatchState, dispatchStateSchema } from '../lib/campaign/dispatch/dispatch-state.ts';
import { hear, isEvent } from '../lib/campaign/dispatch/hear.ts';
import { SteadfastError } from '../lib/experiment/steadfast-error.ts';
import type { Clock } from '../lib/run/ports.ts';
import { createFunctionLog, type FunctionLog } from './log.ts';
import { reportedError } from './reported-error.ts';
import { readSettings } from './settings.ts';

/** What tests put in place of the real thing. */
interface Replacements {
  readonly variables?: Readonly<Record<string, string | undefined>>;
  readonly clients?: DispatchClients;
  readonly clock?: Clock;
  readonly log?: Pick<FunctionLog, 'error' | 'info'>;
}

const eventSchema = z.object({ state: dispatchStateSchema });

/**
 * A handler that makes one step of a campaign: event `{ state }` in, the next state out. An event of the bus for campaigns, by which another
 * dispatcher tells how its part is, is kept for the next step.
 *
 * @throws an Error whose name is `Steadfast.<code>`, or `Steadfast.retryable` where the same may soon succeed.
 */
export function createDispatchHandler({
  variables,
  clients,
  clock,
  log,
}: Replacements = {}): (event: unknown) => Promise<DispatchState | undefined> {
  let made: DispatchClients | undefined;
  let logger: Pick<FunctionLog, 'error' | 'info'> | undefined = log;
  return async (event) => {
    try {
      const { environment, table, bucket, topicArn } = readSettings(variables ?? process.env);
      logger ??= createFunctionLog({ environment });
      made ??= clients ?? createDispatchClients();
      // The topic is the environment's own: its ARN says where all of it is.
      const [, , , region = '', account = ''] = topicArn.split(':');
      const ports = createDispatchPorts({
        clients: made,
        clock: clock ?? createEventClock(),
        table,
        bucket,
        topicArn,
        account,
        region,
      });
      if (isEvent(event)) {
        const word = await hear(ports, event);
        logger.info(word === undefined ? 'no word of another part' : 'word kept', { ...word });
        return undefined;
      }
      const read = eventSchema.safeParse(event);
      if (!read.success) {
        throw new SteadfastError('invalid', `this is no state of a campaign: ${read.error.message}`, {
          hint: 'start it with steadfast campaign run',
          cause: read.error,
        });
      }
      const next = await advance(ports, read.data.state);
      logger.info('step done', { campaign: next.campaign, next: next.next, cursor: next.cursor });
      return next;
    } catch (thrown) {
      const error = reportedError(thrown);
      logger?.error('step failed', error);
      throw error;
    }
  };
}
