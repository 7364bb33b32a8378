import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Grant } from './grant.ts';

/** A grant as CDK has it. */
export const statementOf = ({ sid, actions, resources, conditions }: Grant): PolicyStatement =>
  new PolicyStatement({
    sid,
    actions: [...actions],
    resources: [...resources],
    ...(conditions === undefined ? {} : { conditions }),
  });

/** A policy of these grants. */
export const policyOf = (grants: readonly Grant[]): PolicyDocument =>
  new PolicyDocument({ statements: grants.map(statementOf) });
