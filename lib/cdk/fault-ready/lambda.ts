import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  CfnFunction,
  CfnUrl,
  InvokeMode,
  type Function as LambdaFunction,
  LayerVersion,
  Runtime,
  RuntimeFamily,
} from 'aws-cdk-lib/aws-lambda';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import * as z from 'zod';
import type { EnvironmentTag } from '../environment-tag.ts';
import { tag } from './environment-tag.ts';
import { type FaultConfiguration, locationOf } from './fault-configuration-bucket.ts';
import { refusal } from './refusal.ts';

/** What starts FIS's extension before the runtime (FIS user guide, "Use the aws:lambda:function actions"). */
const wrapper = { name: 'AWS_LAMBDA_EXEC_WRAPPER', value: '/opt/aws-fis/bootstrap' } as const;

/** What FIS's user guide gives for `preventExecution`; a poll takes 70 ms on average. */
const defaultPollWait = Duration.seconds(2);

/** How a function is prepared. */
export interface LambdaFaultOptions {
  readonly environmentTag: EnvironmentTag;
  /** The bucket and prefix that FIS leaves faults in: a `FaultConfigurationBucket`, or another bucket with a prefix. */
  readonly configuration: FaultConfiguration;
  /**
   * How long an invocation waits at most for a look at the configuration that is under way. Functions that are short or rarely invoked,
   * and faults that skip the function's own code, miss the fault without it. Lambda bills it.
   *
   * @default Duration.seconds(2)
   */
  readonly pollWait?: Duration;
  /**
   * The ARN of a version of FIS's extension layer.
   *
   * @default - the newest 1.x of the function's Region and architecture when it is deployed, from AWS's public parameter
   */
  readonly extensionArn?: string;
}

/**
 * Prepares a Lambda function for faults: FIS's extension as a layer, where it looks for faults, and the environment's tag.
 *
 * @example
 * FaultReady.lambda(fn, { environmentTag: { key: 'Env', value: 'staging' }, configuration: faults });
 *
 * @throws {SteadfastError} `invalid` for what the extension cannot work with: container images, OS-only runtimes, another wrapper; and at
 * synthesis, when one of these, or response streaming, was added later
 */
export function lambda(fn: LambdaFunction, options: LambdaFaultOptions): void {
  const { environmentTag, configuration, pollWait = defaultPollWait } = options;
  refuseRuntime(fn);
  const other = variablesOf(fn)[wrapper.name];
  if (other !== undefined && other !== wrapper.value) throw otherWrapper(fn, other);

  const { bucket, prefix } = configuration;
  if (!/^[^/](.*[^/])?$/.test(prefix)) {
    throw refusal(
      fn,
      `the prefix '${prefix}' of its configuration is no folder`,
      "write it without slashes around it, such as 'staging'",
    );
  }
  const extension = options.extensionArn ?? newestExtension(fn);
  fn.addLayers(LayerVersion.fromLayerVersionArn(fn, 'FaultExtension', extension));
  fn.addEnvironment(wrapper.name, wrapper.value);
  fn.addEnvironment('AWS_FIS_CONFIGURATION_LOCATION', locationOf(configuration));
  fn.addEnvironment('AWS_FIS_POLL_MAX_WAIT_MILLISECONDS', String(pollWait.toMilliseconds()));
  fn.addToRolePolicy(
    new PolicyStatement({
      actions: ['s3:ListBucket'],
      resources: [bucket.bucketArn],
      conditions: { StringLike: { 's3:prefix': [`${prefix}/*`] } },
    }),
  );
  fn.addToRolePolicy(
    new PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(`${prefix}/*`)] }),
  );
  bucket.encryptionKey?.grantDecrypt(fn);
  tag(fn, environmentTag);
  fn.node.addValidation({ validate: () => laterProblems(fn) });
}

function refuseRuntime(fn: LambdaFunction): void {
  const { name, family } = fn.runtime;
  if (name === Runtime.FROM_IMAGE.name) {
    throw refusal(
      fn,
      'it is a container image, to which Lambda adds no layers',
      "deploy it as a zip archive, or copy FIS's extension into the image and set its variables yourself",
    );
  }
  if (family === RuntimeFamily.OTHER || family === RuntimeFamily.GO) {
    throw refusal(
      fn,
      `its runtime is ${name}, and Lambda runs no wrapper, which FIS's extension is, in OS-only runtimes`,
      'use a managed runtime, or hit what the function depends on instead',
    );
  }
}

/** AWS's public parameter of the extension (FIS user guide, "Available versions of the AWS FIS extension for Lambda"). */
const newestExtension = (fn: LambdaFunction) =>
  StringParameter.valueForStringParameter(
    fn,
    `/aws/service/fis/lambda-extension/AWS-FIS-extension-${fn.architecture.name}/1.x.x`,
  );

const otherWrapper = (fn: LambdaFunction, other: unknown) =>
  refusal(
    fn,
    `${wrapper.name} is ${String(other)}, and a function has only one wrapper`,
    'take the other extension away, or call it from a wrapper of your own and set the variables yourself',
  );

const environmentSchema = z.looseObject({ variables: z.record(z.string(), z.unknown()).default({}) });

/** The variables that a function has so far. */
function variablesOf(fn: LambdaFunction): Readonly<Record<string, unknown>> {
  const resource = fn.node.defaultChild;
  if (!(resource instanceof CfnFunction))
    throw refusal(fn, 'it has no resource of CloudFormation', 'prepare a function of this app');
  const environment: unknown = Stack.of(fn).resolve(resource.environment);
  return environmentSchema.parse(environment ?? {}).variables;
}

/** What was changed after the function was prepared, and stands in the extension's way. */
function laterProblems(fn: LambdaFunction): string[] {
  const { [wrapper.name]: now } = variablesOf(fn);
  const streams = fn.node
    .findAll()
    .some((construct) => construct instanceof CfnUrl && construct.invokeMode === InvokeMode.RESPONSE_STREAM);
  return [
    ...(now === wrapper.value ? [] : [otherWrapper(fn, now)]),
    ...(streams
      ? [
          refusal(
            fn,
            "its URL streams responses, which FIS's extension suppresses",
            'use the invoke mode BUFFERED, or do not prepare it for faults',
          ),
        ]
      : []),
  ].map(({ message, hint }) => `${message}: ${hint}`);
}
