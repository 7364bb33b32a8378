/** A policy of people: who may look, who may answer, who may operate, who acts in a role of game days, and who in that of the operator. */
export type PeoplePolicy = 'viewers' | 'approvers' | 'operators' | 'roles' | 'gameDayOperators';

/** What each word of the command that acts in AWS asks, by IAM's names, and whose policy allows it. */
export const commandPermissions: readonly {
  readonly words: string;
  readonly policy: PeoplePolicy;
  readonly actions: readonly string[];
  /** What it asks besides where it can, or where all else fails. */
  readonly maybe?: readonly string[];
  /** What it asks of the caller's own role, which only the caller's account can allow. */
  readonly ofOwnRole?: readonly string[];
}[] = [
  {
    words: 'run',
    policy: 'operators',
    actions: [
      'tag:GetResources',
      'states:DescribeStateMachine',
      'states:StartExecution',
      'states:DescribeExecution',
    ],
    maybe: ['logs:FilterLogEvents', 's3:GetObject'],
  },
  {
    words: 'run --at',
    policy: 'operators',
    actions: ['tag:GetResources', 'states:DescribeStateMachine', 'scheduler:CreateSchedule', 'iam:PassRole'],
  },
  {
    words: 'plan',
    policy: 'viewers',
    actions: ['tag:GetResources', 'states:DescribeStateMachine', 'dynamodb:Query', 'dynamodb:BatchGetItem'],
    maybe: [
      'cloudwatch:DescribeAlarms',
      'cloudwatch:GetMetricData',
      'ecs:DescribeTasks',
      'fis:GetExperimentTemplate',
      'fis:GetSafetyLever',
      'fis:ListExperiments',
      'iam:SimulatePrincipalPolicy',
      's3:GetObject',
      'ssm:GetParametersByPath',
    ],
    ofOwnRole: ['iam:GetRole', 'iam:SimulatePrincipalPolicy'],
  },
  {
    words: 'doctor --env',
    policy: 'viewers',
    actions: [
      'tag:GetResources',
      'ssm:GetParametersByPath',
      'dynamodb:Query',
      'dynamodb:BatchGetItem',
      'cloudwatch:DescribeAlarms',
      'fis:GetSafetyLever',
      'fis:ListExperiments',
      'fis:ListExperimentTemplates',
    ],
    maybe: ['states:DescribeStateMachine'],
    ofOwnRole: ['iam:GetRole', 'iam:SimulatePrincipalPolicy'],
  },
  {
    words: 'campaign run',
    policy: 'operators',
    actions: ['s3:PutObject', 'states:StartExecution'],
  },
  {
    words: 'campaign status',
    policy: 'viewers',
    actions: ['dynamodb:GetItem', 'dynamodb:Query', 's3:GetObject', 'states:DescribeExecution'],
  },
  { words: 'runs --env', policy: 'viewers', actions: ['dynamodb:Query'] },
  {
    words: 'show',
    policy: 'viewers',
    actions: ['dynamodb:GetItem', 'dynamodb:Query', 's3:GetObject'],
    maybe: ['logs:FilterLogEvents'],
  },
  {
    words: 'list --env',
    policy: 'viewers',
    actions: ['tag:GetResources', 'dynamodb:Query', 'scheduler:ListSchedules', 'scheduler:GetSchedule'],
  },
  { words: 'coverage --env', policy: 'viewers', actions: ['dynamodb:Query'] },
  { words: 'gate --env', policy: 'viewers', actions: ['dynamodb:Query'] },
  { words: 'report run --env', policy: 'viewers', actions: ['s3:GetObject'] },
  { words: 'report compare --env', policy: 'viewers', actions: ['s3:GetObject'] },
  { words: 'report service --env', policy: 'viewers', actions: ['dynamodb:Query'] },
  { words: 'report month', policy: 'viewers', actions: ['dynamodb:Query'], maybe: ['s3:GetObject'] },
  {
    words: 'halt',
    policy: 'operators',
    actions: ['states:StartExecution', 'states:DescribeExecution'],
    maybe: ['dynamodb:UpdateItem', 'fis:ListExperiments', 'fis:StopExperiment'],
  },
  { words: 'unlock', policy: 'operators', actions: ['states:StartExecution', 'states:DescribeExecution'] },
  {
    words: 'approve',
    policy: 'approvers',
    actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
  },
  {
    words: 'pause',
    policy: 'operators',
    actions: ['tag:GetResources', 'states:DescribeStateMachine', 'dynamodb:PutItem'],
  },
  { words: 'resume', policy: 'operators', actions: ['dynamodb:DeleteItem'] },
  {
    words: 'gameday plan',
    policy: 'roles',
    actions: [
      'ssm:GetParameter',
      'states:DescribeStateMachine',
      'lambda:InvokeFunctionUrl',
      'lambda:InvokeFunction',
    ],
  },
  {
    words: 'gameday start',
    policy: 'gameDayOperators',
    actions: [
      'ssm:GetParameter',
      'states:DescribeStateMachine',
      'lambda:InvokeFunctionUrl',
      'lambda:InvokeFunction',
      'states:StartExecution',
    ],
  },
  {
    words:
      'gameday status, approve, refuse, check, propose, extend, note, observe, pause, resume, halt, finish',
    policy: 'roles',
    actions: ['ssm:GetParameter', 'lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'],
  },
];

/** What every word asks where the project does not declare the environment, and what needs no permission at all. */
export const everyWord = { undeclared: 'ssm:GetParameter', free: 'sts:GetCallerIdentity' } as const;

const policies: Readonly<Record<PeoplePolicy, string>> = {
  viewers: '`SteadfastViewerPolicy`',
  approvers: '`SteadfastApproverPolicy`',
  operators: '`SteadfastOperatorPolicy`',
  roles: 'the policy of any role of game days, `steadfast-<env>-gameday-<role>`',
  gameDayOperators: '`steadfast-<env>-gameday-operator`',
};

const codes = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');

/** The list of the reference. */
export const commandPermissionLines = (): string[] =>
  commandPermissions.map(({ words, policy, actions, maybe = [], ofOwnRole = [] }) => {
    const without = maybe.length === 0 ? '' : `, and where it may or has to ${codes(maybe)}`;
    const own = ofOwnRole.length === 0 ? '' : `; of the caller's own role ${codes(ofOwnRole)}`;
    return `- \`${words}\` (${policies[policy]}): ${codes(actions)}${without}${own}.`;
  });
