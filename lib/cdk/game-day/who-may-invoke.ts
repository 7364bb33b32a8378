import { ArnPrincipal } from 'aws-cdk-lib/aws-iam';
import { FunctionUrlAuthType, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { sha256 } from '../../plan/hash.ts';
import { isPattern } from './deployed-game-day.ts';

/**
 * Lets those call a widget's function whom its role names, and nobody else: the console calls it by the credentials of whoever looks at
 * the dashboard. A pattern cannot stand in a function's policy; whoever it means is let in by the policy of the role.
 */
export function admitToWidget(widget: LambdaFunction, principals: readonly string[]): void {
  for (const arn of named(principals))
    widget.addPermission(`Admit${idOf(arn)}`, {
      principal: new ArnPrincipal(arn),
      action: 'lambda:InvokeFunction',
    });
}

/**
 * Lets those call the desk whom any role names, and by its URL alone: what is called past the URL could claim to be anybody. A URL asks for
 * both permissions (Lambda developer guide, "Control access to Lambda function URLs").
 */
export function admitToDesk(desk: LambdaFunction, principals: readonly string[]): void {
  for (const arn of named(principals)) {
    const principal = new ArnPrincipal(arn);
    desk.addPermission(`AdmitUrl${idOf(arn)}`, {
      principal,
      action: 'lambda:InvokeFunctionUrl',
      functionUrlAuthType: FunctionUrlAuthType.AWS_IAM,
    });
    desk.addPermission(`Admit${idOf(arn)}`, {
      principal,
      action: 'lambda:InvokeFunction',
      invokedViaFunctionUrl: true,
    });
  }
}

/** The same for the same principal, whoever comes before: CloudFormation would give one the place of another. */
const idOf = (arn: string) => sha256(arn).slice(0, 8);

const named = (principals: readonly string[]) => principals.filter((one) => !isPattern(one));
