import { CloudTrailClient, type Event, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient, DescribeAlarmsCommand, type StateValue } from '@aws-sdk/client-cloudwatch';
import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { createScribeHandler } from '../../../lambdas/scribe-handler.ts';
import { createDynamoLog } from '../../../lib/aws/game-day/dynamo-log.ts';
import { createEditions } from '../../../lib/aws/game-day/editions.ts';
import { createS3Inputs } from '../../../lib/aws/game-day/s3-inputs.ts';
import type { NewEntry } from '../../../lib/game-day/entry.ts';
import { quietLog } from '../../end-to-end/aws-run.ts';
import { createFakeBucket } from '../../fakes/fake-aws-bucket.ts';
import { createFakeTable } from '../../fakes/fake-aws-table.ts';
import { gameDayInput } from '../../fakes/game-day/game-day-input.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';

export const edition = 'payment-outage-20261201-180000-4fzk';
export const startMs = Date.parse('2026-12-01T18:00:00.000Z');
export const minuteMs = 60_000;
const region = { region: 'eu-west-1' };
const execution =
  'arn:aws:states:eu-west-1:111111111111:execution:steadfast-gameday-staging-payment-outage:one';
const topicArn = 'arn:aws:sns:eu-west-1:111111111111:steadfast-staging';

export const arnOfAlarm = (name: string) => `arn:aws:cloudwatch:eu-west-1:111111111111:alarm:${name}`;

/** An event of EventBridge: an alarm has changed. */
export const alarmEvent = (name: string, value: string, atMs: number) => ({
  source: 'aws.cloudwatch',
  'detail-type': 'CloudWatch Alarm State Change',
  time: new Date(atMs + 1_000).toISOString(),
  resources: [arnOfAlarm(name)],
  detail: {
    alarmName: name,
    state: {
      value,
      reason: 'Threshold crossed.',
      timestamp: new Date(atMs).toISOString().replace('Z', '+0000'),
    },
  },
});

/** What CloudTrail tells of a change, by whom, some time after it. */
interface Told {
  readonly id: string;
  readonly atMs: number;
  readonly knownMs: number;
  readonly role?: string;
  readonly name?: string;
  readonly error?: string;
}

const eventOf = ({ id, atMs, role = 'Deployers', name = 'UpdateService', error }: Told): Event => ({
  EventId: id,
  EventName: name,
  EventSource: 'ecs.amazonaws.com',
  EventTime: new Date(atMs),
  Username: 'dan',
  Resources: [{ ResourceName: 'shop' }],
  CloudTrailEvent: JSON.stringify({
    userIdentity: {
      arn: `arn:aws:sts::111111111111:assumed-role/${role}/dan`,
      sessionContext: { sessionIssuer: { userName: role } },
    },
    ...(error === undefined ? {} : { errorCode: error }),
  }),
});

/** The scribe's real function in an account where an edition goes on. */
export async function createScribeWorld(options: { readonly gameDays?: readonly object[] } = {}) {
  const clock = createVirtualClock({ startMs });
  const table = createFakeTable();
  const bucket = createFakeBucket();
  const { dynamo } = table;
  const cloudTrail = new CloudTrailClient(region);
  const cloudWatch = new CloudWatchClient(region);
  const sfn = new SFNClient(region);
  const sns = new SNSClient(region);
  const trail = mockClient(cloudTrail);
  const alarms = mockClient(cloudWatch);
  const machines = mockClient(sfn);
  const topic = mockClient(sns);
  topic.on(PublishCommand).resolves({});
  machines.on(DescribeExecutionCommand).resolves({ status: 'RUNNING' });
  const states = new Map<string, { readonly state: StateValue; readonly sinceMs: number }>();
  alarms.on(DescribeAlarmsCommand).callsFake(({ AlarmNames = [] }: { AlarmNames?: string[] }) => ({
    MetricAlarms: AlarmNames.flatMap((AlarmName) => {
      const found = states.get(AlarmName);
      if (found === undefined) return [];
      const StateTransitionedTimestamp = new Date(found.sinceMs);
      return {
        AlarmName,
        AlarmArn: arnOfAlarm(AlarmName),
        StateValue: found.state,
        StateTransitionedTimestamp,
      };
    }),
  }));
  const told: Told[] = [];
  trail
    .on(LookupEventsCommand)
    .callsFake(
      ({ StartTime, EndTime, NextToken }: { StartTime: Date; EndTime: Date; NextToken?: string }) => {
        const found = told
          .filter(({ atMs, knownMs }) => knownMs <= clock.now() && atMs >= +StartTime && atMs <= +EndTime)
          .toSorted((a, b) => b.atMs - a.atMs);
        const from = Number(NextToken ?? 0);
        const Events = found.slice(from, from + 2).map(eventOf);
        return from + 2 < found.length ? { Events, NextToken: String(from + 2) } : { Events };
      },
    );
  const editions = createEditions({ dynamo, table: 'steadfast' });
  const log = createDynamoLog({ dynamo, table: 'steadfast', clock });
  const begin = async (id: string): Promise<void> => {
    const beganAt = new Date(clock.now()).toISOString();
    await editions.save({
      edition: id,
      gameDay: 'payment-outage',
      title: 'It goes down',
      beganAt,
      execution,
    });
    await createS3Inputs({ s3: bucket.s3, bucket: 'steadfast' }).save(id, gameDayInput());
    const by = { proof: 'steadfast' } as const;
    await log.append(id, 0, [
      { kind: 'began', at: beganAt, by, gameDay: 'payment-outage', hash: 'hash', endsAt: beganAt },
    ]);
  };
  await begin(edition);
  const handler = createScribeHandler({
    variables: {
      STEADFAST_ENVIRONMENT: 'staging',
      STEADFAST_TABLE: 'steadfast',
      STEADFAST_BUCKET: 'steadfast',
      STEADFAST_TOPIC_ARN: topicArn,
      STEADFAST_GAME_DAYS: JSON.stringify(options.gameDays ?? []),
    },
    clients: { dynamo, s3: bucket.s3, sns, sfn, cloudWatch, cloudTrail },
    clock,
    log: quietLog,
  });
  return {
    clock,
    table,
    editions,
    log,
    trail,
    alarms,
    machines,
    topic,
    states,
    told,
    begin,
    handler,
    /** The scribe looks each minute, so often. */
    minutes: async (count: number): Promise<void> => {
      for (let minute = 0; minute < count; minute += 1) {
        await clock.sleep(minuteMs);
        await handler({ source: 'aws.events', 'detail-type': 'Scheduled Event' });
      }
    },
    entries: (id = edition) => log.read(id),
    of: async <K extends NewEntry['kind']>(kind: K, id = edition) =>
      (await log.read(id)).filter((entry) => entry.kind === kind),
  };
}
