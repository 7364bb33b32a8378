import {
  type FunctionConfiguration,
  GetFunctionConfigurationCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import type { FunctionPrerequisite } from '../../fis/prerequisite.ts';
import type { Needs } from '../../run/ports.ts';
import { type Lack, lack, type Reading, reading, refused } from './reading.ts';

/** What a rule is told besides the configuration: the function as people know it, and where it must look for faults. */
interface Asked extends Pick<Needs, 'faultConfigurations'> {
  readonly name: string;
}

/** What a function lacks of one prerequisite; undefined where it lacks nothing. */
type FunctionRule = (configuration: FunctionConfiguration, asked: Asked) => Lack | undefined;

/** A function as people know it; its ARN is `arn:aws:lambda:<region>:<account>:function:<name>`. */
export const functionName = (arn: string) => `function ${/:function:([^:]+)/.exec(arn)?.[1] ?? arn}`;

/** The configuration of the function of this ARN. */
export const readFunction = (lambda: LambdaClient, arn: string): Promise<Reading<FunctionConfiguration>> =>
  reading('lambda:GetFunctionConfiguration', functionName(arn), () =>
    lambda.send(new GetFunctionConfigurationCommand({ FunctionName: arn })),
  );

/** A rule on one environment variable. Variables that Lambda could not decrypt are not unset, but unknown. */
const onVariable =
  (variable: string, rule: (value: string | undefined, asked: Asked) => Lack | undefined): FunctionRule =>
  ({ Environment, KMSKeyArn }, asked) =>
    Environment?.Error === undefined
      ? rule(Environment?.Variables?.[variable], asked)
      : refused(
          'kms:Decrypt',
          `the environment variables of ${asked.name}`,
          ` (key ${KMSKeyArn ?? 'of Lambda'})`,
        );

const extensionHint = (architecture: string) =>
  `Add the layer that the SSM parameter /aws/service/fis/lambda-extension/AWS-FIS-extension-${architecture}/1.x.x names.`;

/** Whether a place in a bucket is a declared one or lies below it. */
const isBelow = (location: string, declared: string): boolean =>
  `${location.replace(/\/+$/, '')}/`.startsWith(`${declared.replace(/\/+$/, '')}/`);

const wrapper = '/opt/aws-fis/bootstrap';

/** One rule for each prerequisite of functions. */
export const functionRules: Readonly<Record<FunctionPrerequisite, FunctionRule>> = {
  'lambda-extension': ({ Layers = [], Architectures, PackageType }, { name }) => {
    const architecture = Architectures?.[0] ?? 'x86_64';
    if (PackageType === 'Image')
      return lack(
        `${name} is a container image, which takes no layer, and FIS's extension is one`,
        'Fault another function, or package this one as a zip archive.',
      );
    const extensions = Layers.flatMap(
      ({ Arn }) => /:layer:aws-fis-extension-([^:]+)/i.exec(Arn ?? '')?.[1] ?? [],
    );
    if (extensions.length === 0)
      return lack(`${name} has no layer with FIS's extension`, extensionHint(architecture));
    return extensions.includes(architecture)
      ? undefined
      : lack(
          `${name} runs on ${architecture}, and the layer of FIS's extension is for ${extensions.join(', ')}`,
          extensionHint(architecture),
        );
  },
  'lambda-wrapper': onVariable('AWS_LAMBDA_EXEC_WRAPPER', (value, { name }) =>
    value === wrapper
      ? undefined
      : lack(
          `${name} does not start by FIS's wrapper`,
          `Set the environment variable AWS_LAMBDA_EXEC_WRAPPER to ${wrapper}.`,
        ),
  ),
  'fault-configuration': onVariable('AWS_FIS_CONFIGURATION_LOCATION', (value = '', asked) => {
    const { name, faultConfigurations } = asked;
    if (!/^arn:[^:]+:s3:::[^/]+\/.+$/.test(value))
      return lack(
        `${name} does not say where it finds its faults`,
        'Set the environment variable AWS_FIS_CONFIGURATION_LOCATION to the ARN of a bucket of the same Region with a prefix, such as arn:aws:s3:::faults/staging/.',
      );
    if (faultConfigurations?.some((declared) => isBelow(value, declared)) ?? true) return undefined;
    return lack(
      `${name} looks for its faults in ${value}, where FIS may not leave any`,
      `Set the environment variable AWS_FIS_CONFIGURATION_LOCATION to ${faultConfigurations?.join(' or ')}, or declare where it looks as faultConfiguration of its service.`,
    );
  }),
  'poll-wait': onVariable('AWS_FIS_POLL_MAX_WAIT_MILLISECONDS', (value, { name }) =>
    Number(value) > 0
      ? undefined
      : lack(
          `${name} does not wait for news of a fault, so that it may run its own code all the same`,
          'Set the environment variable AWS_FIS_POLL_MAX_WAIT_MILLISECONDS to some time, such as 2000.',
        ),
  ),
};
