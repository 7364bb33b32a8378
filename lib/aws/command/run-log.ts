import { type CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { EnvironmentNames } from '../../plan/environment-names.ts';
import type { ProgressEvent } from '../../run/progress.ts';
import { isNamed } from '../aws-error.ts';
import { asking } from './aws-problem.ts';
import { progressOfLine } from './progress-line.ts';

/** What a run has told of its progress since it was last asked, in the order of time. */
export interface RunLog {
  readonly read: (which: 'some' | 'all') => Promise<ProgressEvent[]>;
}

/** Whoever observes tells most, and first of what goes wrong: the recovery, once it has begun, and until then the other. */
const observing = 'observe';
const recovering = 'recover';
/** The others tell little. Until somebody observes there is admission alone; then they take turns. */
const first = 'admit';
const others = ['fault', 'rollback', 'conclude', first] as const;

/** The functions whose logs tell of a run. */
export const tellingFunctions: readonly string[] = [observing, recovering, ...others];

/** Events come some seconds late, and not in their order: each look goes back so far. */
const lateMs = 30_000;

/** One look takes no more pages than this of one log (up to 10,000 events each); the rest comes with the next. */
const mostPages = 10;

/**
 * Reads the progress of one run out of the logs of the runner's functions. CloudWatch Logs answers five such questions a second in an
 * account and Region, for everybody together (its quotas, "FilterLogEvents"): one look asks two logs, not all.
 */
export function createRunLog(options: {
  readonly logs: CloudWatchLogsClient;
  readonly names: EnvironmentNames;
  readonly runId: string;
  /** When the run was started. */
  readonly sinceMs: number;
}): RunLog {
  const { logs, names, runId, sinceMs } = options;
  const cursors = new Map<string, { fromMs: number; readonly seen: Map<string, number> }>();
  let turn = 0;
  /** What was read and not yet handed on: of two logs, the second may fail. */
  let unread: ProgressEvent[] = [];

  const page = (name: string, fromMs: number, nextToken: string | undefined) =>
    asking({ action: 'logs:FilterLogEvents', resource: names.functionLogGroupArn(name) }, async () => {
      try {
        return await logs.send(
          new FilterLogEventsCommand({
            logGroupName: names.functionLogGroup(name),
            startTime: Math.max(sinceMs, fromMs - lateMs),
            filterPattern: `{ $.runId = "${runId}" && $.progress = "*" }`,
            nextToken,
          }),
        );
      } catch (thrown) {
        // The environment is being deployed, or deleted.
        if (isNamed(thrown, 'ResourceNotFoundException')) return undefined;
        throw thrown;
      }
    });

  const look = async (name: string): Promise<void> => {
    const cursor = cursors.get(name) ?? { fromMs: sinceMs, seen: new Map<string, number>() };
    cursors.set(name, cursor);
    const { fromMs, seen } = cursor;
    let nextToken: string | undefined;
    for (let count = 0; count < mostPages; count += 1) {
      const answer = await page(name, fromMs, nextToken);
      for (const { eventId = '', timestamp = 0, message = '' } of answer?.events ?? []) {
        if (seen.has(eventId)) continue;
        seen.set(eventId, timestamp);
        cursor.fromMs = Math.max(cursor.fromMs, timestamp);
        const event = progressOfLine(message);
        if (event !== undefined) unread.push(event);
      }
      nextToken = answer?.nextToken;
      if (nextToken === undefined) break;
    }
    for (const [id, timestamp] of seen) if (timestamp < cursor.fromMs - lateMs) seen.delete(id);
  };

  return {
    read: async (which) => {
      const hasTold = (name: string) => (cursors.get(name)?.seen.size ?? 0) > 0;
      const [most, less] = hasTold(recovering) ? [recovering, observing] : [observing, recovering];
      const inTurn = [less, ...others];
      const other = hasTold(most) ? (inTurn[turn % inTurn.length] ?? first) : first;
      turn += 1;
      for (const name of which === 'all' ? tellingFunctions : [most, other]) await look(name);
      const found = unread.toSorted((a, b) => a.atMs - b.atMs);
      unread = [];
      return found;
    },
  };
}
