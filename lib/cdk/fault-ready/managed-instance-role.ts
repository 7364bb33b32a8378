import { ArnFormat, Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { EnvironmentTag } from '../environment-tag.ts';

const arnOf = (stack: Stack, resource: string) =>
  stack.formatArn({
    service: 'ssm',
    resource,
    resourceName: '*',
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });

/**
 * The role that tasks have as managed instances of Systems Manager: one for all of a stack and environment, since an account holds 1,000
 * roles by default (IAM quotas). What it may undo is confined to the environment.
 */
export function managedInstanceRole(scope: IConstruct, { key, value }: EnvironmentTag): Role {
  const stack = Stack.of(scope);
  const id = `ManagedInstanceRole-${key}-${value}`.replaceAll('/', '-');
  const existing = stack.node.tryFindChild(id);
  if (existing instanceof Role) return existing;
  const role = new Role(stack, id, {
    description: `ECS tasks as managed instances, where ${key} is ${value}`,
    assumedBy: new ServicePrincipal('ssm.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: {
          'aws:SourceArn': stack.formatArn({
            service: 'ssm',
            resource: '*',
            arnFormat: ArnFormat.NO_RESOURCE_NAME,
          }),
        },
      },
    }),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore')],
  });
  // The agent leaves this role's credentials where the AWS CLI finds them, so the sidecar undoes its registration by them.
  role.addToPolicy(new PolicyStatement({ actions: ['ssm:DeleteActivation'], resources: ['*'] }));
  role.addToPolicy(
    new PolicyStatement({
      actions: ['ssm:DeregisterManagedInstance'],
      resources: [arnOf(stack, 'managed-instance')],
      conditions: { StringEquals: { [`ssm:resourceTag/${key}`]: value } },
    }),
  );
  return role;
}

/** What a task's role needs to register the task: with the environment's tag, never with another. */
export function registrationStatements(
  scope: IConstruct,
  { key, value }: EnvironmentTag,
  roleArn: string,
): PolicyStatement[] {
  const stack = Stack.of(scope);
  return [
    new PolicyStatement({
      actions: ['ssm:CreateActivation'],
      // IAM knows no resource for it, but what it is tagged with.
      resources: ['*'],
      conditions: { StringEquals: { [`aws:RequestTag/${key}`]: value } },
    }),
    new PolicyStatement({
      actions: ['ssm:AddTagsToResource'],
      resources: [arnOf(stack, 'activation'), arnOf(stack, 'managed-instance')],
      conditions: {
        // Nothing of another environment is brought into this one.
        StringEqualsIfExists: { [`aws:RequestTag/${key}`]: value, [`aws:ResourceTag/${key}`]: value },
        'ForAllValues:StringEquals': {
          'aws:TagKeys': ['ECS_TASK_ARN', 'ECS_TASK_AVAILABILITY_ZONE', 'FAULT_INJECTION_SIDECAR', key],
        },
      },
    }),
    new PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
    }),
  ];
}
