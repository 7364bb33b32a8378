import { Lazy, Stack } from 'aws-cdk-lib';
import type { CfnExperimentTemplate } from 'aws-cdk-lib/aws-fis';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { Experiment, ExperimentDefinition } from '../experiment/experiment.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { tagKeys } from '../plan/aws-names.ts';
import { hashOf } from '../plan/hash.ts';
import { planExperiment } from '../plan/plan-experiment.ts';
import type { RolePlan } from '../plan/role.ts';
import { variantsOf } from '../plan/variants.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';
import { endRunsOfExperiment } from './end-runs-first.ts';
import { createSchedule } from './experiment-schedule.ts';
import { createExperimentTemplate } from './experiment-template.ts';
import { launcherDefinition } from './launcher-definition.ts';
import { acknowledgeWildcards, reasonOfFaults } from './wildcards.ts';

/** An experiment as it was written, and read. */
export interface DeployableExperiment {
  readonly definition: ExperimentDefinition;
  readonly parsed: Experiment;
}

/** In AWS it is FIS that draws the targets, by no seed of ours; the input has the same form as a rehearsal's, which does draw. */
const seed = 1;

/** What of an experiment is in AWS, besides its launcher and schedule. */
export interface ExperimentParts {
  /** One for each stage, in their order; then those of each other combination of what is open. */
  readonly templates: readonly CfnExperimentTemplate[];
  readonly role: Role;
  /** A short mark of what is deployed. */
  readonly plan: string;
}

/**
 * An experiment in an environment: a template for each stage of each way in which it can run, FIS's role, the launcher, and a schedule where it has one.
 *
 * @throws {SteadfastError} `invalid`, with all problems, where it cannot run there
 */
export function createExperiment(
  scope: Construct,
  { definition, parsed }: DeployableExperiment,
  environment: DeployedEnvironment,
): ExperimentParts {
  const { names, place, target } = environment;
  const templates: CfnExperimentTemplate[] = [];
  const plans = variantsOf(parsed).map(({ experiment, set }, variant) =>
    planExperiment({
      definition,
      experiment,
      ...(set === undefined ? {} : { set }),
      target,
      seed,
      stack: Stack.of(scope).stackName,
      // The plan comes before the templates that it describes; their ids are put in when the stack is written.
      templateId: (stage) =>
        Lazy.string({ produce: () => templates[variant * parsed.stages.length + stage]?.ref }),
    }),
  );
  const [plan, ...others] = plans;
  if (plan === undefined) throw new SteadfastError('internal', `there is no way to run ${parsed.id}`);
  const { plan: mark } = plan.input;
  if (mark === undefined) throw new SteadfastError('internal', 'the plan of an environment has no mark');
  const role = createFisRole(scope, plan.role, `Steadfast: FIS for ${parsed.id} in ${target.id}`);
  for (const [variant, planned] of plans.entries()) {
    for (const [index, template] of planned.templates.entries()) {
      const stage = index + 1;
      const options = { template, experiment: parsed.id, stage, variant, roleArn: role.roleArn, environment };
      const id = variant === 0 ? `Stage${stage}` : `Variant${variant + 1}Stage${stage}`;
      templates.push(createExperimentTemplate(scope, id, options));
    }
  }
  new CfnStateMachine(scope, 'Launcher', {
    stateMachineName: names.launcher(parsed.id),
    roleArn: names.launcherRoleArn,
    definitionString: Stack.of(scope).toJsonString(
      launcherDefinition({
        title: parsed.title,
        input: plan.input,
        opens: parsed.opens,
        others: others.map((other) => other.input),
        runnerArn: names.runnerArn,
        region: place.region,
        bucket: names.bucket,
      }),
    ),
    tracingConfiguration: { enabled: true },
    loggingConfiguration: {
      level: 'ALL',
      includeExecutionData: false,
      destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: names.stateLogGroupArn } }],
    },
    // By the first IAM tells who may start it; by both the command finds it, whichever repository deployed it.
    tags: [
      { key: tagKeys.environment, value: target.id },
      { key: tagKeys.experiment, value: parsed.id },
    ],
  });
  const gate = endRunsOfExperiment(scope, names, {
    id: parsed.id,
    templates: templates.map(({ ref }) => ref),
    role: role.roleName,
  });
  if (plan.schedule !== undefined) {
    const schedule = createSchedule(scope, {
      experiment: parsed.id,
      title: parsed.title,
      schedule: plan.schedule,
      environment,
    });
    // Deleted before runs are ended, so that it starts none meanwhile.
    schedule.addResourceDependency(gate);
  }
  return { templates, role, plan: mark };
}

function createFisRole(scope: Construct, role: RolePlan | undefined, description: string): Role {
  if (role === undefined)
    throw new SteadfastError('internal', 'the plan of an environment has no role for FIS');
  // What it may do is in its id: with other permissions it is another role, and the one that FIS undoes a fault by stays as it is.
  const id = `FisRole${hashOf(Stack.of(scope).resolve(role)).slice(0, 8)}`;
  const created = new Role(scope, id, {
    description,
    assumedBy: new ServicePrincipal(role.trust.service, { conditions: role.trust.conditions }),
    inlinePolicies: {
      faults: new PolicyDocument({
        statements: role.statements.map((statement) => PolicyStatement.fromJson(statement)),
      }),
    },
  });
  acknowledgeWildcards(
    created,
    role.statements.map(({ Sid, Resource }) => ({ sid: Sid, resources: Resource })),
    reasonOfFaults,
  );
  return created;
}
