import type { IResource } from 'aws-cdk-lib';
import type { Rule } from 'aws-cdk-lib/aws-events';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { StateChangeOptions } from './state-rule.ts';

/** An FIS experiment template, made here or elsewhere. */
export interface IFisExperimentTemplate extends IResource {
  /** FIS's id, such as `EXT1a2b3c4d5e6f7`. */
  readonly experimentTemplateId: string;
  readonly experimentTemplateArn: string;
  /** Lets somebody start experiments from it, and from no other template. */
  grantStart(grantee: IGrantable): Grant;
  /** Lets somebody stop experiments: any of the account and Region, since experiments do not carry their template's tags. */
  grantStop(grantee: IGrantable): Grant;
  /** Lets somebody look at it, and at experiments of the account and Region. */
  grantRead(grantee: IGrantable): Grant;
  /** Lets somebody call these actions of IAM on it. */
  grant(grantee: IGrantable, ...actions: string[]): Grant;
  /** Makes a rule for changes of the state of its experiments. */
  onStateChange(id: string, options?: StateChangeOptions): Rule;
}
