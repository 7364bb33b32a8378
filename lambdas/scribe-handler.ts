import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { PublishCommand } from '@aws-sdk/client-sns';
import * as z from 'zod/mini';
import { type AwsClients, createAwsClients } from '../lib/aws/clients.ts';
import { createEventClock } from '../lib/aws/event-clock.ts';
import { createDynamoLog } from '../lib/aws/game-day/dynamo-log.ts';
import { createEditions } from '../lib/aws/game-day/editions.ts';
import { overdueInWords, remindOfOverdue } from '../lib/aws/game-day/reminders.ts';
import { createS3Inputs } from '../lib/aws/game-day/s3-inputs.ts';
import { hearAlarm, isHeard, lookAround, type ScribePorts } from '../lib/aws/game-day/scribe.ts';
import { topicMessage } from '../lib/aws/topic-message.ts';
import { SteadfastError } from '../lib/experiment/steadfast-error.ts';
import type { Clock } from '../lib/run/ports.ts';
import { createFunctionLog, type FunctionLog } from './log.ts';
import { reportedError } from './reported-error.ts';
import { readAlarmEvent } from './scribe-event.ts';
import { readSettings } from './settings.ts';

type Clients = Pick<AwsClients, 'dynamo' | 's3' | 'sns'> & ScribePorts['clients'];

/** What tests put in place of the real thing. */
interface Replacements {
  readonly variables?: Readonly<Record<string, string | undefined>>;
  readonly clients?: Clients;
  readonly clock?: Clock;
  readonly log?: Pick<FunctionLog, 'error' | 'info'>;
}

const gameDaysSchema = z.array(
  z.object({ id: z.string(), title: z.string(), cadence: z.enum(['monthly', 'quarterly']) }),
);

/**
 * A handler that writes into the logs of the editions that are under way what nobody tells them: an alarm that changes, when its event comes;
 * each minute how alarms are and what CloudTrail tells of changes, until a while after an edition is over. It reminds people of game days
 * that are overdue, too.
 *
 * @throws an Error whose name is `Steadfast.<code>`: Lambda tries again, and the function's alarm tells.
 */
export function createScribeHandler(replacements: Replacements = {}): (event: unknown) => Promise<void> {
  const { variables = process.env } = replacements;
  let clients = replacements.clients;
  let logger = replacements.log;
  return async (event) => {
    try {
      const { environment, table, bucket, topicArn } = readSettings(variables);
      logger ??= createFunctionLog({ environment });
      clients ??= { ...createAwsClients(), cloudTrail: new CloudTrailClient({ maxAttempts: 4 }) };
      const { dynamo, s3, sns } = clients;
      const clock = replacements.clock ?? createEventClock();
      const editions = createEditions({ dynamo, table });
      const log = createDynamoLog({ dynamo, table, clock });
      const ports = { clients, clock, environment, editions, log, inputs: createS3Inputs({ s3, bucket }) };
      const all = await editions.all();
      const heard = all.filter((edition) => isHeard(edition, clock.now()));
      const alarm = readAlarmEvent(event);
      if (alarm !== undefined) {
        for (const edition of heard) await hearAlarm(ports, edition, alarm);
        return;
      }
      const failed: unknown[] = [];
      for (const edition of heard) failed.push(...(await lookAround(ports, edition)));
      await remindOfOverdue(
        { dynamo, table, clock, tell: tellBy(sns, topicArn, environment) },
        readGameDays(variables),
        all,
      );
      logger.info('looked', { editions: heard.length });
      // What keeps one edition from being written keeps no other, and nobody from being reminded.
      for (const why of failed) throw why;
    } catch (thrown) {
      const error = reportedError(thrown);
      logger?.error('not all was written down', error);
      throw error;
    }
  };
}

const tellBy =
  (
    sns: AwsClients['sns'],
    topicArn: string,
    environment: string,
  ): Parameters<typeof remindOfOverdue>[0]['tell'] =>
  async (overdue) => {
    const { subject, body } = overdueInWords(environment, overdue);
    const message = topicMessage(topicArn, {
      thread: `game-day-${overdue.id}`,
      kind: 'Steadfast game day',
      subject,
      body,
      attributes: { gameDay: overdue.id, reminder: 'overdue' },
    });
    await sns.send(new PublishCommand(message));
  };

function readGameDays(variables: Readonly<Record<string, string | undefined>>) {
  try {
    return gameDaysSchema.parse(JSON.parse(variables['STEADFAST_GAME_DAYS'] ?? '[]'));
  } catch (cause) {
    throw new SteadfastError('invalid', 'the environment variable STEADFAST_GAME_DAYS is wrong', {
      hint: 'deploy the game days again',
      cause,
    });
  }
}
