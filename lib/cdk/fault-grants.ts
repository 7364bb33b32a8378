import { partitionOf, tagKeys } from '../plan/aws-names.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';
import { type Grant, grant, grantOnAll, grantOnNamed } from './grant.ts';

/** Looking at guards. */
export const readGuards = (...calls: readonly string[]): Grant =>
  grantOnAll(
    'Guards',
    calls.map((call) => `cloudwatch:${call}`),
    'read-only; a guard may be a composite alarm, and CloudWatch shows those only to whom it shows all (API reference, DescribeAlarms and DescribeAlarmHistory)',
  );

/** Taking on the roles that read guards of other accounts and Regions, and no others. */
export const pollGuards = ({ target }: DeployedEnvironment): readonly Grant[] =>
  grantOnNamed(
    'PolledGuards',
    ['sts:AssumeRole'],
    Object.values(target.guards).flatMap(({ readBy }) => readBy ?? []),
    (role) => role,
  );

export const readMetrics = (): Grant =>
  grantOnAll('Metrics', ['cloudwatch:GetMetricData'], 'read-only; IAM knows no resource for metrics');

/** Only experiments and templates of this environment: the functions start none without its tag. */
const ofThisEnvironment = ({ target }: DeployedEnvironment) => ({
  conditions: { StringEquals: { [`aws:ResourceTag/${tagKeys.environment}`]: target.id } },
});

/** Looking at experiments of this environment, and stopping them. */
export const experiments = (environment: DeployedEnvironment, ...calls: readonly string[]): Grant =>
  grant(
    'Experiments',
    calls.map((call) => `fis:${call}`),
    [environment.names.arn('fis', 'experiment/*')],
    ofThisEnvironment(environment),
  );

export const listExperiments = (): Grant =>
  grantOnAll('ListExperiments', ['fis:ListExperiments'], 'read-only; IAM knows no resource for a list');

/** Starting experiments, only from templates of this environment. */
export const startExperiments = (environment: DeployedEnvironment): readonly Grant[] => [
  grant(
    'OwnTemplates',
    ['fis:StartExperiment'],
    [environment.names.arn('fis', 'experiment-template/*')],
    ofThisEnvironment(environment),
  ),
  grant(
    'StartTagged',
    ['fis:StartExperiment', 'fis:TagResource'],
    [environment.names.arn('fis', 'experiment/*')],
    { conditions: { StringEquals: { [`aws:RequestTag/${tagKeys.environment}`]: environment.target.id } } },
  ),
];

/** The first start in an account makes FIS's own role (FIS user guide, "Service-linked roles"); admission's preview is the first. */
export const firstStart = ({ place }: DeployedEnvironment): Grant =>
  grant(
    'FirstStart',
    ['iam:CreateServiceLinkedRole'],
    [
      `arn:${partitionOf(place.region)}:iam::${place.account}:role/aws-service-role/fis.amazonaws.com/AWSServiceRoleForFIS`,
    ],
    { conditions: { StringEquals: { 'iam:AWSServiceName': 'fis.amazonaws.com' } } },
  );

/** Finding what selectors match, and whether tasks still run. */
export const readTargets = ({ names }: DeployedEnvironment): readonly Grant[] => [
  grantOnAll('FindTargets', ['tag:GetResources'], 'read-only; IAM knows no resource for a search by tags'),
  grant('Tasks', ['ecs:DescribeTasks'], [names.arn('ecs', 'task/*')], {
    unlimited: 'read-only; admission must see tasks that wrongly carry or lack a tag, to refuse them',
  }),
];

/** Looking at the ECS services of tasks: what actions need of them, and whether a fault has left them as they were. */
export const seeServices = ({ names }: DeployedEnvironment): Grant =>
  grant('EcsServices', ['ecs:DescribeServices'], [names.arn('ecs', 'service/*')], {
    unlimited: 'read-only; a service need not carry the tag that its tasks carry',
  });

/** Looking at instances that were hit. */
export const seeInstances = (): Grant =>
  grantOnAll('Instances', ['ec2:DescribeInstances'], 'read-only; IAM knows no resource for it');

/** Looking at the network ACLs of subnets, before and after a fault. */
export const seeNetworkAcls = (): Grant =>
  grantOnAll('NetworkAcls', ['ec2:DescribeNetworkAcls'], 'read-only; IAM knows no resource for it');

/** Looking at what actions need of their targets. */
export const readPrerequisites = (environment: DeployedEnvironment): readonly Grant[] => [
  grantOnAll(
    'Prerequisites',
    ['ecs:DescribeTaskDefinition', 'ssm:DescribeInstanceInformation'],
    'read-only; IAM knows no resource for definitions of tasks and for managed instances',
  ),
  seeServices(environment),
  // A function's configuration may hold what is nobody else's affair.
  grant(
    'PrerequisitesOfFunctions',
    ['lambda:GetFunctionConfiguration'],
    [environment.names.arn('lambda', 'function:*')],
    {
      conditions: {
        StringEquals: { [`aws:ResourceTag/${environment.target.tag.key}`]: environment.target.tag.value },
      },
    },
  ),
];
