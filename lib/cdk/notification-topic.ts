import { RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Place } from '../plan/aws-names.ts';

/**
 * The encrypted topic that verdicts go to. Its key is our own, since CloudWatch alarms cannot publish through SNS's managed key
 * (SNS developer guide, "Key management"); whoever of the account may publish to the topic may use the key through SNS.
 */
export function createNotificationTopic(
  scope: Construct,
  options: { readonly name: string; readonly place: Place; readonly emails: readonly string[] },
): Topic {
  const { account, region } = options.place;
  const use = ['kms:Decrypt', 'kms:GenerateDataKey*'];
  const key = new Key(scope, 'TopicKey', {
    enableKeyRotation: true,
    description: `Steadfast: notifications of ${options.name}`,
    // It goes with its topic, after the 30 days that KMS waits by default: nothing that is kept is encrypted by it.
    removalPolicy: RemovalPolicy.DESTROY,
  });
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'PublishersOfThisAccount',
      principals: [new AnyPrincipal()],
      actions: use,
      resources: ['*'],
      conditions: {
        StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': `sns.${region}.amazonaws.com` },
      },
    }),
  );
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AlarmsOfThisAccount',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: use,
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  );
  const topic = new Topic(scope, 'Topic', { topicName: options.name, masterKey: key, enforceSSL: true });
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AlarmsOfThisAccount',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  );
  for (const email of options.emails) topic.addSubscription(new EmailSubscription(email));
  return topic;
}
