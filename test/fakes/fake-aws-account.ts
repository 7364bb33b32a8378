import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  GetAutomationExecutionCommand,
  GetCalendarStateCommand,
  GetParameterCommand,
  type GetParameterCommandInput,
  GetParametersByPathCommand,
  StartAutomationExecutionCommand,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import type { AwsClients } from '../../lib/aws/clients.ts';
import type { Clock } from '../../lib/run/ports.ts';
import { createFakeBucket } from './fake-aws-bucket.ts';
import { createFakeTable } from './fake-aws-table.ts';
import { createFakeEc2 } from './fake-ec2.ts';
import { createFakeEcs, type TaskChanges } from './fake-ecs.ts';
import { createFakeFis } from './fake-fis.ts';
import { createFakeStepFunctions } from './fake-step-functions.ts';

const region = { region: 'eu-west-1' };

/** A metric that is 1 in every period. */
function metricData({ StartTime, EndTime, MetricDataQueries = [] }: GetMetricDataCommandInput) {
  const { Id, Period, MetricStat } = MetricDataQueries.find(({ ReturnData }) => ReturnData === true) ?? {};
  const [fromMs = 0, toMs = 0] = [StartTime?.getTime(), EndTime?.getTime()];
  const periodMs = (MetricStat?.Period ?? Period ?? 60) * 1_000;
  const count = Math.max(0, Math.ceil((toMs - fromMs) / periodMs));
  const Timestamps = Array.from({ length: count }, (_, index) => new Date(fromMs + index * periodMs));
  return { MetricDataResults: [{ Id, Timestamps, Values: Timestamps.map(() => 1) }] };
}

/**
 * An account in one: every client that a run uses, each mocked, over an FIS, a table and a bucket that keep what they are told.
 * Its alarms are OK until the stop condition of FIS fires; its tasks run and carry `tags`. Every secret is
 * the same, and functions and automations do as they are told.
 */
export function createFakeAws(options: {
  readonly clock: Clock;
  readonly fis: Omit<Parameters<typeof createFakeFis>[0], 'clock'>;
  readonly tasks: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** The ids of the experiments that are deployed; none where absent. */
  readonly listed?: readonly string[];
  readonly taskChanges?: TaskChanges;
  /** The state of every alarm of other accounts and Regions; OK where absent. */
  readonly foreignAlarm?: (injecting: boolean) => 'OK' | 'ALARM';
}) {
  const { clock, tasks, tags } = options;
  const fis = createFakeFis({ clock, ...options.fis });
  const table = createFakeTable({ pageSize: 100 });
  const bucket = createFakeBucket({ pageSize: 1_000 });

  const cloudWatch = new CloudWatchClient(region);
  const alarms = mockClient(cloudWatch);
  const fired = () => fis.guardFiredMs() !== undefined;
  alarms.on(DescribeAlarmsCommand).callsFake(({ AlarmNames }: DescribeAlarmsCommandInput) => ({
    MetricAlarms: AlarmNames?.map((AlarmName) => ({ AlarmName, StateValue: fired() ? 'ALARM' : 'OK' })),
  }));
  const history = { HistoryData: JSON.stringify({ newState: { stateValue: 'ALARM' } }) };
  alarms.on(GetMetricDataCommand).callsFake(metricData);
  alarms.on(DescribeAlarmHistoryCommand).callsFake(() => ({ AlarmHistoryItems: fired() ? [history] : [] }));

  const { ecs, ssm, agents: parameters } = createFakeEcs(tasks, options.taskChanges);
  parameters
    .on(GetParametersByPathCommand)
    .resolves({ Parameters: [{ Value: (options.listed ?? []).join(',') }] })
    .on(GetParameterCommand)
    .callsFake(({ Name }: GetParameterCommandInput) => ({
      Parameter: { Value: Name?.endsWith('/freeze') === true ? 'off' : 'secret' },
    }))
    .on(GetCalendarStateCommand)
    .resolves({ State: 'OPEN' })
    .on(StartAutomationExecutionCommand)
    .resolves({ AutomationExecutionId: 'execution-1' })
    .on(GetAutomationExecutionCommand)
    .resolves({ AutomationExecution: { AutomationExecutionStatus: 'Success' } });

  const tagging = new ResourceGroupsTaggingAPIClient(region);
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  mockClient(tagging)
    .on(GetResourcesCommand)
    .resolves({ ResourceTagMappingList: tasks.map((ResourceARN) => ({ ResourceARN, Tags })) });

  const sns = new SNSClient(region);
  const topic = mockClient(sns);
  topic.on(PublishCommand).resolves({});
  const eventBridge = new EventBridgeClient(region);
  const bus = mockClient(eventBridge);
  bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });

  const lambda = new LambdaClient(region);
  const secretsManager = new SecretsManagerClient(region);
  mockClient(lambda)
    .on(InvokeCommand)
    .callsFake(() => ({ StatusCode: 200, Payload: Buffer.from(JSON.stringify({ value: 1 })) }));
  mockClient(secretsManager).on(GetSecretValueCommand).resolves({ SecretString: 'secret' });

  const elsewhere = new CloudWatchClient({ region: 'us-east-1' });
  const foreignAlarms = mockClient(elsewhere);
  const foreignState = () => options.foreignAlarm?.(fis.injecting()) ?? 'OK';
  foreignAlarms.on(DescribeAlarmsCommand).callsFake(({ AlarmNames }: DescribeAlarmsCommandInput) => ({
    MetricAlarms: AlarmNames?.map((AlarmName) => ({ AlarmName, StateValue: foreignState() })),
  }));

  const clients: AwsClients = {
    alarmReader: () => elsewhere,
    cloudWatch,
    dynamo: table.dynamo,
    ec2: createFakeEc2({ acls: () => ({ 'subnet-1': 'acl-1' }) }).ec2,
    ecs,
    eventBridge,
    fis: fis.fis,
    lambda,
    lambdaReads: lambda,
    s3: bucket.s3,
    secretsManager,
    sfn: createFakeStepFunctions(clock).sfn,
    sns,
    ssm,
    tagging,
  };
  return { clients, fis, table, bucket, alarms, foreignAlarms, topic, bus };
}

export type FakeAws = ReturnType<typeof createFakeAws>;
