import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  paginateListSchedules,
  type SchedulerClient,
} from '@aws-sdk/client-scheduler';
import * as z from 'zod/mini';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { type Place, partitionIn } from '../plan/aws-names.ts';
import { type EnvironmentNames, shorten } from '../plan/environment-names.ts';
import { scheduledStart, startAttempts } from '../plan/scheduled-start.ts';
import type { Clock } from '../run/ports.ts';
import { isDenied, isNamed } from './aws-error.ts';

/** The longest name of a schedule (EventBridge Scheduler, API reference). */
const longestName = 64;

/** A start that is to come once. */
interface OneOffStart {
  /** Of the schedule; what it is deleted by. */
  readonly name: string;
  readonly launcherArn: string;
  /** When, ISO 8601 UTC. */
  readonly at: string;
}

/** Starts at a time, each once. */
export interface OneOffStarts {
  /** Throws `invalid` for a time that is not yet to come, or at which this experiment is to start already. */
  add(start: {
    readonly experiment: string;
    readonly title: string;
    readonly atMs: number;
  }): Promise<OneOffStart>;
  /** Those that are yet to come, the soonest first. */
  list(): Promise<readonly OneOffStart[]>;
  /** False where there is none of that name any more. */
  remove(name: string): Promise<boolean>;
}

/** `-at-20261130T171200Z`: capital letters, which no id has, tell it from the name of an experiment. */
const suffixOf = (atMs: number) =>
  `-at-${new Date(atMs)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '')}`;
const suffixPattern = /-at-\d{8}T\d{6}Z$/;

const expressionPattern = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/;

const inputSchema = z.object({ StateMachineArn: z.string() });

function launcherIn(input: string | undefined): string | undefined {
  try {
    return inputSchema.safeParse(JSON.parse(input ?? '')).data?.StateMachineArn;
  } catch {
    // A schedule whose input is no JSON is none of ours.
    return undefined;
  }
}

/**
 * One-time schedules of EventBridge Scheduler, which deletes each once it is over. They start a launcher as the schedules that are
 * deployed do: by the same role, with the same queue for what was missed, and no later than those.
 */
export function createOneOffStarts(options: {
  readonly scheduler: SchedulerClient;
  readonly clock: Clock;
  readonly names: EnvironmentNames;
  readonly place: Place;
}): OneOffStarts {
  const { scheduler, clock, names, place } = options;

  const denied = (thrown: unknown, action: string): unknown =>
    isDenied(thrown)
      ? new SteadfastError('permission', `AWS refused ${action} on ${names.schedulesArn}`, {
          hint: `you need ${action} there, and to make a schedule iam:PassRole on ${names.schedulerRoleArn}`,
          cause: thrown,
        })
      : thrown;

  /** A one-off start of this environment; undefined for any other schedule, and for one that is gone meanwhile. */
  const read = async (name: string): Promise<OneOffStart | undefined> => {
    try {
      const { ScheduleExpression = '', Target } = await scheduler.send(
        new GetScheduleCommand({ Name: name }),
      );
      const [, at] = expressionPattern.exec(ScheduleExpression) ?? [];
      const launcherArn = launcherIn(Target?.Input);
      const isOurs = launcherArn !== undefined && Target?.RoleArn === names.schedulerRoleArn;
      return at === undefined || !isOurs ? undefined : { name, launcherArn, at: `${at}Z` };
    } catch (thrown) {
      if (isNamed(thrown, 'ResourceNotFoundException')) return undefined;
      throw denied(thrown, 'scheduler:GetSchedule');
    }
  };

  const candidates = async (): Promise<string[]> => {
    const found: string[] = [];
    try {
      for await (const { Schedules = [] } of paginateListSchedules(
        { client: scheduler },
        // Of a long id only the beginning is in the name; whose it is, the role tells.
        { GroupName: 'default', NamePrefix: `steadfast-${names.id}`.slice(0, 30) },
      )) {
        found.push(...Schedules.flatMap(({ Name = '' }) => (suffixPattern.test(Name) ? Name : [])));
      }
      return found;
    } catch (thrown) {
      throw denied(thrown, 'scheduler:ListSchedules');
    }
  };

  return {
    add: async ({ experiment, title, atMs }) => {
      const at = `${new Date(Math.floor(atMs / 1_000) * 1_000).toISOString().slice(0, 19)}Z`;
      const nowMs = clock.timeOfDay?.() ?? clock.now();
      if (atMs <= nowMs) {
        throw new SteadfastError(
          'invalid',
          `${at} is not yet to come: it is ${new Date(nowMs).toISOString()}`,
          {
            hint: 'name a later time, in UTC or with its offset, such as 2026-12-01T14:00:00+01:00',
          },
        );
      }
      const suffix = suffixOf(atMs);
      const name = `${shorten(`steadfast-${names.id}-${experiment}`, longestName - suffix.length)}${suffix}`;
      const launcherArn = names.launcherArn(experiment);
      try {
        await scheduler.send(
          new CreateScheduleCommand({
            Name: name,
            GroupName: 'default',
            Description: title.slice(0, 512),
            ScheduleExpression: `at(${at.slice(0, -1)})`,
            ScheduleExpressionTimezone: 'UTC',
            FlexibleTimeWindow: { Mode: 'OFF' },
            ActionAfterCompletion: 'DELETE',
            Target: {
              Arn: `arn:${partitionIn(place)}:scheduler:::aws-sdk:sfn:startExecution`,
              RoleArn: names.schedulerRoleArn,
              Input: scheduledStart(launcherArn),
              RetryPolicy: {
                MaximumEventAgeInSeconds: startAttempts.maximumAgeSeconds,
                MaximumRetryAttempts: startAttempts.retries,
              },
              DeadLetterConfig: { Arn: names.missedStartsArn },
            },
          }),
        );
      } catch (thrown) {
        if (isNamed(thrown, 'ConflictException'))
          throw new SteadfastError('invalid', `'${experiment}' is to start at ${at} in ${names.id} already`, {
            hint: 'name another time',
            cause: thrown,
          });
        throw denied(thrown, 'scheduler:CreateSchedule');
      }
      return { name, launcherArn, at };
    },

    list: async () => {
      const found: OneOffStart[] = [];
      for (const name of await candidates()) {
        const start = await read(name);
        if (start !== undefined) found.push(start);
      }
      return found.toSorted((a, b) => (a.at < b.at ? -1 : 1));
    },

    remove: async (name) => {
      if (!suffixPattern.test(name))
        throw new SteadfastError('invalid', `'${name}' is no start that comes once`, {
          hint: 'schedules of definitions are taken away by a deploy, and paused by steadfast pause',
        });
      try {
        await scheduler.send(new DeleteScheduleCommand({ Name: name, GroupName: 'default' }));
        return true;
      } catch (thrown) {
        if (isNamed(thrown, 'ResourceNotFoundException')) return false;
        throw denied(thrown, 'scheduler:DeleteSchedule');
      }
    },
  };
}
