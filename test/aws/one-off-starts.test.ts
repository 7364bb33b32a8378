import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  type DeleteScheduleCommandInput,
  GetScheduleCommand,
  type GetScheduleCommandInput,
  ListSchedulesCommand,
  type ListSchedulesCommandInput,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createOneOffStarts } from '../../lib/aws/one-off-starts.ts';
import { environmentNames } from '../../lib/plan/environment-names.ts';
import { containing, withFields } from '../fakes/matching.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';

const fails = (name: string) => Object.assign(new Error(`${name}: so it is`), { name });

/** EventBridge Scheduler with a memory, a schedule a page; the clock begins as 2026 does. */
function setUp(id = 'staging') {
  const place = { account: '111111111111', region: 'eu-west-1' };
  const scheduler = new SchedulerClient({ region: place.region });
  const schedules = new Map<string, CreateScheduleCommandInput>();
  const mock = mockClient(scheduler);
  mock.on(CreateScheduleCommand).callsFake((input: CreateScheduleCommandInput) => {
    const name = input.Name ?? '';
    if (schedules.has(name)) throw fails('ConflictException');
    schedules.set(name, input);
    return {};
  });
  mock.on(GetScheduleCommand).callsFake(({ Name = '' }: GetScheduleCommandInput) => {
    const found = schedules.get(Name);
    if (found === undefined) throw fails('ResourceNotFoundException');
    return found;
  });
  mock.on(DeleteScheduleCommand).callsFake(({ Name = '' }: DeleteScheduleCommandInput) => {
    if (!schedules.delete(Name)) throw fails('ResourceNotFoundException');
    return {};
  });
  mock.on(ListSchedulesCommand).callsFake(({ NamePrefix = '', NextToken }: ListSchedulesCommandInput) => {
    const all = [...schedules.keys()].filter((name) => name.startsWith(NamePrefix));
    const from = Number(NextToken ?? 0);
    return {
      Schedules: all.slice(from, from + 1).map((Name) => ({ Name })),
      ...(from + 1 < all.length ? { NextToken: String(from + 1) } : {}),
    };
  });
  const names = environmentNames({ id, ...place });
  const starts = createOneOffStarts({ scheduler, clock: createVirtualClock(), names, place });
  return { starts, schedules, mock, names };
}

const title = 'A slow database does not slow the shop';
const atMs = Date.parse('2026-12-01T14:30:00.400Z');
const slow = { experiment: 'slow-database', title, atMs };
const name = 'steadfast-staging-slow-database-at-20261201T143000Z';

describe('a start that comes once', () => {
  it('starts the launcher as a schedule that is deployed does, and is gone afterwards', async () => {
    const { starts, schedules, names } = setUp();
    expect(await starts.add(slow)).toEqual({
      name,
      launcherArn: names.launcherArn('slow-database'),
      at: '2026-12-01T14:30:00Z',
    });
    expect([...schedules.values()]).toEqual([
      {
        Name: name,
        GroupName: 'default',
        Description: title,
        ScheduleExpression: 'at(2026-12-01T14:30:00)',
        ScheduleExpressionTimezone: 'UTC',
        FlexibleTimeWindow: { Mode: 'OFF' },
        ActionAfterCompletion: 'DELETE',
        Target: {
          Arn: 'arn:aws:scheduler:::aws-sdk:sfn:startExecution',
          RoleArn: 'arn:aws:iam::111111111111:role/steadfast-staging-scheduler',
          Input: JSON.stringify({
            StateMachineArn:
              'arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-staging-slow-database',
            Name: '<aws.scheduler.execution-id>',
            Input: JSON.stringify({ scheduledTime: '<aws.scheduler.scheduled-time>' }),
          }),
          RetryPolicy: { MaximumEventAgeInSeconds: 300, MaximumRetryAttempts: 2 },
          DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-west-1:111111111111:steadfast-staging-missed-starts' },
        },
      },
    ]);
  });

  it.each(['2025-12-31T23:59:59Z', '2026-01-01T00:00:00Z'])(
    'is refused for a time that is past: %s',
    async (time) => {
      const { starts, schedules } = setUp();
      await expect(starts.add({ ...slow, atMs: Date.parse(time) })).rejects.toMatchObject({
        code: 'invalid',
        message: `${time} is not yet to come: it is 2026-01-01T00:00:00.000Z`,
      });
      expect(schedules.size).toBe(0);
    },
  );

  it('is refused where it is to come already', async () => {
    const { starts } = setUp();
    await starts.add(slow);
    await expect(starts.add(slow)).rejects.toMatchObject({
      code: 'invalid',
      message: "'slow-database' is to start at 2026-12-01T14:30:00Z in staging already",
    });
  });

  it('has a name that AWS takes, its own for each experiment, however long ids are', async () => {
    const { starts, schedules } = setUp('e'.repeat(40));
    for (const end of ['a', 'b']) await starts.add({ ...slow, experiment: `${'x'.repeat(39)}${end}` });
    expect(schedules.size).toBe(2);
    for (const one of schedules.keys()) expect(one).toMatch(/^[0-9a-zA-Z-_.]{1,64}$/);
    expect(await starts.list()).toHaveLength(2);
  });

  it('is listed with others of its environment, the soonest first, and taken away by its name', async () => {
    const { starts, schedules } = setUp();
    await starts.add(slow);
    await starts.add({ ...slow, experiment: 'stop-tasks', atMs: atMs - 60_000 });
    // One of a definition, and one of an environment whose id begins alike.
    const [own] = schedules.values();
    const ofDefinition = 'steadfast-staging-slow-database';
    if (own !== undefined) schedules.set(ofDefinition, { ...own, ScheduleExpression: 'rate(1 day)' });
    await setUpIn(schedules, 'staging-eu');
    expect((await starts.list()).map(({ at }) => at)).toEqual([
      '2026-12-01T14:29:00Z',
      '2026-12-01T14:30:00Z',
    ]);
    expect(await starts.remove(name)).toBe(true);
    expect(await starts.remove(name)).toBe(false);
    expect(await starts.list()).toHaveLength(1);
    await expect(starts.remove('steadfast-staging-slow-database')).rejects.toMatchObject({ code: 'invalid' });
  });

  it('names the permission that it lacks', async () => {
    const { starts, mock } = setUp();
    mock.on(CreateScheduleCommand).rejects(fails('AccessDeniedException'));
    await expect(starts.add(slow)).rejects.toEqual(
      withFields({
        code: 'permission',
        message: containing(
          'scheduler:CreateSchedule on arn:aws:scheduler:eu-west-1:111111111111:schedule/default/steadfast-staging-*',
        ),
        hint: containing('iam:PassRole on arn:aws:iam::111111111111:role/steadfast-staging-scheduler'),
      }),
    );
  });
});

/** A start of another environment, among the same schedules. */
async function setUpIn(schedules: Map<string, CreateScheduleCommandInput>, id: string): Promise<void> {
  const other = setUp(id);
  await other.starts.add(slow);
  for (const [key, value] of other.schedules) schedules.set(key, value);
}
