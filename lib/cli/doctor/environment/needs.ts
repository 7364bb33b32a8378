import type { ContextValue, IamNeed } from '../../../aws/command/simulate.ts';
import { tagKeys } from '../../../plan/aws-names.ts';
import type { EnvironmentNames } from '../../../plan/environment-names.ts';
import { approvalPartition, haltPrefix, pausePartition } from '../../../plan/table-partitions.ts';

/** What words of the command need. The reference of permissions tells it by word; a test holds the two together. */
export interface WordNeeds {
  /** The words that do not work without it. */
  readonly words: string;
  readonly needs: readonly IamNeed[];
}

const need = (
  actions: readonly string[],
  resource: string,
  context: readonly ContextValue[] = [],
): IamNeed => ({
  actions,
  resource,
  context,
});

const tagged = ({ id }: EnvironmentNames): ContextValue[] => [
  { key: `aws:ResourceTag/${tagKeys.environment}`, values: [id], type: 'string' },
];

const partition = (name: string): ContextValue[] => [
  { key: 'dynamodb:LeadingKeys', values: [name], type: 'stringList' },
];

/** What everybody needs who looks. */
export const lookingNeeds = (names: EnvironmentNames): readonly WordNeeds[] => [
  {
    words: 'runs, show, list --env, coverage, campaign status',
    needs: [
      need(['states:DescribeExecution'], names.dispatcherExecutionsArn),
      need(['dynamodb:GetItem', 'dynamodb:Query'], names.tableArn),
      need(['s3:GetObject'], `${names.bucketArn}/runs/*`),
      need(['logs:FilterLogEvents'], `${names.functionLogGroupArn('observe')}:*`),
      need(['scheduler:ListSchedules', 'tag:GetResources'], '*'),
      need(['scheduler:GetSchedule'], names.schedulesArn),
    ],
  },
  {
    words: 'plan, doctor',
    needs: [
      need(['dynamodb:BatchGetItem'], names.tableArn),
      need(['states:DescribeStateMachine'], names.launchersArn),
      need(['fis:GetExperimentTemplate'], names.arn('fis', 'experiment-template/*'), tagged(names)),
      need(
        ['ssm:GetParameter', 'ssm:GetParametersByPath'],
        names.arn('ssm', `parameter/steadfast/${names.id}/*`),
      ),
      need(
        [
          'cloudwatch:DescribeAlarms',
          'cloudwatch:GetMetricData',
          'ecs:DescribeTasks',
          'fis:GetSafetyLever',
          'fis:ListExperimentTemplates',
          'fis:ListExperiments',
        ],
        '*',
      ),
    ],
  },
];

/** What whoever starts, ends and holds back runs needs besides. */
export const operatingNeeds = (names: EnvironmentNames): readonly WordNeeds[] => [
  {
    words: 'run',
    needs: [
      need(['states:StartExecution'], names.launchersArn, tagged(names)),
      need(['states:DescribeExecution'], names.launcherExecutionsArn),
    ],
  },
  {
    words: 'run --at',
    needs: [
      need(['scheduler:CreateSchedule'], names.schedulesArn),
      need(['iam:PassRole'], names.schedulerRoleArn, [
        { key: 'iam:PassedToService', values: ['scheduler.amazonaws.com'], type: 'string' },
      ]),
    ],
  },
  {
    words: 'halt, unlock',
    needs: [
      need(['states:StartExecution'], names.haltArn),
      need(['states:DescribeExecution'], names.haltExecutionsArn),
      need(['dynamodb:UpdateItem'], names.tableArn, partition(`${haltPrefix}ALL`)),
      need(['fis:StopExperiment'], names.arn('fis', 'experiment/*'), tagged(names)),
    ],
  },
  {
    words: 'pause, resume',
    needs: [need(['dynamodb:DeleteItem', 'dynamodb:PutItem'], names.tableArn, partition(pausePartition))],
  },
  {
    words: 'campaign run',
    needs: [
      need(['s3:PutObject'], `${names.bucketArn}/campaigns/*`),
      need(['states:StartExecution'], names.dispatcherArn),
    ],
  },
];

/** What whoever approves runs needs besides. */
export const approvingNeeds = (names: EnvironmentNames): readonly WordNeeds[] => [
  { words: 'approve', needs: [need(['dynamodb:UpdateItem'], names.tableArn, partition(approvalPartition))] },
];
