import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { fisArn, placeOf } from './place.ts';

/** FIS, for experiments of this account and Region only (user guide, "Create an IAM role"). */
export const fisPrincipal = (scope: Construct): ServicePrincipal =>
  new ServicePrincipal('fis.amazonaws.com', {
    conditions: {
      StringEquals: { 'aws:SourceAccount': placeOf(scope).account },
      ArnLike: { 'aws:SourceArn': fisArn(scope, 'experiment', '*') },
    },
  });

/** A role that FIS takes on. Its statements stand inside it, so that they are there as soon as the role is. */
export const createFisRole = (
  scope: Construct,
  options: {
    readonly roleName: string | undefined;
    readonly description: string;
    readonly statements: readonly PolicyStatement[];
  },
): Role =>
  new Role(scope, 'Role', {
    ...(options.roleName === undefined ? {} : { roleName: options.roleName }),
    description: options.description,
    assumedBy: fisPrincipal(scope),
    ...(options.statements.length === 0
      ? {}
      : {
          inlinePolicies: { experiment: new PolicyDocument({ statements: [...options.statements] }) },
        }),
  });

/** The right to take on exactly these roles of other accounts. */
export const assumeStatements = (roleArns: readonly string[]): PolicyStatement[] =>
  roleArns.length === 0
    ? []
    : [
        new PolicyStatement({
          sid: 'TargetAccounts',
          actions: ['sts:AssumeRole'],
          resources: [...roleArns],
        }),
      ];
