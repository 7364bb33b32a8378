import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { DurationLike } from '../duration-like.ts';
import type { EnvironmentTag } from '../environment-tag.ts';
import type { FaultConfiguration } from '../fault-ready/fault-configuration-bucket.ts';
import type { FisAction } from './action-props.ts';
import type { FisTarget } from './fis-target.ts';

/** What a template asks of a bucket; every one of CDK's will do, however strict the compiler is. */
export interface FisBucket
  extends Pick<IBucket, 'bucketName' | 'bucketArn' | 'arnForObjects' | 'addToResourcePolicy'> {
  readonly encryptionKey?: IKey | undefined;
}

/** Where FIS writes what an experiment did, in its log schema 2. The role is granted what that needs. */
export interface FisLogs {
  /** A log group; one whose name begins with `/aws/vendedlogs/` adds nothing to the account's limited resource policies. */
  readonly logGroup?: ILogGroup;
  /** The key of the log group, where it has one of its own: CloudWatch Logs is let use it. */
  readonly logGroupKey?: IKey;
  readonly bucket?: FisBucket;
  /** What the objects' keys begin with. */
  readonly prefix?: string;
}

/** A report that FIS writes after each experiment: a PDF in a bucket of the same Region. */
export interface FisReport {
  readonly bucket: FisBucket;
  /** What the objects' keys begin with. */
  readonly prefix?: string;
  /** Its metric widgets are drawn in the report. */
  readonly dashboard?: { readonly dashboardArn: string };
  /**
   * How much before the experiment the report shows, at most 30 minutes.
   *
   * @default - 20 minutes, which is FIS's own
   */
  readonly before?: DurationLike;
  /**
   * How much after it, at most two hours.
   *
   * @default - 20 minutes, which is FIS's own
   */
  readonly after?: DurationLike;
}

/** An account besides the template's own, and the role that FIS takes on there (`FisTargetAccountRole` makes one). */
export interface FisTargetAccount {
  /** 12 digits. */
  readonly accountId: string;
  readonly roleArn: string;
  readonly description?: string;
}

export interface FisExperimentTemplateProps {
  /** What the experiment is for; at most 512 characters. */
  readonly description: string;
  /** The tag that everything of the environment carries: every target is selected by it, and the role may act on nothing else. */
  readonly environmentTag: EnvironmentTag;
  /** What the actions act on, by name. */
  readonly targets?: Readonly<Record<string, FisTarget>>;
  /** What goes wrong, by name; at most 20 actions, of which 10 at once. */
  readonly actions: Readonly<Record<string, FisAction>>;
  /** The alarms that end the experiment, one to five. Several signals are joined in one alarm: `GuardAlarm`. */
  readonly stopConditions: readonly IAlarm[];
  /**
   * The role that FIS takes on. What logs, the report and target accounts need is granted to it, and nothing else.
   *
   * @default - a role with the least that the actions need, confined to the environment tag wherever IAM can
   */
  readonly role?: IRole;
  /**
   * The name of the role that is made, where others must know it: `FisTargetAccountRole` trusts it by its ARN.
   *
   * @default - CloudFormation makes one up
   */
  readonly roleName?: string;
  /**
   * ARNs, `*` for any text, of what IAM confines by no tag: the targets of errors that FIS injects into APIs (streams, clusters,
   * groups) where tags find them, route tables. The role that is made may reach no others.
   *
   * @default - the targets that are named by construct or ARN, and what parameters name
   */
  readonly declared?: readonly string[];
  /** Where faults of Lambda functions are left for them: the same that `FaultReady.lambda` tells the functions. */
  readonly faultConfiguration?: FaultConfiguration;
  readonly logs?: FisLogs;
  readonly report?: FisReport;
  /** Accounts whose resources are hit, too, at most 40. The role may then take on their roles, and act nowhere itself. */
  readonly targetAccounts?: readonly FisTargetAccount[];
  /**
   * What happens where a target matches nothing: the experiment fails, or the action is skipped.
   *
   * @default 'fail'
   */
  readonly emptyTargetResolution?: 'fail' | 'skip';
  /**
   * What the console shows as its name.
   *
   * @default - the path of the construct
   */
  readonly templateName?: string;
  /**
   * Its own tags. A changed tag makes CloudFormation replace a template, so tags of the app or of what holds the template do not
   * reach it.
   *
   * @default - its name alone
   */
  readonly tags?: Readonly<Record<string, string>>;
}
