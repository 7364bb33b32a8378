import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Place } from '../../plan/aws-names.ts';

/** Where a construct is deployed, of which each part may be known only then. */
export function placeOf(construct: IConstruct): Required<Place> {
  const { account, region, partition } = Stack.of(construct);
  return { account, region, partition };
}

/** The ARN of something of FIS in the account and Region of a construct. */
export const fisArn = (construct: IConstruct, resource: string, resourceName: string): string =>
  Stack.of(construct).formatArn({ service: 'fis', resource, resourceName });

/** The role that FIS makes for itself, once an account. */
export const serviceLinkedRoleArn = (construct: IConstruct): string =>
  Stack.of(construct).formatArn({
    service: 'iam',
    region: '',
    resource: 'role',
    resourceName: 'aws-service-role/fis.amazonaws.com/AWSServiceRoleForFIS',
  });
