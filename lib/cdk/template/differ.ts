import { Token } from 'aws-cdk-lib';

/** Whether two accounts or Regions are known to differ: what is known only when it is deployed may be the same. */
export const differ = (one: string, other: string): boolean =>
  !Token.isUnresolved(one) && !Token.isUnresolved(other) && one !== other;
