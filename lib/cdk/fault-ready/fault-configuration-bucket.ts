import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

/** Where FIS leaves the faults of Lambda functions for their extension to find. */
export interface FaultConfiguration {
  /** In the Region of the functions and of the experiments. */
  readonly bucket: Pick<IBucket, 'bucketArn' | 'arnForObjects' | 'encryptionKey'>;
  /** A folder of the bucket, without slashes around it: `staging`. One for each environment, since FIS's role is confined to it. */
  readonly prefix: string;
}

/** Where faults are, as FIS's extension reads it. */
export const locationOf = ({ bucket, prefix }: FaultConfiguration): string =>
  `${bucket.bucketArn}/${prefix}/`;

export interface FaultConfigurationBucketOptions extends Pick<FaultConfiguration, 'prefix'> {
  /** @default - a name that CloudFormation makes up */
  readonly bucketName?: string;
}

/**
 * The bucket through which FIS gives faults to Lambda functions. FIS deletes what it leaves there when a fault ends; what is left for
 * want of that goes after a day, which is longer than any fault lasts (FIS's limit is 12 hours).
 *
 * An environment names it by `location`, as the `faultConfiguration` of its services; there it is written out, so give the bucket a name.
 *
 * @example
 * const faults = new FaultConfigurationBucket(this, 'Faults', { bucketName: 'faults-111111111111', prefix: 'staging' });
 * FaultReady.lambda(fn, { environmentTag: { key: 'Env', value: 'staging' }, configuration: faults });
 */
export class FaultConfigurationBucket extends Construct implements FaultConfiguration {
  readonly bucket: Bucket;
  readonly prefix: string;

  constructor(scope: Construct, id: string, options: FaultConfigurationBucketOptions) {
    super(scope, id);
    const { bucketName, prefix } = options;
    this.prefix = prefix;
    this.bucket = new Bucket(this, 'Bucket', {
      ...(bucketName === undefined ? {} : { bucketName }),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [
        { expiration: Duration.days(1), abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      // Nothing in it is worth keeping.
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /** What functions are told, and an environment declares: `arn:aws:s3:::faults-111111111111/staging/`. */
  get location(): string {
    return locationOf(this);
  }

  /** Lets a role of FIS leave faults here, and take them away again. */
  grantFaults(role: IGrantable): void {
    role.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['s3:PutObject', 's3:DeleteObject'],
        resources: [this.bucket.arnForObjects(`${this.prefix}/*`)],
      }),
    );
  }
}
