import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { CfnEventInvokeConfig, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

const retries = 2;

/** Where events are kept that woke nobody, or whom they woke failed each time. */
export function createFailureQueue(
  scope: Construct,
  options: {
    /** The id of its construct. */
    readonly id: string;
    readonly queueName: string;
    /** Whom the events were to wake. */
    readonly woken: string;
  },
): Queue {
  const { id, queueName, woken } = options;
  const failures = new Queue(scope, id, {
    queueName,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    // Its alarm has told of what is in it.
    removalPolicy: RemovalPolicy.DESTROY,
  });
  Validations.of(failures).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: `it is a dead-letter queue itself: that of the events that wake ${woken}`,
  });
  return failures;
}

/** Makes targets of rules that wake a function: it is tried again while the event is not too old, and then the event is kept. */
export function createTarget(
  scope: Construct,
  options: {
    /** The beginning of its construct's id: `Stop`. */
    readonly title: string;
    readonly woken: LambdaFunction;
    readonly failures: Queue;
    /** The ARN of that queue. */
    readonly failuresArn: string;
    readonly eventAge: Duration;
  },
): () => LambdaTarget {
  const { title, woken, failures, failuresArn, eventAge } = options;
  // CDK's own destination would let the function read the queue too.
  new CfnEventInvokeConfig(scope, `${title}Invocations`, {
    functionName: woken.functionName,
    qualifier: '$LATEST',
    maximumEventAgeInSeconds: eventAge.toSeconds(),
    maximumRetryAttempts: retries,
    destinationConfig: { onFailure: { destination: failuresArn } },
  }).node.addDependency(failures);
  return () =>
    new LambdaTarget(woken, { maxEventAge: eventAge, retryAttempts: retries, deadLetterQueue: failures });
}
