import { Duration, Stack } from 'aws-cdk-lib';
import { type IOidcProvider, OidcProviderNative, Role, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { policyStatementOf } from '../environment-statements.ts';
import { refuse } from '../refuse.ts';
import type { SteadfastEnvironment } from '../steadfast-environment.ts';
import { type PipelineJobs, readJobs, type TrustedTokens } from './pipeline-jobs.ts';
import { pipelineStatements } from './pipeline-statements.ts';

export interface SteadfastPipelineRoleProps {
  readonly environment: SteadfastEnvironment;
  /** Which jobs may take the role on. */
  readonly jobs: PipelineJobs;
  /**
   * Whether to make the account's OIDC provider of the issuer, of which IAM takes one only.
   *
   * @default true; false where another stack, or somebody by hand, has made it
   */
  readonly createProvider?: boolean;
  /** @default - CloudFormation makes one up */
  readonly roleName?: string;
  /**
   * How long a job may have the role: longer than its longest run, which goes on without anybody to follow it otherwise.
   *
   * @default Duration.hours(1)
   * @minimum 1 hour
   * @maximum 12 hours
   */
  readonly maxSessionDuration?: Duration;
}

/**
 * The role that a pipeline takes on by the token of its job, without a key that could be stolen: it starts and follows the runs of one
 * environment, ends them, asks its gate and plans, and nothing besides. Only the jobs that are named in full are trusted.
 *
 * @throws {SteadfastError} `invalid` where jobs are named by a pattern or not at all
 *
 * @example
 * new SteadfastPipelineRole(this, 'Pipeline', {
 *   environment: staging,
 *   jobs: { gitHub: [{ repository: 'acme/shop', branch: 'main' }] },
 * });
 */
export class SteadfastPipelineRole extends Role {
  constructor(scope: Construct, id: string, props: SteadfastPipelineRoleProps) {
    const { environment, roleName, maxSessionDuration = Duration.hours(1) } = props;
    const tokens = trustedTokens(scope, id, props.jobs);
    const { issuer, audience, subjects } = tokens;
    super(scope, id, {
      ...(roleName === undefined ? {} : { roleName }),
      maxSessionDuration,
      description: `Run the experiments of Steadfast in ${environment.environmentId} from a pipeline`,
      assumedBy: new WebIdentityPrincipal(providerOf(scope, tokens, props).oidcProviderArn, {
        StringEquals: { [`${issuer}:aud`]: audience, [`${issuer}:sub`]: [...subjects] },
      }),
    });
    for (const statement of pipelineStatements(environment.names))
      this.addToPolicy(policyStatementOf(statement));
  }
}

function trustedTokens(scope: Construct, id: string, jobs: PipelineJobs): TrustedTokens {
  const { problems, ...tokens } = readJobs(jobs);
  refuse(`${scope.node.path}/${id}`, { jobs }, problems);
  return tokens;
}

/** The provider of an issuer: one in a stack, however many roles trust it. */
function providerOf(
  scope: Construct,
  { issuer, audience }: TrustedTokens,
  { environment, createProvider = true }: SteadfastPipelineRoleProps,
): IOidcProvider {
  const stack = Stack.of(scope);
  const id = `SteadfastOidc-${issuer.replaceAll('/', '-')}`;
  const there = stack.node.tryFindChild(id);
  if (there instanceof OidcProviderNative) return there;
  if (createProvider)
    return new OidcProviderNative(stack, id, { url: `https://${issuer}`, clientIds: [audience] });
  const { launcherRoleArn } = environment.names;
  const arn = `${launcherRoleArn.slice(0, launcherRoleArn.indexOf(':role/'))}:oidc-provider/${issuer}`;
  return OidcProviderNative.fromOidcProviderArn(scope, `${id}-of-the-account`, arn);
}
