import { type App, CfnResource, Stack, Tags } from 'aws-cdk-lib';
import { CfnExperimentTemplate } from 'aws-cdk-lib/aws-fis';
import { type IRole, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { launcherDefinition } from '../../lib/cdk/launcher-definition.ts';
import { environmentNames } from '../../lib/plan/environment-names.ts';
import { hashOf } from '../../lib/plan/hash.ts';
import { environment } from './workload.ts';
import type { Written } from './written.ts';

const names = environmentNames(environment);
const env = { account: environment.account, region: environment.region };

/** What the experiments of one stack share, imported once. */
interface Shared {
  readonly launcherRole: IRole;
  readonly log: ILogGroup;
}

/** What the runs of an experiment need of its stack. */
interface NeededByRuns {
  readonly id: string;
  readonly templates: readonly string[];
  readonly role: string;
}

/** The same experiments, written by hand with CDK's own constructs: a stack for each owner. */
export function addPlainStacks(app: App, experiments: readonly Written[]): void {
  const byStack = Object.groupBy(experiments, ({ stack }) => stack);
  for (const [stackName, own = []] of Object.entries(byStack)) {
    const stack = new Stack(app, stackName, { env, stackName, suppressTemplateIndentation: true });
    const shared = {
      launcherRole: Role.fromRoleArn(stack, 'LauncherRole', names.launcherRoleArn, { mutable: false }),
      log: LogGroup.fromLogGroupArn(stack, 'StateLog', names.stateLogGroupArn),
    };
    const needed = own.map((experiment) => addPlainExperiment(stack, experiment, shared));
    new CfnResource(stack, 'EndRunsGate', {
      type: 'Custom::SteadfastEndRunsFirst',
      properties: {
        ServiceToken: names.endRunsArn,
        ServiceTimeout: 930,
        Scope: 'experiments',
        Experiments: Object.fromEntries(needed.map(({ id, templates }) => [id, templates])),
        Roles: Object.fromEntries(needed.map(({ id, role }) => [id, role])),
      },
    });
  }
}

/** What its runs need. */
function addPlainExperiment(stack: Stack, experiment: Written, { launcherRole, log }: Shared): NeededByRuns {
  const { id, title, template, input, schedule } = experiment;
  const scope = new Construct(stack, id);
  const roleId = `FisRole${hashOf(stack.resolve(experiment.role)).slice(0, 8)}`;
  const role = new Role(scope, roleId, {
    description: `Steadfast: FIS for ${id} in ${environment.id}`,
    assumedBy: new ServicePrincipal('fis.amazonaws.com', { conditions: experiment.role.trust.conditions }),
    inlinePolicies: {
      faults: new PolicyDocument({
        statements: experiment.role.statements.map((statement) => PolicyStatement.fromJson(statement)),
      }),
    },
  });
  const stage = new CfnExperimentTemplate(scope, 'Stage1', {
    description: template.description,
    roleArn: role.roleArn,
    targets: template.targets,
    actions: template.actions,
    stopConditions: template.stopOn.map((value) => ({ source: 'aws:cloudwatch:alarm', value })),
    experimentOptions: { accountTargeting: 'single-account', emptyTargetResolutionMode: 'fail' },
    logConfiguration: {
      logSchemaVersion: 2,
      cloudWatchLogsConfiguration: { LogGroupArn: names.fisLogGroupArn },
    },
    tags: {
      Name: `steadfast-${environment.id}-${id}-1`,
      'steadfast:environment': environment.id,
      'steadfast:experiment': id,
    },
  });
  const definition = launcherDefinition({
    title,
    input: { ...input, stages: input.stages.map((one) => ({ ...one, templateId: stage.ref })) },
    runnerArn: names.runnerArn,
    region: environment.region,
    bucket: names.bucket,
  });
  const launcher = new StateMachine(scope, 'Launcher', {
    stateMachineName: names.launcher(id),
    role: launcherRole,
    definitionBody: DefinitionBody.fromString(stack.toJsonString(definition)),
    tracingEnabled: true,
    logs: { destination: log, level: LogLevel.ALL, includeExecutionData: false },
  });
  Tags.of(launcher).add('steadfast:environment', environment.id);
  Tags.of(launcher).add('steadfast:experiment', id);
  new CfnSchedule(scope, 'Schedule', {
    name: names.schedule(id),
    description: title,
    scheduleExpression: schedule.expression,
    scheduleExpressionTimezone: schedule.timeZone ?? 'UTC',
    flexibleTimeWindow: { mode: 'FLEXIBLE', maximumWindowInMinutes: schedule.flexibleWindowMinutes ?? 1 },
    target: {
      arn: 'arn:aws:scheduler:::aws-sdk:sfn:startExecution',
      roleArn: names.schedulerRoleArn,
      input: JSON.stringify({
        StateMachineArn: names.launcherArn(id),
        Name: '<aws.scheduler.execution-id>',
        Input: JSON.stringify({ scheduledTime: '<aws.scheduler.scheduled-time>' }),
      }),
      retryPolicy: { maximumEventAgeInSeconds: 300, maximumRetryAttempts: 2 },
      deadLetterConfig: { arn: names.missedStartsArn },
    },
  });
  return { id, templates: [stage.ref], role: role.roleName };
}
