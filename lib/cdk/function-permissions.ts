import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { partitionOf } from '../plan/aws-names.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';
import type { HandlerName } from './handler-bundles.ts';
import { tagKeys } from './own-tags.ts';

type Allow = (
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
  conditions?: Conditions,
) => PolicyStatement;
type Conditions = Readonly<Record<string, Readonly<Record<string, string>>>>;

const allow: Allow = (sid, actions, resources, conditions) =>
  new PolicyStatement({
    sid,
    actions: [...actions],
    resources: [...resources],
    ...(conditions === undefined ? {} : { conditions }),
  });

/** Keeping a run: its lease and index in the table, its entries and samples in the bucket. */
const keepTheRun = ({ names }: DeployedEnvironment) => [
  allow(
    'Table',
    ['BatchGetItem', 'ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'].map(
      (call) => `dynamodb:${call}`,
    ),
    [names.tableArn],
  ),
  allow('Runs', ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'], [`${names.bucketArn}/runs/*`]),
  allow('ListRuns', ['s3:ListBucket'], [names.bucketArn], { StringLike: { 's3:prefix': 'runs/*' } }),
];

/** Looking at alarms; CloudWatch knows no resource for a list of them. */
const readGuards = () => [
  allow('Guards', ['cloudwatch:DescribeAlarms', 'cloudwatch:DescribeAlarmHistory'], ['*']),
];

/** Taking on the roles that read guards of other accounts and Regions, and no others. */
const pollGuards = ({ target }: DeployedEnvironment) =>
  statementOn(
    'PolledGuards',
    ['sts:AssumeRole'],
    [...new Set(Object.values(target.guards).flatMap(({ readBy }) => readBy ?? []))],
    (role) => role,
  );

const readMetrics = () => [allow('Metrics', ['cloudwatch:GetMetricData'], ['*'])];

/** Looking at experiments, and stopping them: whoever sees harm may end it. */
const stopFaults = ({ names }: DeployedEnvironment) => [
  allow(
    'StopExperiments',
    ['fis:GetExperiment', 'fis:ListExperimentResolvedTargets', 'fis:StopExperiment'],
    [names.arn('fis', 'experiment/*')],
  ),
  allow('ListExperiments', ['fis:ListExperiments'], ['*']),
];

/** Starting experiments, only from templates of this environment. */
const startFaults = (environment: DeployedEnvironment) => [
  allow('OwnTemplates', ['fis:StartExperiment'], [environment.names.arn('fis', 'experiment-template/*')], {
    StringEquals: { [`aws:ResourceTag/${tagKeys.environment}`]: environment.target.id },
  }),
  allow(
    'StartTagged',
    ['fis:StartExperiment', 'fis:TagResource'],
    [environment.names.arn('fis', 'experiment/*')],
    {
      StringEquals: { [`aws:RequestTag/${tagKeys.environment}`]: environment.target.id },
    },
  ),
  allow(
    'FirstStart',
    ['iam:CreateServiceLinkedRole'],
    [
      `arn:${partitionOf(environment.place.region)}:iam::${environment.place.account}:role/aws-service-role/fis.amazonaws.com/AWSServiceRoleForFIS`,
    ],
    { StringEquals: { 'iam:AWSServiceName': 'fis.amazonaws.com' } },
  ),
];

/** Reading which experiments are deployed. AWS asks for a permission on the path, not on what lies below it. */
const readListings = ({ names }: DeployedEnvironment) => [
  allow('Listings', ['ssm:GetParametersByPath'], [names.arn('ssm', `parameter${names.experimentList}`)]),
];

/** Finding what selectors match, and whether tasks still run. */
const readTargets = () => [
  allow('Targets', ['ecs:DescribeTasks', 'ecs:ListTasks', 'tag:GetResources'], ['*']),
];

/** Looking at what actions need of their targets; IAM knows no resource for definitions of tasks and for managed instances. */
const readPrerequisites = ({ names }: DeployedEnvironment) => [
  allow('Prerequisites', ['ecs:DescribeTaskDefinition', 'ssm:DescribeInstanceInformation'], ['*']),
  allow('PrerequisitesOfTasks', ['ecs:DescribeServices'], [names.arn('ecs', 'service/*')]),
  allow('PrerequisitesOfFunctions', ['lambda:GetFunctionConfiguration'], [names.arn('lambda', 'function:*')]),
];

/** Reading the secrets that the environment declares, and no others. */
function readSecrets({ parsed, names }: DeployedEnvironment) {
  const sources = Object.values(parsed.secrets ?? {});
  const managed = sources.flatMap((source) => ('secretsManager' in source ? [source.secretsManager] : []));
  const parameters = sources.flatMap((source) => ('ssm' in source ? [source.ssm] : []));
  return [
    // Secrets Manager adds a hyphen and six characters to a name.
    ...statementOn('Secrets', ['secretsmanager:GetSecretValue'], managed, (name) =>
      names.arn('secretsmanager', `secret:${name}-??????`),
    ),
    ...statementOn('Parameters', ['ssm:GetParameter'], parameters, (name) =>
      names.arn('ssm', `parameter/${name.replace(/^\//, '')}`),
    ),
  ];
}

/** Calling the functions and running the automations that the environment declares for rollbacks. */
function performRollbacks({ parsed, names, place }: DeployedEnvironment) {
  const documents = Object.values(parsed.documents ?? {});
  const roles = documents.flatMap(({ role }) => role ?? []);
  const iam = `arn:${partitionOf(place.region)}:iam::${place.account}`;
  // A document of Amazon's has no account in its ARN.
  const documentArn = (kind: string, name: string) =>
    name.startsWith('AWS')
      ? `arn:${partitionOf(place.region)}:ssm:${place.region}::${kind}/${name}`
      : names.arn('ssm', `${kind}/${name}`);
  return [
    ...statementOn('Functions', ['lambda:InvokeFunction'], Object.values(parsed.functions ?? {}), (name) =>
      names.arn('lambda', `function:${name}`),
    ),
    ...(documents.length === 0
      ? []
      : [
          allow(
            'Automations',
            ['ssm:StartAutomationExecution'],
            documents.flatMap(({ document }) => [
              documentArn('document', document),
              `${documentArn('automation-definition', document)}:*`,
            ]),
          ),
          allow(
            'AutomationExecutions',
            ['ssm:GetAutomationExecution'],
            [names.arn('ssm', 'automation-execution/*')],
          ),
        ]),
    ...statementOn('AutomationRoles', ['iam:PassRole'], roles, (name) => `${iam}:role/${name}`, {
      StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' },
    }),
  ];
}

/** Telling people and systems of the verdict. */
const tell = ({ names }: DeployedEnvironment) => [
  allow('Tell', ['sns:Publish'], [names.topicArn]),
  allow('TellSystems', ['events:PutEvents'], [names.arn('events', 'event-bus/default')], {
    StringEquals: { 'events:source': 'steadfast' },
  }),
];

function statementOn(
  sid: string,
  actions: readonly string[],
  named: readonly string[],
  arnOf: (name: string) => string,
  conditions?: Conditions,
) {
  if (named.length === 0) return [];
  return [
    allow(
      sid,
      actions,
      named.map((name) => (name.startsWith('arn:') ? name : arnOf(name))),
      conditions,
    ),
  ];
}

/** The least that each function needs, besides its own log. */
export const functionPermissions: Readonly<
  Record<HandlerName, (environment: DeployedEnvironment) => PolicyStatement[]>
> = {
  admit: (e) => [
    ...keepTheRun(e),
    ...readListings(e),
    ...readGuards(),
    ...pollGuards(e),
    ...readTargets(),
    ...readPrerequisites(e),
    ...startFaults(e),
    ...stopFaults(e),
  ],
  observe: (e) => [
    ...keepTheRun(e),
    ...readGuards(),
    ...pollGuards(e),
    ...readMetrics(),
    ...readSecrets(e),
    ...stopFaults(e),
  ],
  fault: (e) => [
    ...keepTheRun(e),
    ...readGuards(),
    ...pollGuards(e),
    ...readTargets(),
    ...startFaults(e),
    ...stopFaults(e),
  ],
  rollback: (e) => [...keepTheRun(e), ...readMetrics(), ...readSecrets(e), ...performRollbacks(e)],
  conclude: (e) => [...keepTheRun(e), ...stopFaults(e), ...tell(e)],
};
