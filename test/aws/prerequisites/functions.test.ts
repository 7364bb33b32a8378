import { ECSClient } from '@aws-sdk/client-ecs';
import {
  type FunctionConfiguration,
  GetFunctionConfigurationCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createAwsPrerequisites } from '../../../lib/aws/prerequisites/aws-prerequisites.ts';
import { functionPrerequisites, type Prerequisite } from '../../../lib/fis/prerequisite.ts';
import { containing, withFields } from '../../fakes/matching.ts';

const region = { region: 'eu-west-1' };
const arnOf = (name: string) => `arn:aws:lambda:eu-west-1:111122223333:function:${name}`;
const layer = (architecture: string) => [
  { Arn: `arn:aws:lambda:eu-west-1:000000000000:layer:aws-fis-extension-${architecture}:9` },
];
const variables = {
  AWS_LAMBDA_EXEC_WRAPPER: '/opt/aws-fis/bootstrap',
  AWS_FIS_CONFIGURATION_LOCATION: 'arn:aws:s3:::faults/staging/',
  AWS_FIS_POLL_MAX_WAIT_MILLISECONDS: '2000',
};
const ready: FunctionConfiguration = {
  Architectures: ['arm64'],
  Layers: layer('arm64'),
  Environment: { Variables: variables },
};
const without = (name: keyof typeof variables) => ({
  Environment: { Variables: Object.fromEntries(Object.entries(variables).filter(([key]) => key !== name)) },
});

function setUp(changes: Partial<FunctionConfiguration> = {}) {
  const lambda = new LambdaClient(region);
  const calls = mockClient(lambda);
  calls.on(GetFunctionConfigurationCommand).resolves({ ...ready, ...changes });
  const prerequisites = createAwsPrerequisites({
    ecs: new ECSClient(region),
    ssm: new SSMClient(region),
    lambda,
    tag: { key: 'Env', value: 'staging' },
  });
  const look = (
    asked: readonly Prerequisite[] = functionPrerequisites,
    names: readonly string[] = ['orders'],
    faultConfigurations?: readonly string[],
  ) =>
    prerequisites.look([
      {
        fault: 'failing',
        prerequisites: asked,
        targets: names.map((name) => ({ fault: 'failing', id: arnOf(name), tags: {} })),
        ...(faultConfigurations === undefined ? {} : { faultConfigurations }),
      },
    ]);
  return { calls, look };
}

