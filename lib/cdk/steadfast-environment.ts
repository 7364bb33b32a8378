import { Stack } from 'aws-cdk-lib';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type * as z from 'zod';
import { problemsOfIssues } from '../definitions/problems-of-issues.ts';
import {
  type Environment,
  type EnvironmentDefinition,
  environmentSchema,
} from '../experiment/environment.ts';
import type { Problem } from '../experiment/steadfast-error.ts';
import { type EnvironmentNames, environmentNames } from '../plan/environment-names.ts';
import { type DeployedEnvironment, deployedEnvironment } from './deployed-environment.ts';
import {
  approverStatements,
  grantStatements,
  operatorStatements,
  viewerStatements,
} from './environment-statements.ts';
import { pipelineStatements } from './pipeline/pipeline-statements.ts';
import { lookUpDefinition } from './published-definition.ts';
import { refuse } from './refuse.ts';
import { differ } from './template/differ.ts';

/**
 * An environment that Steadfast is deployed to, as an app sees that only adds experiments to it. It makes nothing itself.
 *
 * @example
 * const staging = SteadfastEnvironment.fromLookup(this, 'Staging', { environment: 'staging' });
 * staging.grantOperate(onCallRole);
 */
export class SteadfastEnvironment extends Construct {
  /**
   * An environment by its definition, where the app has that at hand.
   *
   * @throws {SteadfastError} `invalid`, with all problems of the definition
   */
  static fromDefinition(
    scope: Construct,
    id: string,
    definition: EnvironmentDefinition,
  ): SteadfastEnvironment {
    const path = `${scope.node.path}/${id}`;
    const deployed = deployedEnvironment(definition, readDefinition(path, definition));
    refuse(path, definition, placeProblems(scope, deployed));
    return new SteadfastEnvironment(scope, id, { names: deployed.names, deployed });
  }

  /**
   * An environment by what was published when it was deployed, under `/steadfast/<environment>` in Parameter Store. CDK looks it up at the
   * first synthesis and keeps it in cdk.context.json: `npx cdk context --clear` has it looked up again. The stack must say its account and
   * Region.
   *
   * @throws {SteadfastError} `invalid` where what was published cannot be read, by this version at least
   */
  static fromLookup(
    scope: Construct,
    id: string,
    { environment }: { readonly environment: string },
  ): SteadfastEnvironment {
    const path = `${scope.node.path}/${id}`;
    const { account, region } = Stack.of(scope);
    const text = lookUpDefinition(scope, environment);
    const names = environmentNames({ id: environment, account, region });
    if (text === undefined) return new SteadfastEnvironment(scope, id, { names });
    const published: unknown = JSON.parse(text);
    const parsed = readDefinition(path, published);
    if (!isDefinition(published)) return new SteadfastEnvironment(scope, id, { names });
    const deployed = deployedEnvironment(published, parsed);
    refuse(path, published, placeProblems(scope, deployed));
    return new SteadfastEnvironment(scope, id, { names, deployed });
  }

  readonly environmentId: string;
  /** The names of what the environment's stacks share. */
  readonly names: EnvironmentNames;
  /** Undefined in the first synthesis after `fromLookup`, of which CDK uses nothing. */
  readonly deployed: DeployedEnvironment | undefined;
  /** Whether the environment's own core stack lists the experiments that are deployed to it. */
  readonly isListedByCore: boolean;

  /** Use `fromDefinition` or `fromLookup`. */
  constructor(
    scope: Construct,
    id: string,
    known: {
      readonly names: EnvironmentNames;
      readonly deployed?: DeployedEnvironment;
      readonly isListedByCore?: boolean;
    },
  ) {
    super(scope, id);
    this.environmentId = known.names.id;
    this.names = known.names;
    this.deployed = known.deployed;
    this.isListedByCore = known.isListedByCore ?? false;
  }

  /** Lets somebody start the environment's experiments, see and stop their runs, and read the reports. */
  grantOperate(grantee: IGrantable): Grant {
    return grantStatements(grantee, operatorStatements(this.names));
  }

  /** Lets somebody approve and refuse runs that wait for it, see runs and read reports, and change nothing else. */
  grantApprove(grantee: IGrantable): Grant {
    return grantStatements(grantee, approverStatements(this.names));
  }

  /** Lets the role of a pipeline run experiments and end its runs, ask the gate and plan, and nothing besides. */
  grantPipeline(grantee: IGrantable): Grant {
    return grantStatements(grantee, pipelineStatements(this.names));
  }

  /** Lets somebody see runs and read reports, and change nothing. */
  grantView(grantee: IGrantable): Grant {
    return grantStatements(grantee, viewerStatements(this.names));
  }
}

function readDefinition(path: string, definition: unknown): Environment {
  const read = environmentSchema.safeParse(definition);
  if (!read.success) refuse(path, definition, problemsOfIssues('environment', definition, read.error.issues));
  return environmentSchema.parse(definition);
}

/** What a schema accepts is its input. */
const isDefinition = (definition: unknown): definition is z.input<typeof environmentSchema> =>
  environmentSchema.safeParse(definition).success;

/** An environment is deployed to one account and Region, and its experiments with it. */
function placeProblems(scope: Construct, { place, target }: DeployedEnvironment): Problem[] {
  const here = Stack.of(scope);
  return (['account', 'region'] as const)
    .filter((part) => differ(here[part], place[part]))
    .map((part) => ({
      code: 'elsewhere',
      path: [part],
      message: `${target.id} is in ${place[part]}, and the stack ${here.stackName} in ${here[part]}`,
      hint: "give the stack the environment's account and Region: env",
    }));
}
