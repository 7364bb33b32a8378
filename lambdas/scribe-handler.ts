import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { PublishCommand } from '@aws-sdk/client-sns';
import * as z from 'zod/mini';
import { type AwsClients, createAwsClients } from '../lib/aws/clients.ts';
import { createEventClock } from '../lib/aws/event-clock.ts';
import { createAccountChanges } from '../lib/aws/game-day/account-changes.ts';
import { createDynamoLog } from '../lib/aws/game-day/dynamo-log.ts';
import { createEditions, type Edition } from '../lib/aws/game-day/editions.ts';
import { overdueInWords, remindOfOverdue } from '../lib/aws/game-day/reminders.ts';
import { topicMessage } from '../lib/aws/topic-message.ts';
import { SteadfastError } from '../lib/experiment/steadfast-error.ts';
import type { GameDayLog } from '../lib/game-day/ports.ts';
import { alarmEntries, changeEntries, knownUntilMs } from '../lib/game-day/scribe.ts';
import { writeDown } from '../lib/game-day/write-down.ts';
import type { Clock } from '../lib/run/ports.ts';
import { createFunctionLog, type FunctionLog } from './log.ts';
import { reportedError } from './reported-error.ts';
import { readSettings } from './settings.ts';

type Clients = Pick<AwsClients, 'dynamo' | 'sns'> & { readonly cloudTrail: CloudTrailClient };

/** What tests put in place of the real thing. */
interface Replacements {
  readonly variables?: Readonly<Record<string, string | undefined>>;
  readonly clients?: Clients;
  readonly clock?: Clock;
  readonly log?: Pick<FunctionLog, 'error' | 'info'>;
}

/** The longest that CloudTrail takes to tell (user guide, "How CloudTrail works": about five minutes, not guaranteed). */
const lateMs = 15 * 60_000;

/** So long after an edition is over what happened in it is still looked for. */
const afterMs = 20 * 60_000;

/** An alarm that changed a moment before an edition began, or after it, says nothing of it; its event may come late. */
const alarmEventSchema = z.object({
  source: z.literal('aws.cloudwatch'),
  'detail-type': z.literal('CloudWatch Alarm State Change'),
  time: z.string(),
  resources: z._default(z.array(z.string()), []),
  detail: z.object({
    alarmName: z.string(),
    state: z.object({
      value: z.enum(['ALARM', 'OK', 'INSUFFICIENT_DATA']),
      reason: z._default(z.string(), ''),
      timestamp: z.optional(z.string()),
    }),
  }),
});

const gameDaysSchema = z.array(
  z.object({ id: z.string(), title: z.string(), cadence: z.enum(['monthly', 'quarterly']) }),
);

interface Scribe {
  readonly clients: Clients;
  readonly clock: Clock;
  readonly environment: string;
  readonly log: GameDayLog;
}

/**
 * A handler that writes into the logs of the editions that are under way what nobody tells them: an alarm that changes, when its event comes;
 * each minute what CloudTrail tells of changes, until a while after an edition is over. It reminds people of game days that are overdue, too.
 *
 * @throws an Error whose name is `Steadfast.<code>`: Lambda tries again, and the function's alarm tells.
 */
export function createScribeHandler(replacements: Replacements = {}): (event: unknown) => Promise<void> {
  const { variables = process.env } = replacements;
  let clients = replacements.clients;
  let logger = replacements.log;
  return async (event) => {
    try {
      const { environment, table, topicArn } = readSettings(variables);
      logger ??= createFunctionLog({ environment });
      clients ??= { ...createAwsClients(), cloudTrail: new CloudTrailClient({ maxAttempts: 4 }) };
      const { dynamo, sns } = clients;
      const clock = replacements.clock ?? createEventClock();
      const editions = await createEditions({ dynamo, table }).all();
      const log = createDynamoLog({ dynamo, table, clock });
      const scribe: Scribe = { clients, clock, environment, log };
      const told = alarmEventSchema.safeParse(event);
      const heard = editions.filter(({ closedAt }) => isHeard(closedAt, clock.now()));
      if (told.success) {
        for (const edition of heard) await hearAlarm(scribe, edition, told.data);
        return;
      }
      const failed: unknown[] = [];
      // What keeps one edition from being written keeps no other, and nobody from being reminded.
      for (const edition of heard) await lookForChanges(scribe, edition).catch((why) => failed.push(why));
      await remindOfOverdue(
        {
          dynamo,
          table,
          clock,
          tell: async (overdue) => {
            const { subject, body } = overdueInWords(environment, overdue);
            const message = { thread: `game-day-${overdue.id}`, kind: 'Steadfast game day', subject, body };
            await sns.send(
              new PublishCommand(
                topicMessage(topicArn, {
                  ...message,
                  attributes: { gameDay: overdue.id, reminder: 'overdue' },
                }),
              ),
            );
          },
        },
        readGameDays(variables),
        editions,
      );
      logger.info('looked', { editions: heard.length });
      for (const why of failed) throw why;
    } catch (thrown) {
      const error = reportedError(thrown);
      logger?.error('not all was written down', error);
      throw error;
    }
  };
}

const isHeard = (closedAt: string | undefined, nowMs: number): boolean =>
  closedAt === undefined || nowMs <= Date.parse(closedAt) + afterMs;

async function hearAlarm(
  { log }: Scribe,
  { edition, beganAt, closedAt }: Edition,
  { resources, time, detail }: z.output<typeof alarmEventSchema>,
): Promise<void> {
  const { alarmName, state } = detail;
  const atMs = atOf(state.timestamp) ?? Date.parse(time);
  if (atMs < Date.parse(beganAt) || (closedAt !== undefined && atMs > Date.parse(closedAt))) return;
  const { value, reason } = state;
  // By its ARN, which an alarm of the same name elsewhere does not have.
  const alarm = resources[0] ?? alarmName;
  await writeDown(log, edition, (entries) => alarmEntries(entries, { alarm, state: value, reason, atMs }));
}

/** CloudWatch writes `2026-12-01T18:00:00.000+0000`. */
function atOf(timestamp: string | undefined): number | undefined {
  const ms = Date.parse((timestamp ?? '').replace(/\+0000$/, 'Z'));
  return Number.isNaN(ms) ? undefined : ms;
}

async function lookForChanges(
  { clients: { cloudTrail }, clock, environment, log }: Scribe,
  { edition, beganAt, closedAt }: Edition,
): Promise<void> {
  const nowMs = clock.now();
  const beganMs = Date.parse(beganAt);
  // What was changed until the end belongs to it, however late it is told.
  const endMs = closedAt === undefined ? nowMs : Math.min(nowMs, Date.parse(closedAt));
  const fromMs = knownUntilMs(await log.read(edition)) ?? beganMs;
  if (fromMs >= endMs) return;
  const changes = createAccountChanges({ cloudTrail, clock, environment });
  const { changes: found, readUntilMs } = await changes.between(fromMs, endMs);
  const inside = found.filter(({ atMs }) => atMs >= beganMs && atMs <= endMs);
  // Of what was changed less than this ago some may not have been told yet: it is read again.
  const certainMs = Math.min(readUntilMs, nowMs - lateMs);
  await writeDown(log, edition, (entries) =>
    changeEntries(entries, {
      changes: inside,
      knownUntilMs: certainMs,
      isLast: closedAt !== undefined && certainMs >= endMs,
    }),
  );
}

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