describe('what actions need of functions', () => {
  it('is all there in a function that is ready, each read once', async () => {
    const { look, calls } = setUp();
    const { unmet, evidence } = await look(functionPrerequisites, ['orders', 'carts']);
    expect(unmet).toEqual([]);
    expect(evidence).toContain('2 Lambda functions have what the actions need');
    expect(calls.commandCalls(GetFunctionConfigurationCommand)).toHaveLength(2);
  });

  it.each<[string, Partial<FunctionConfiguration>, string, string]>([
    [
      'the extension',
      { Layers: [] },
      "function orders has no layer with FIS's extension",
      'AWS-FIS-extension-arm64',
    ],
    [
      'a layer at all',
      { Layers: undefined, Architectures: undefined },
      'has no layer',
      'AWS-FIS-extension-x86_64',
    ],
    [
      'the extension of its own architecture',
      { Layers: layer('x86_64') },
      "runs on arm64, and the layer of FIS's extension is for x86_64",
      'AWS-FIS-extension-arm64',
    ],
    ['layers, being an image', { PackageType: 'Image' }, 'is a container image', 'zip archive'],
    [
      'the wrapper',
      without('AWS_LAMBDA_EXEC_WRAPPER'),
      "does not start by FIS's wrapper",
      '/opt/aws-fis/bootstrap',
    ],
    [
      'another wrapper',
      { Environment: { Variables: { ...variables, AWS_LAMBDA_EXEC_WRAPPER: '/opt/other' } } },
      "does not start by FIS's wrapper",
      '/opt/aws-fis/bootstrap',
    ],
    [
      'the place of its faults',
      without('AWS_FIS_CONFIGURATION_LOCATION'),
      'does not say where it finds its faults',
      'AWS_FIS_CONFIGURATION_LOCATION',
    ],
    [
      'a prefix in the bucket',
      { Environment: { Variables: { ...variables, AWS_FIS_CONFIGURATION_LOCATION: 'arn:aws:s3:::faults' } } },
      'does not say where it finds its faults',
      'with a prefix',
    ],
    [
      'time for the extension',
      without('AWS_FIS_POLL_MAX_WAIT_MILLISECONDS'),
      'does not wait for news of a fault',
      'such as 2000',
    ],
    [
      'any time for the extension',
      { Environment: { Variables: { ...variables, AWS_FIS_POLL_MAX_WAIT_MILLISECONDS: '0' } } },
      'does not wait for news of a fault',
      'such as 2000',
    ],
  ])('is told where a function lacks %s, with the way to mend it', async (_, changes, what, hint) => {
    expect((await setUp(changes).look()).unmet).toEqual([
      {
        what: containing(what),
        hint: containing(hint),
        targets: [arnOf('orders')],
        rejection: 'targets',
      },
    ]);
  });

  it.each([
    'arn:aws:s3:::faults/staging',
    'arn:aws:s3:::faults/staging/',
    'arn:aws:s3:::faults/staging/orders/',
  ])('may look for faults in %s, where the environment declares the prefix', async (location) => {
    const Variables = { ...variables, AWS_FIS_CONFIGURATION_LOCATION: location };
    const declared = ['arn:aws:s3:::other/prefix', 'arn:aws:s3:::faults/staging'];
    const { unmet } = await setUp({ Environment: { Variables } }).look(undefined, undefined, declared);
    expect(unmet).toEqual([]);
  });

  it.each([
    'arn:aws:s3:::faults/staging-2',
    'arn:aws:s3:::faults/production/',
    'arn:aws:s3:::others/staging',
  ])(
    'is told where a function looks for faults in %s, which the environment does not declare',
    async (location) => {
      const Variables = { ...variables, AWS_FIS_CONFIGURATION_LOCATION: location };
      const { unmet } = await setUp({ Environment: { Variables } }).look(undefined, undefined, [
        'arn:aws:s3:::faults/staging/',
      ]);
      expect(unmet).toEqual([
        withFields({
          what: `function orders looks for its faults in ${location}, where FIS may not leave any`,
          hint: containing('arn:aws:s3:::faults/staging/'),
        }),
      ]);
    },
  );

  it('is told for every function, and for everything that it lacks', async () => {
    const { unmet } = await setUp({ Layers: [], Environment: undefined }).look(functionPrerequisites, [
      'a',
      'b',
    ]);
    expect(unmet).toHaveLength(8);
  });

  it('counts as missing when AWS does not show the function, with the permission to give', async () => {
    const { look, calls } = setUp();
    calls
      .on(GetFunctionConfigurationCommand)
      .rejects(Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
    expect((await look()).unmet).toEqual([
      withFields({
        what: containing('AWS refused lambda:GetFunctionConfiguration on function orders'),
        rejection: 'permission',
      }),
    ]);
  });

  it('counts as missing when the variables are encrypted with a key that nobody lets us use', async () => {
    const Environment = { Error: { ErrorCode: 'AccessDeniedException' } };
    const { unmet } = await setUp({ Environment, KMSKeyArn: 'arn:aws:kms:the-key' }).look();
    expect(unmet).toEqual([withFields({ what: containing('kms:Decrypt'), rejection: 'permission' })]);
    expect(unmet[0]?.what).toContain('arn:aws:kms:the-key');
  });

  it('counts as missing when the function is gone', async () => {
    const { look, calls } = setUp();
    calls
      .on(GetFunctionConfigurationCommand)
      .rejects(Object.assign(new Error('gone'), { name: 'ResourceNotFoundException' }));
    expect((await look()).unmet).toEqual([
      withFields({ what: 'function orders cannot be found', rejection: 'targets' }),
    ]);
  });
});
