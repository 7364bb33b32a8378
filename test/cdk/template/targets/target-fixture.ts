import { App, type Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerImage, FargateService, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import type { FisAction } from '../../../../lib/cdk/template/action-props.ts';
import type { FisTarget } from '../../../../lib/cdk/template/fis-target.ts';
import type { FisExperimentTemplateProps } from '../../../../lib/cdk/template/template-props.ts';
import { fisProperties, stopTasks } from '../fixture.ts';

/** A template that reboots, fails over or stops one thing, whatever it is given. */
export const hitting = (action: FisAction, target: FisTarget): Partial<FisExperimentTemplateProps> => ({
  targets: { it: target },
  actions: { hit: action },
});
export const reboot = { action: 'aws:ec2:reboot-instances', target: 'it' } as const;
export const stopIt = { ...stopTasks, target: 'it' } as const;

/** A network that is there already. */
export const vpcOf = (stack: Stack) =>
  Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['eu-west-1a'],
    privateSubnetIds: ['subnet-0123456789abcdef0'],
  });

/** An ECS service of so many tasks, where it says. */
export function shopService(stack: Stack, changes: { readonly desiredCount?: number } = { desiredCount: 4 }) {
  const cluster = Cluster.fromClusterAttributes(stack, 'Cluster', {
    clusterName: 'staging',
    vpc: vpcOf(stack),
  });
  const taskDefinition = new FargateTaskDefinition(stack, 'Tasks');
  taskDefinition.addContainer('shop', { image: ContainerImage.fromRegistry('shop') });
  return new FargateService(stack, 'Service', { cluster, taskDefinition, ...changes });
}

/** A target as the only FIS template of a stack has it. */
export const targetIn = (stack: Stack, name = 'it') =>
  new Map(Object.entries(Object(fisProperties(stack)['Targets']))).get(name);

/** What synthesis refuses once the app is whole. */
export const synthesisOf = (stack: Stack) => () => App.of(stack)?.synth();
