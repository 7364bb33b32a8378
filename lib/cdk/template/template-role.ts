import type { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { confinedActions } from './confined-actions.ts';
import { faultStatements } from './fault-statements.ts';
import { admitLogDelivery, logStatements } from './logs.ts';
import type { ParsedTemplate } from './parsed-template.ts';
import { placeOf } from './place.ts';
import { grantReportKey, reportStatements } from './report.ts';
import { assumeStatements, createFisRole } from './role.ts';
import type { FisExperimentTemplateProps } from './template-props.ts';

/**
 * The role of a template: the one given, with what logs, the report and target accounts need, or one made with what the actions
 * need as well. Where a template acts in other accounts, their roles act, and this one only takes them on.
 */
export function createTemplateRole(
  scope: Construct,
  props: FisExperimentTemplateProps,
  parsed: ParsedTemplate,
): IRole {
  const { logs, report, targetAccounts = [], environmentTag, roleName, faultConfiguration } = props;
  const around: PolicyStatement[] = [
    ...assumeStatements(targetAccounts.map(({ roleArn }) => roleArn)),
    ...(logs === undefined ? [] : logStatements(logs)),
    ...(report === undefined ? [] : reportStatements(report)),
  ];
  const faults =
    targetAccounts.length > 0
      ? []
      : faultStatements(confinedActions(parsed, props, placeOf(scope)), {
          tag: environmentTag,
          place: placeOf(scope),
          faultConfiguration,
        });
  const role = props.role ?? createFisRole(scope, { roleName, statements: [...faults, ...around] });
  if (props.role !== undefined) for (const statement of around) role.addToPrincipalPolicy(statement);
  if (logs !== undefined) admitLogDelivery(scope, logs);
  if (report !== undefined) grantReportKey(report, role);
  faultConfiguration?.bucket.encryptionKey?.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
  return role;
}
