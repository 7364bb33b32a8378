import * as z from 'zod';
import { type Ask, type Asks, asking, type Tagged, tagContext } from './asking.ts';
import { eventEntry, onBus } from './event-asks.ts';
import type { SentCall } from './recorded-calls.ts';
import { statesAsks } from './states-asks.ts';
import { tableAsks } from './table-asks.ts';

const objectInput = z.looseObject({ Bucket: z.string(), Key: z.string() });
const toObject = (call: string) =>
  asking(objectInput, ({ Bucket, Key }) => [
    { action: `s3:${call}`, on: ['object', { BucketName: Bucket, ObjectName: Key }] },
  ]);

const toExperiment = (call: string, key: 'experimentId' | 'id') =>
  asking(z.looseObject({ [key]: z.string() }), (input, { experiment }) => [
    {
      action: `fis:${call}`,
      on: ['experiment', { Id: String(input[key]) }],
      context: tagContext('aws:ResourceTag', experiment),
    },
  ]);

const alarm = (call: string, AlarmName: string): Ask => ({
  action: `cloudwatch:${call}`,
  on: ['alarm', { AlarmName }],
});

const taskArn = /^arn:[^:]+:ecs:[^:]*:[^:]*:task\/([^/]+)\/([^/]+)$/;

/**
 * What IAM is asked for each command that any function sends (service authorization reference; for calls with several parts, their
 * API reference). A command that is not here has nobody told of.
 */
