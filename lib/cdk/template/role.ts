import { Token } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgeWildcards, reasonOfFaults } from '../wildcards.ts';
import { fisArn, placeOf } from './place.ts';

/** FIS, for experiments of this account and Region only (user guide, "Create an IAM role"). */
const fisPrincipal = (scope: Construct): ServicePrincipal =>
  new ServicePrincipal('fis.amazonaws.com', {
    conditions: {
      StringEquals: { 'aws:SourceAccount': placeOf(scope).account },
      ArnLike: { 'aws:SourceArn': fisArn(scope, 'experiment', '*') },
    },
  });

/** IAM takes descriptions of at most so many characters (API reference, CreateRole). */
const longestDescription = 1_000;

/** A role that FIS takes on. Its statements stand inside it, so that they are there as soon as the role is. */
export function createFisRole(
  scope: Construct,
  {
    roleName,
    statements,
  }: { readonly roleName: string | undefined; readonly statements: readonly PolicyStatement[] },
): Role {
  const role = new Role(scope, 'Role', {
    ...(roleName === undefined ? {} : { roleName }),
    description: `FIS for ${scope.node.path}`.slice(0, longestDescription),
    assumedBy: fisPrincipal(scope),
    ...(statements.length === 0
      ? {}
      : { inlinePolicies: { experiment: new PolicyDocument({ statements: [...statements] }) } }),
  });
  const known = (resource: string) => !Token.isUnresolved(resource);
  acknowledgeWildcards(
    role,
    statements.map(({ sid, resources }) => ({ sid, resources: resources.filter(known) })),
    reasonOf,
  );
  return role;
}

const reasonOf = (sid: string): string | undefined =>
  sid === 'ReportWidgets' ? 'IAM knows no resource for drawing widgets' : reasonOfFaults(sid);

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
