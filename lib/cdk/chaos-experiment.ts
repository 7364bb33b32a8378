import type { MathExpression, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { type Grant, type IGrantable, type IRole, Role } from 'aws-cdk-lib/aws-iam';
import { type IStateMachine, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { jsonPathProblemsOf } from '../definitions/json-path-problems.ts';
import { problemsOfIssues } from '../definitions/problems-of-issues.ts';
import { type Experiment, type ExperimentDefinition, experimentSchema } from '../experiment/experiment.ts';
import { type Problem, SteadfastError } from '../experiment/steadfast-error.ts';
import type { Verdict } from '../experiment/verdict.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';
import { createExperiment, type DeployableExperiment, type ExperimentParts } from './deployed-experiment.ts';
import { runsMetric, verdictMetric } from './experiment-metrics.ts';
import { publishExperiments } from './listed-experiments.ts';
import { refuse } from './refuse.ts';
import type { SteadfastEnvironment } from './steadfast-environment.ts';
import { FisExperimentTemplate } from './template/fis-experiment-template.ts';
import type { IFisExperimentTemplate } from './template/i-fis-experiment-template.ts';

export interface ChaosExperimentProps {
  /** Where it is deployed; the experiment must name it. */
  readonly environment: SteadfastEnvironment;
  /** What `defineExperiment` gives. */
  readonly experiment: ExperimentDefinition;
}

/**
 * An experiment in an environment, also one that another team's app deployed: an FIS template for each stage, the role that FIS
 * takes on, the launcher that starts it, and a schedule where the definition has one.
 *
 * In the first synthesis after `SteadfastEnvironment.fromLookup` nothing is known of the environment: then it makes nothing, and what it
 * gives stands for what will be. CDK synthesizes again at once.
 *
 * @example
 * const staging = SteadfastEnvironment.fromLookup(this, 'Staging', { environment: 'staging' });
 * const slow = new ChaosExperiment(this, 'SlowDatabase', { environment: staging, experiment: slowDatabase });
 * slow.grantRun(pipelineRole);
 * slow.metricVerdict('unrecovered').createAlarm(this, 'Unrecovered', { threshold: 1, evaluationPeriods: 1 });
 */
export class ChaosExperiment extends Construct {
  readonly experimentId: string;
  /** The state machine that starts a run with `{}`; its executions are the experiment's history. */
  readonly launcher: IStateMachine;
  readonly launcherName: string;
  readonly launcherArn: string;
  /** The FIS templates, one for each stage, in their order. */
  readonly templates: readonly IFisExperimentTemplate[];
  /** The role that FIS takes on. */
  readonly role: IRole;
  /** A short mark of its plan, by which the environment lists it; undefined while nothing is known of the environment. */
  readonly plan: string | undefined;
  readonly #counted: { readonly environment: string; readonly experiment: string };

  /** @throws {SteadfastError} `invalid` with all problems of the experiment in the environment */
  constructor(scope: Construct, id: string, { environment, experiment }: ChaosExperimentProps) {
    super(scope, id);
    const { names, deployed, environmentId } = environment;
    const parsed = readExperiment(this.node.path, experiment, environmentId);
    this.experimentId = parsed.id;
    this.#counted = { environment: environmentId, experiment: parsed.id };
    this.launcherName = names.launcher(parsed.id);
    this.launcherArn = names.launcherArn(parsed.id);
    this.launcher = StateMachine.fromStateMachineArn(this, 'LauncherReference', this.launcherArn);
    if (deployed === undefined) {
      this.templates = [];
      this.role = Role.fromRoleName(this, 'FisRole', 'not-known-yet');
      return;
    }
    const { role, templates, plan } = createIn(this, { definition: experiment, parsed }, deployed);
    this.role = role;
    this.templates = templates.map(({ ref }, index) =>
      FisExperimentTemplate.fromExperimentTemplateId(this, `Template${index + 1}`, ref),
    );
    this.plan = plan;
    if (!environment.isListedByCore) publishExperiments(this, names, new Map([[parsed.id, plan]]));
  }

  /** Lets somebody start runs, and see how they end. */
  grantRun(grantee: IGrantable): Grant {
    const start = this.launcher.grantStartExecution(grantee);
    return start.combine(
      this.launcher.grantExecution(grantee, 'states:DescribeExecution', 'states:GetExecutionHistory'),
    );
  }

  /** How often it ran, whatever the verdict: zero while it does not. */
  metricRuns(options?: Pick<MetricOptions, 'period' | 'label' | 'color'>): MathExpression {
    return runsMetric(this.#counted, options);
  }

  /** How often its runs ended with a verdict. */
  metricVerdict(verdict: Verdict, options?: MetricOptions): Metric {
    return verdictMetric(this.#counted, verdict, options);
  }
}

/** Reads a definition, which must name the environment that it is to be deployed to. */
function readExperiment(path: string, definition: ExperimentDefinition, environment: string): Experiment {
  const read = experimentSchema.safeParse(definition);
  if (!read.success) refuse(path, definition, problemsOfIssues('experiment', definition, read.error.issues));
  const parsed = read.data ?? experimentSchema.parse(definition);
  const named = Object.keys(parsed.environments ?? {});
  refuse(path, definition, [
    ...jsonPathProblemsOf(parsed),
    ...(named.includes(environment) ? [] : [notNamed(environment, named)]),
  ]);
  return parsed;
}

const notNamed = (environment: string, named: readonly string[]): Problem => ({
  code: 'not-named',
  path: ['environments'],
  message: `names ${named.length === 0 ? 'none' : named.join(', ')}, and an experiment is deployed only to environments that it names`,
  hint: `add environments: { '${environment}': {} }`,
});

/** Creates what an experiment needs; what stands in its way is told with the path of the construct. */
function createIn(
  scope: Construct,
  experiment: DeployableExperiment,
  environment: DeployedEnvironment,
): ExperimentParts {
  try {
    return createExperiment(scope, experiment, environment);
  } catch (thrown) {
    if (thrown instanceof SteadfastError) refuse(scope.node.path, experiment.definition, thrown.problems);
    throw thrown;
  }
}
