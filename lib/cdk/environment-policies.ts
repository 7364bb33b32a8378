import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import {
  approverStatements,
  operatorStatements,
  policyStatementOf,
  viewerStatements,
} from './environment-statements.ts';
import type { SteadfastEnvironment } from './steadfast-environment.ts';

export interface SteadfastPolicyProps {
  readonly environment: SteadfastEnvironment;
  /** @default - CloudFormation makes one up */
  readonly managedPolicyName?: string;
}

const named = (managedPolicyName: string | undefined) =>
  managedPolicyName === undefined ? {} : { managedPolicyName };

/**
 * What people need who run the experiments of an environment: they start them by their launchers, see and stop runs and faults,
 * and read reports. They cannot change what is deployed, nor start faults past the runner.
 *
 * @example
 * onCallRole.addManagedPolicy(new SteadfastOperatorPolicy(this, 'Operators', { environment: staging }));
 */
export class SteadfastOperatorPolicy extends ManagedPolicy {
  constructor(scope: Construct, id: string, { environment, managedPolicyName }: SteadfastPolicyProps) {
    super(scope, id, {
      ...named(managedPolicyName),
      description: `Start, see and stop the experiments of Steadfast in ${environment.environmentId}`,
      statements: operatorStatements(environment.names).map(policyStatementOf),
    });
  }
}

/**
 * What people need who approve the runs of an environment that asks for it, or refuse them: they see all that viewers see, and answer.
 * They can start nothing, so that whoever starts a run and whoever approves it may be different people.
 *
 * @example
 * onCallRole.addManagedPolicy(new SteadfastApproverPolicy(this, 'Approvers', { environment: staging }));
 */
export class SteadfastApproverPolicy extends ManagedPolicy {
  constructor(scope: Construct, id: string, { environment, managedPolicyName }: SteadfastPolicyProps) {
    super(scope, id, {
      ...named(managedPolicyName),
      description: `Approve the runs of Steadfast in ${environment.environmentId}`,
      statements: approverStatements(environment.names).map(policyStatementOf),
    });
  }
}

/**
 * What people need who only look at an environment: runs, faults, reports, logs.
 *
 * @example
 * auditRole.addManagedPolicy(new SteadfastViewerPolicy(this, 'Viewers', { environment: staging }));
 */
export class SteadfastViewerPolicy extends ManagedPolicy {
  constructor(scope: Construct, id: string, { environment, managedPolicyName }: SteadfastPolicyProps) {
    super(scope, id, {
      ...named(managedPolicyName),
      description: `See the experiments of Steadfast in ${environment.environmentId}`,
      statements: viewerStatements(environment.names).map(policyStatementOf),
    });
  }
}
