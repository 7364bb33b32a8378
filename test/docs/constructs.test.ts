import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { App, Stack } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerImage, FargateService, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksOf, root, textOf } from './markdown.ts';

const page = 'docs/how-to/use-the-constructs.md';
const modules = blocksOf(page).filter(({ language }) => language === 'ts');
const env = { account: '111111111111', region: 'eu-west-1' };

/** A module as the page shows it, importing what a project would from where it lies here. */
const asHere = (text: string): string =>
  text
    .replaceAll("'steadfast-chaos/cdk'", `'${join(root, 'lib/cdk/index.ts')}'`)
    .replaceAll("'./experiments/", `'${join(root, 'experiments')}/`);

/** The files of the public constructs. */
const sources = [...textOf('lib/cdk/index.ts').matchAll(/from '\.\/(.+)'/g)].map(([, file = '']) => file);

/** The examples in the comments of a file, as code. */
const examplesIn = (file: string): string[] =>
  [...textOf(join('lib/cdk', file)).matchAll(/@example\n([\s\S]*?)(?=\n\s*\* @|\*\/)/g)].map(
    ([, lines = '']) => lines.replaceAll(/^\s*\* ?/gm, ''),
  );

/** What the examples take for granted: names, and their types. */
const given = {
  app: 'App',
  auditRole: 'Role',
  balancer: 'IApplicationLoadBalancer',
  cluster: 'EksCluster',
  database: 'IDatabaseInstance',
  definition: 'TaskDefinition',
  errorRate: 'IAlarm',
  faults: 'constructs.FaultConfigurationBucket',
  fn: 'LambdaFunction',
  group: 'AutoScalingGroup',
  onCallRole: 'Role',
  pipelineRole: 'Role',
  role: 'Role',
  service: 'FargateService',
  slowDatabase: 'ExperimentDefinition',
  staging: 'constructs.SteadfastEnvironment',
  vpc: 'IVpc',
};

/** All examples as one module, each in a method that is given what it takes for granted. */
const examplesModule = (): string => `
import { type App, Stack, Validations } from 'aws-cdk-lib';
import type { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { FargateService, TaskDefinition } from 'aws-cdk-lib/aws-ecs';
import type { Cluster as EksCluster } from 'aws-cdk-lib/aws-eks';
import { HttpCodeTarget, type IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IDatabaseInstance } from 'aws-cdk-lib/aws-rds';
import type { ExperimentDefinition } from 'steadfast-chaos';
import * as constructs from 'steadfast-chaos/cdk';
import {
  ChaosExperiment, FaultConfigurationBucket, FaultReady, type FisAction, FisExperimentTemplate, FisTarget,
  FisTargetAccountRole, GuardAlarm, SteadfastApproverPolicy, SteadfastEnvironment, SteadfastFence, SteadfastOperatorPolicy,
  SteadfastPipelineRole, SteadfastViewerPolicy,
} from 'steadfast-chaos/cdk';

interface Given { ${Object.entries(given)
  .map(([name, type]) => `${name}: ${type};`)
  .join(' ')} }
${sources
  .flatMap(examplesIn)
  .map(
    (example, index) => `export class Example${index} extends Stack {
  show({ ${Object.keys(given).join(', ')} }: Given) {
    { ${example} }
    return [${Object.keys(given).join(', ')}];
  }
}`,
  )
  .join('\n')}
export const used = [ChaosExperiment, FaultConfigurationBucket, FaultReady, FisExperimentTemplate, FisTarget,
  FisTargetAccountRole, GuardAlarm, HttpCodeTarget, SteadfastEnvironment, SteadfastFence, SteadfastOperatorPolicy,
  SteadfastApproverPolicy, SteadfastPipelineRole, SteadfastViewerPolicy, Validations, constructs];
export type Used = FisAction;
`;

const files = (folder: string) => modules.map((_, index) => join(folder, `block-${index}.ts`));

describe('the CDK apps that the page of the constructs shows', () => {
  let folder = '';

  beforeAll(() => {
    // Inside the project, where CDK is found.
    mkdirSync(join(root, '.steadfast'), { recursive: true });
    folder = mkdtempSync(join(root, '.steadfast', 'docs-'));
    for (const [index, file] of files(folder).entries())
      writeFileSync(file, asHere(modules[index]?.text ?? ''));
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: join(root, 'tsconfig.json'),
        compilerOptions: { noUnusedLocals: false },
        include: ['*.ts'],
      }),
    );
    writeFileSync(join(folder, 'examples.ts'), asHere(examplesModule()));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are some, and the constructs have examples of their own', () => {
    expect(modules.length).toBeGreaterThan(4);
    expect(sources.flatMap(examplesIn).length).toBeGreaterThan(9);
  });

  it('compile, as the examples do', async () => {
    const compiler = join(root, 'node_modules/.bin/tsc');
    const told = await promisify(execFile)(compiler, ['-p', folder], { cwd: root }).then(
      () => '',
      (refused: { readonly stdout: string }) => refused.stdout,
    );
    expect(told).toBe('');
  });

  it('synthesize', async () => {
    for (const file of files(folder)) {
      const stacks: unknown = await import(/* @vite-ignore */ pathToFileURL(file).href);
      for (const [name, MadeHere] of Object.entries(Object(stacks))) {
        if (typeof MadeHere !== 'function') continue;
        const app = new App({ analyticsReporting: false, outdir: join(folder, 'out', name) });
        const around = new Stack(app, 'Around', { env });
        const made: unknown = Reflect.construct(MadeHere, [app, name, { env, ...propsFrom(around) }]);
        expect(made).toBeInstanceOf(Stack);
        expect(() => app.synth()).not.toThrow();
      }
    }
  });
});

/** What the apps of the page are given by the rest of their project. */
function propsFrom(stack: Stack) {
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    publicSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    privateSubnetIds: ['subnet-0123456789abcdef2', 'subnet-0123456789abcdef3'],
  });
  const taskDefinition = new FargateTaskDefinition(stack, 'Tasks');
  taskDefinition.addContainer('shop', { image: ContainerImage.fromRegistry('shop') });
  return {
    service: new FargateService(stack, 'Service', {
      cluster: Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'staging', vpc }),
      taskDefinition,
    }),
    balancer: new ApplicationLoadBalancer(stack, 'Balancer', { vpc }),
    errorRate: Alarm.fromAlarmArn(
      stack,
      'ErrorRate',
      'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:error-rate',
    ),
    pipeline: Role.fromRoleName(stack, 'Pipeline', 'pipeline'),
  };
}
