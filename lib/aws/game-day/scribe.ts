import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { GameDayInputs, GameDayLog } from '../../game-day/ports.ts';
import {
  type AlarmChange,
  alarmEntries,
  changeEntries,
  deathEntries,
  knownUntilMs,
  noteEntries,
  readingEntries,
} from '../../game-day/scribe.ts';
import { writeDown } from '../../game-day/write-down.ts';
import { iso } from '../../run/iso.ts';
import type { Clock } from '../../run/ports.ts';
import { isDenied, isRetryable } from '../aws-error.ts';
import type { AwsClients } from '../clients.ts';
import { createAccountChanges } from './account-changes.ts';
import { expectedAlarms, readAlarms } from './alarm-states.ts';
import { endOfMachine } from './edition-machine.ts';
import type { Edition, Editions } from './editions.ts';

/** The longest that CloudTrail takes to tell (user guide, "How CloudTrail works": about five minutes, not guaranteed). */
const lateMs = 15 * 60_000;

/** So long after an edition is over what happened in it is still looked for. */
const afterMs = 20 * 60_000;

/** The machine of an edition ends by itself before that (game-day.asl.json: 25 hours). */
const longestMs = 26 * 3_600_000;

const noAlarms =
  'How the expected alarms are cannot be read: AWS refuses cloudwatch:DescribeAlarms to the scribe. Only those that change are known.';
const noChanges =
  'Changes in the account are not known: AWS refuses cloudtrail:LookupEvents to the scribe. Let its role do that, and they are told from the beginning.';

/** What the scribe reaches. */
export interface ScribePorts {
  readonly clients: Pick<AwsClients, 'cloudWatch' | 'sfn'> & { readonly cloudTrail: CloudTrailClient };
  readonly clock: Clock;
  readonly environment: string;
  readonly editions: Editions;
  readonly inputs: Pick<GameDayInputs, 'load'>;
  readonly log: GameDayLog;
}

/** Whether something that happens now may belong to the log of an edition. */
export const isHeard = ({ closedAt }: Pick<Edition, 'closedAt'>, nowMs: number): boolean =>
  closedAt === undefined || nowMs <= Date.parse(closedAt) + afterMs;

/** Writes down that an alarm has changed, where that was while the edition went on: its event may come late. */
export async function hearAlarm(
  { log }: Pick<ScribePorts, 'log'>,
  { edition, beganAt, closedAt }: Edition,
  told: AlarmChange,
): Promise<void> {
  const { atMs } = told;
  if (atMs < Date.parse(beganAt) || (closedAt !== undefined && atMs > Date.parse(closedAt))) return;
  await writeDown(log, edition, (entries) => alarmEntries(entries, told));
}

/** Each look is made whatever becomes of the others. */
const looks = { seeWhetherItLives, lookAtAlarms, lookForChanges };

/**
 * Looks for what nobody tells an edition: that its machine has died, how its alarms are, what was changed in the account. What AWS refuses is
 * told in its log, once; what it has no time for now comes with the next look.
 *
 * @returns what went wrong
 */
export async function lookAround(ports: ScribePorts, edition: Edition): Promise<readonly unknown[]> {
  const failed: unknown[] = [];
  for (const look of Object.values(looks))
    try {
      await look(ports, edition);
    } catch (thrown) {
      if (!isRetryable(thrown)) failed.push(thrown);
    }
  return failed;
}

/** Whoever stops the machine in the console, or deletes it, leaves a log that says so. */
async function seeWhetherItLives(ports: ScribePorts, edition: Edition): Promise<void> {
  const { clients, clock, editions, log } = ports;
  if (edition.closedAt !== undefined) return;
  const nowMs = clock.now();
  const isOverdue = nowMs > Date.parse(edition.beganAt) + longestMs;
  const why = await endOfMachine(clients.sfn, edition).catch((thrown: unknown) => {
    if (isOverdue) return 'its state machine must have ended long ago';
    // Nobody can tell: the next look may.
    if (isDenied(thrown)) return undefined;
    throw thrown;
  });
  if (why === undefined) return;
  await writeDown(log, edition.edition, (entries) => deathEntries(entries, why, nowMs));
  await editions.save({ ...edition, closedAt: iso(nowMs), died: why });
}

async function lookAtAlarms({ clients, clock, inputs, log }: ScribePorts, edition: Edition): Promise<void> {
  const id = edition.edition;
  // Before its log begins there may be no input.
  if (edition.closedAt !== undefined || (await log.read(id)).length === 0) return;
  const names = expectedAlarms(await inputs.load(id));
  if (names.length === 0) return;
  try {
    const read = await readAlarms(clients.cloudWatch, names);
    await writeDown(log, id, (entries) => readingEntries(entries, read));
  } catch (thrown) {
    if (!isDenied(thrown)) throw thrown;
    await writeDown(log, id, (entries) => noteEntries(entries, noAlarms, clock.now()));
  }
}

async function lookForChanges(ports: ScribePorts, edition: Edition): Promise<void> {
  const { clients, clock, environment, log } = ports;
  const { edition: id, beganAt, closedAt } = edition;
  const nowMs = clock.now();
  const beganMs = Date.parse(beganAt);
  // What was changed until the end belongs to it, however late it is told.
  const endMs = closedAt === undefined ? nowMs : Math.min(nowMs, Date.parse(closedAt));
  const fromMs = knownUntilMs(await log.read(id)) ?? beganMs;
  if (fromMs >= endMs) return;
  const found = await createAccountChanges({ cloudTrail: clients.cloudTrail, clock, environment })
    .between(fromMs, endMs)
    .catch((thrown: unknown) => {
      if (isDenied(thrown)) return undefined;
      throw thrown;
    });
  if (found === undefined)
    return writeDown(log, id, (entries) => noteEntries(entries, noChanges, clock.now()));
  const changes = found.changes.filter(({ atMs }) => atMs >= beganMs && atMs <= endMs);
  // Of what was changed less than this ago some may not have been told yet: it is read again.
  const certainMs = Math.max(fromMs, Math.min(found.readUntilMs, nowMs - lateMs));
  const isLast = closedAt !== undefined && certainMs >= endMs;
  await writeDown(log, id, (entries) => changeEntries(entries, { changes, knownUntilMs: certainMs, isLast }));
}
