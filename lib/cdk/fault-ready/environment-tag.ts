import { Tags } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** The tag by which everything of one environment is known: `{ key: 'Env', value: 'staging' }`. */
export interface EnvironmentTag {
  readonly key: string;
  readonly value: string;
}

/**
 * Puts the environment's tag on a construct and all that is below it. It is all that most kinds of targets need: RDS, DynamoDB,
 * ElastiCache, Kinesis, subnets, VPC endpoints, EBS volumes.
 *
 * @example
 * FaultReady.tag(database, { key: 'Env', value: 'staging' });
 */
export function tag(construct: IConstruct, { key, value }: EnvironmentTag): void {
  Tags.of(construct).add(key, value);
}
