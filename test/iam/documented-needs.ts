import type { Ask } from './calls/asking.ts';

/** What a service of AWS asks by a role of ours, without any code of ours, and where AWS says so. */
export interface DocumentedNeed {
  readonly source: string;
  readonly asks: readonly Ask[];
}

const onNothing = (...actions: readonly string[]): Ask[] => actions.map((action) => ({ action }));

const logDelivery: DocumentedNeed = {
  source: 'Step Functions developer guide, "Logging to CloudWatch Logs"',
  asks: onNothing(
    'logs:CreateLogDelivery',
    'logs:DeleteLogDelivery',
    'logs:DescribeLogGroups',
    'logs:DescribeResourcePolicies',
    'logs:GetLogDelivery',
    'logs:ListLogDeliveries',
    'logs:PutResourcePolicy',
    'logs:UpdateLogDelivery',
  ),
};

const tracesOfMachines: DocumentedNeed = {
  source: 'Step Functions developer guide, "Tracing with X-Ray"',
  asks: onNothing(
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
    'xray:PutTelemetryRecords',
    'xray:PutTraceSegments',
  ),
};

export const needsOfMachines: readonly DocumentedNeed[] = [logDelivery, tracesOfMachines];

const followingRule = [
  'rule-on-default-event-bus',
  { RuleName: 'StepFunctionsGetEventsForStepFunctionsExecutionRule' },
] as const;

/** What `startExecution.sync` asks besides the start. */
export const needsOfSync = (runner: string): DocumentedNeed => ({
  source: 'Step Functions developer guide, "IAM policies for nested executions"',
  asks: [
    {
      action: 'states:DescribeExecution',
      on: ['execution', { StateMachineName: runner, ExecutionId: 'run-1' }],
    },
    { action: 'states:StopExecution', on: ['execution', { StateMachineName: runner, ExecutionId: 'run-1' }] },
    { action: 'events:DescribeRule', on: followingRule },
    { action: 'events:PutRule', on: followingRule },
    { action: 'events:PutTargets', on: followingRule },
  ],
});

/** What FIS asks to write its log. */
export const needsOfFisLogs: DocumentedNeed = {
  source: 'FIS user guide, "Experiment logging"',
  asks: onNothing(
    'logs:CreateLogDelivery',
    'logs:DescribeLogGroups',
    'logs:DescribeResourcePolicies',
    'logs:PutResourcePolicy',
  ),
};

/** What Lambda asks for a function, by the end of its name. */
export function needsOfFunction(
  name: string,
  { isInVpc, isTraced }: { readonly isInVpc: boolean; readonly isTraced: boolean },
): DocumentedNeed[] {
  const stream = [
    'log-stream',
    { LogGroupName: `/aws/lambda/steadfast-staging-${name}`, LogStreamName: 'any' },
  ] as const;
  const networkInterface = ['network-interface', { NetworkInterfaceId: 'eni-1' }] as const;
  return [
    {
      source: 'Lambda developer guide, "Working with CloudWatch Logs"',
      asks: [
        { action: 'logs:CreateLogStream', on: stream },
        { action: 'logs:PutLogEvents', on: stream },
      ],
    },
    ...(isTraced
      ? [
          {
            source: 'Lambda developer guide, "Tracing with X-Ray"',
            asks: onNothing('xray:PutTelemetryRecords', 'xray:PutTraceSegments'),
          },
        ]
      : []),
    ...(isInVpc
      ? [
          {
            source: 'Lambda developer guide, "Giving functions access to a VPC"',
            asks: [
              ...onNothing('ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'),
              { action: 'ec2:AssignPrivateIpAddresses', on: networkInterface },
              { action: 'ec2:CreateNetworkInterface', on: networkInterface },
              { action: 'ec2:DeleteNetworkInterface', on: networkInterface },
              { action: 'ec2:UnassignPrivateIpAddresses', on: networkInterface },
            ],
          },
        ]
      : []),
    ...(name === 'stop' || name === 'report' || name === 'dispatch' || name === 'scribe'
      ? [
          {
            source: 'Lambda developer guide, "Capturing records of Lambda asynchronous invocations"',
            asks: [
              {
                action: 'sqs:SendMessage',
                on: [
                  'queue',
                  { QueueName: `steadfast-staging-${name === 'scribe' ? 'game-day' : 'stop'}-failures` },
                ] as const,
              },
            ],
          },
        ]
      : []),
    ...(name === 'admit'
      ? [
          {
            source:
              'FIS user guide, "Using service-linked roles": asked of whoever starts the first experiment of an account',
            asks: [
              {
                action: 'iam:CreateServiceLinkedRole',
                on: [
                  'role',
                  { RoleNameWithPath: 'aws-service-role/fis.amazonaws.com/AWSServiceRoleForFIS' },
                ] as const,
                context: { 'iam:AWSServiceName': 'fis.amazonaws.com' },
              },
            ],
          },
        ]
      : []),
  ];
}
