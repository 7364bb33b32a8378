import { RemovalPolicy } from 'aws-cdk-lib';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { RoleName } from '../../experiment/role-names.ts';
import type { EnvironmentNames } from '../../plan/environment-names.ts';

/** What the account's own policies may allow: all but signing, and but giving that away by a grant of KMS's. */
const administration = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:DescribeKey',
  'kms:DisableKey',
  'kms:EnableKey',
  'kms:GetKeyPolicy',
  'kms:GetPublicKey',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:RevokeGrant',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
  'kms:Verify',
];

/** Who signs evidence: whoever leads a game day, and whoever keeps its record. */
export const signingRoles: readonly RoleName[] = ['operator', 'scribe'];

/**
 * The key that evidence of game days is signed with: an asymmetric one, whose private half never leaves KMS. It outlives its stack, since
 * bundles are verified for years; its alias goes, or the next stack could not have it. CDK's own construct would add statements to the
 * policy where an app lacks a feature flag.
 *
 * @param signers the ARNs of those who may sign, with wildcards where definitions have them: nobody else may, whatever their policies say
 */
export function createEvidenceKey(
  scope: Construct,
  names: EnvironmentNames,
  signers: readonly string[],
): void {
  const principals = [new AccountRootPrincipal()];
  const key = new CfnKey(scope, 'EvidenceKey', {
    description: `Steadfast: signs the evidence of game days in ${names.id}`,
    keySpec: 'ECC_NIST_P256',
    keyUsage: 'SIGN_VERIFY',
    keyPolicy: new PolicyDocument({
      statements: [
        new PolicyStatement({
          sid: 'EverythingButSigning',
          principals,
          actions: administration,
          resources: ['*'],
        }),
        // Not as principals: KMS knows no wildcard in them, and would hold on to a very role, and not know the one that takes its place.
        ...(signers.length === 0
          ? []
          : [
              new PolicyStatement({
                sid: 'SigningByThoseWhoAnswerForIt',
                principals,
                actions: ['kms:Sign'],
                resources: ['*'],
                conditions: { ArnLike: { 'aws:PrincipalArn': [...signers] } },
              }),
            ]),
      ],
    }),
  });
  key.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  new CfnAlias(scope, 'EvidenceAlias', { aliasName: names.evidenceAlias, targetKeyId: key.ref });
}
