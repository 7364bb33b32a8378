import { CfnResource, Reference, Token, Tokenization } from 'aws-cdk-lib';

/** How the ARNs of some types of CloudFormation begin, from the service on. */
const kinds: Readonly<Record<string, string>> = {
  'AWS::AutoScaling::AutoScalingGroup': 'autoscaling:autoScalingGroup:',
  'AWS::DSQL::Cluster': 'dsql:cluster/',
  'AWS::DynamoDB::GlobalTable': 'dynamodb:table/',
  'AWS::EKS::Cluster': 'eks:cluster/',
  'AWS::IAM::Role': 'iam:role/',
  'AWS::Kinesis::Stream': 'kinesis:stream/',
  'Custom::AWSCDK-EKS-Cluster': 'eks:cluster/',
};

/** Whether a text is one token as a whole, in which no ARN can be read. */
const isOpaque = (arn: string): boolean => Token.isUnresolved(arn) && !arn.startsWith('arn:');

function referenceIn(text: string): Reference | undefined {
  const [token] = Tokenization.reverseString(text).tokens;
  return Reference.isReference(token) ? token : undefined;
}

/** How an ARN begins that is known only when it is deployed, from the resource that it is of. */
function kindOfToken(arn: string): string | undefined {
  const target = referenceIn(arn)?.target;
  return CfnResource.isCfnResource(target) ? kinds[target.cfnResourceType] : undefined;
}

/** Whether a text is an ARN, be it known or not; else it is a name. */
export const isArn = (text: string): boolean =>
  text.startsWith('arn:') || (referenceIn(text)?.displayName.endsWith('Arn') ?? false);

/** Whether it can be told what an ARN is of. */
export const isReadable = (arn: string): boolean =>
  isOpaque(arn) ? kindOfToken(arn) !== undefined : arn.startsWith('arn:');

/**
 * ARNs in which one can read what they are of, although some are known only when they are deployed: each of those has another in its
 * place. `restore` puts the tokens back into whatever was made of them.
 */
export function readable(arns: readonly string[]): {
  readonly arns: readonly string[];
  readonly restore: (text: string) => string;
} {
  const stands = new Map<string, string>();
  const read = arns.map((arn, index) => {
    const [service, beginning = ''] = isOpaque(arn) ? (kindOfToken(arn)?.split(/:(.*)/s) ?? []) : [];
    if (service === undefined) return arn;
    const standIn = `arn:token:${service}:::${beginning}${index}.`;
    stands.set(standIn, arn);
    return standIn;
  });
  return {
    arns: read,
    restore: (text) =>
      [...stands].reduce((restored, [standIn, arn]) => restored.replaceAll(standIn, arn), text),
  };
}
