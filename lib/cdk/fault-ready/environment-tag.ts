import { Tags } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { EnvironmentTag } from '../environment-tag.ts';

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