const asksBy: Readonly<Record<string, Asks>> = {
  ...tableAsks,
  ...statesAsks,
  AbortMultipartUploadCommand: toObject('AbortMultipartUpload'),
  AssumeRoleCommand: asking(
    z.looseObject({ RoleArn: z.string(), RoleSessionName: z.string() }),
    ({ RoleArn, RoleSessionName }) => {
      const [, account = '', RoleNameWithPath = ''] =
        /^arn:[^:]+:iam::(\d{12}):role\/(.+)$/.exec(RoleArn) ?? [];
      return [
        {
          action: 'sts:AssumeRole',
          on: ['role', { RoleNameWithPath }],
          account,
          context: { 'sts:RoleSessionName': RoleSessionName },
        },
      ];
    },
  ),
  CompleteMultipartUploadCommand: toObject('PutObject'),
  CreateMultipartUploadCommand: toObject('PutObject'),
  DescribeAlarmHistoryCommand: asking(z.looseObject({ AlarmName: z.string() }), ({ AlarmName }) => [
    alarm('DescribeAlarmHistory', AlarmName),
  ]),
  DescribeAlarmsCommand: asking(z.looseObject({ AlarmNames: z.array(z.string()) }), ({ AlarmNames }) =>
    AlarmNames.map((name) => alarm('DescribeAlarms', name)),
  ),
  DescribeInstanceInformationCommand: () => [{ action: 'ssm:DescribeInstanceInformation' }],
  DescribeInstancesCommand: () => [{ action: 'ec2:DescribeInstances' }],
  DescribeNetworkAclsCommand: () => [{ action: 'ec2:DescribeNetworkAcls' }],
  DescribeServicesCommand: asking(
    z.looseObject({ cluster: z.string(), services: z.array(z.string()) }),
    ({ cluster, services }) =>
      services.map((ServiceName) => ({
        action: 'ecs:DescribeServices',
        on: ['service', { ClusterName: cluster, ServiceName }],
      })),
  ),
  DescribeTaskDefinitionCommand: () => [{ action: 'ecs:DescribeTaskDefinition' }],
  DescribeTasksCommand: asking(z.looseObject({ tasks: z.array(z.string()) }), ({ tasks }) =>
    tasks.map((arn) => {
      const [, ClusterName = '', TaskId = ''] = taskArn.exec(arn) ?? [];
      return { action: 'ecs:DescribeTasks', on: ['task', { ClusterName, TaskId }] };
    }),
  ),
  GetAutomationExecutionCommand: asking(z.looseObject({ AutomationExecutionId: z.string() }), (input) => [
    {
      action: 'ssm:GetAutomationExecution',
      on: ['automation-execution', { AutomationExecutionId: input.AutomationExecutionId }],
    },
  ]),
  GetCalendarStateCommand: asking(
    z.looseObject({ CalendarNames: z.array(z.string()) }),
    ({ CalendarNames }) =>
      CalendarNames.map((DocumentName) => ({
        action: 'ssm:GetCalendarState',
        on: ['document', { DocumentName }],
      })),
  ),
  GetExperimentCommand: toExperiment('GetExperiment', 'id'),
  // The client's command is sent to the path of the safety lever too (lib/aws/safety-lever.ts).
  GetExperimentTemplateCommand: asking(z.looseObject({ id: z.string() }), ({ id: Id }) => [
    Id === 'default'
      ? { action: 'fis:GetSafetyLever', on: ['safety-lever', { Id }] }
      : { action: 'fis:GetExperimentTemplate', on: ['experiment-template', { Id }] },
  ]),
  // Only of functions that were found by the environment tag.
  GetFunctionConfigurationCommand: asking(
    z.looseObject({ FunctionName: z.string() }),
    ({ FunctionName }, { environment }) => [
      {
        action: 'lambda:GetFunctionConfiguration',
        on: ['function', { FunctionName: FunctionName.split(':').at(-1) ?? '' }],
        context: tagContext('aws:ResourceTag', environment),
      },
    ],
  ),
  GetMetricDataCommand: () => [{ action: 'cloudwatch:GetMetricData' }],
  GetObjectCommand: toObject('GetObject'),
  GetParameterCommand: asking(z.looseObject({ Name: z.string() }), ({ Name }) => [
    {
      action: 'ssm:GetParameter',
      on: ['parameter', { ParameterNameWithoutLeadingSlash: Name.replace(/^\//, '') }],
    },
  ]),
  GetParametersByPathCommand: asking(z.looseObject({ Path: z.string() }), ({ Path }) => [
    {
      action: 'ssm:GetParametersByPath',
      on: ['parameter', { ParameterNameWithoutLeadingSlash: Path.replace(/^\//, '') }],
    },
  ]),
  GetResourcesCommand: () => [{ action: 'tag:GetResources' }],
  // Secrets Manager adds a hyphen and six characters to a name.
  GetSecretValueCommand: asking(z.looseObject({ SecretId: z.string() }), ({ SecretId }) => [
    { action: 'secretsmanager:GetSecretValue', on: ['Secret', { SecretId: `${SecretId}-AbCdEf` }] },
  ]),
  InvokeCommand: asking(z.looseObject({ FunctionName: z.string() }), ({ FunctionName }) => [
    { action: 'lambda:InvokeFunction', on: ['function', { FunctionName }] },
  ]),
  ListExperimentResolvedTargetsCommand: toExperiment('ListExperimentResolvedTargets', 'experimentId'),
  ListExperimentsCommand: () => [{ action: 'fis:ListExperiments' }],
  ListObjectsV2Command: asking(z.looseObject({ Bucket: z.string(), Prefix: z.string() }), (input) => [
    {
      action: 's3:ListBucket',
      on: ['bucket', { BucketName: input.Bucket }],
      context: { 's3:prefix': input.Prefix },
    },
  ]),
  // The type that the reference lists has no part of what is asked: the cluster is in the request.
  ListTasksCommand: asking(z.looseObject({ cluster: z.string() }), ({ cluster }) => [
    {
      action: 'ecs:ListTasks',
      on: ['container-instance', { ClusterName: cluster }],
      context: { 'ecs:cluster': `arn:aws:ecs:eu-west-1:111111111111:cluster/${cluster}` },
    },
  ]),
  LookupEventsCommand: () => [{ action: 'cloudtrail:LookupEvents' }],
  PublishCommand: asking(z.looseObject({ TopicArn: z.string() }), ({ TopicArn }) => [
    { action: 'sns:Publish', on: ['topic', { TopicName: TopicArn.split(':').at(-1) ?? '' }] },
  ]),
  PutEventsCommand: asking(z.looseObject({ Entries: z.array(eventEntry) }), ({ Entries }) =>
    Entries.map(onBus),
  ),
  PutObjectCommand: toObject('PutObject'),
  SimulatePrincipalPolicyCommand: asking(z.looseObject({ PolicySourceArn: z.string() }), (input) => [
    {
      action: 'iam:SimulatePrincipalPolicy',
      on: ['role', { RoleNameWithPath: input.PolicySourceArn.replace(/^arn:.*:role\//, '') }],
    },
  ]),
  StartAutomationExecutionCommand: asking(
    z.looseObject({ DocumentName: z.string(), Parameters: z.record(z.string(), z.array(z.string())) }),
    ({ DocumentName, Parameters }) => [
      {
        action: 'ssm:StartAutomationExecution',
        on: ['document', { DocumentName }],
        ...(DocumentName.startsWith('AWS') ? { account: '' } : {}),
      },
      {
        action: 'ssm:StartAutomationExecution',
        on: ['automation-execution', { AutomationExecutionId: 'execution-1' }],
      },
      ...(Parameters['AutomationAssumeRole'] ?? []).map(
        (role): Ask => ({
          action: 'iam:PassRole',
          on: ['role', { RoleNameWithPath: role.replace(/^arn:.*:role\//, '') }],
          context: { 'iam:PassedToService': 'ssm.amazonaws.com' },
        }),
      ),
    ],
  ),
  StartExperimentCommand: asking(
    z.looseObject({ experimentTemplateId: z.string(), tags: z.record(z.string(), z.string()) }),
    ({ experimentTemplateId: Id, tags }, { template }) => {
      const started = {
        on: ['experiment', { Id: 'EXPany' }],
        context: tagContext('aws:RequestTag', tags),
      } as const;
      return [
        {
          action: 'fis:StartExperiment',
          on: ['experiment-template', { Id }],
          context: tagContext('aws:ResourceTag', template(Id)),
        },
        { action: 'fis:StartExperiment', ...started },
        { action: 'fis:TagResource', ...started },
      ];
    },
  ),
  StopExperimentCommand: toExperiment('StopExperiment', 'id'),
  // Likewise.
  UpdateExperimentTemplateCommand: asking(z.looseObject({ id: z.literal('default') }), ({ id: Id }) => [
    { action: 'fis:UpdateSafetyLeverState', on: ['safety-lever', { Id }] },
  ]),
  UploadPartCommand: toObject('PutObject'),
};

/** What IAM is asked for a call. */
export function asksOf({ command, input }: SentCall, tagged: Tagged): readonly Ask[] {
  const asks = asksBy[command];
  if (asks === undefined) throw new Error(`nobody has told what IAM is asked for a ${command}`);
  return asks(input, tagged);
}
