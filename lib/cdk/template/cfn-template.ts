import { CfnExperimentTemplate } from 'aws-cdk-lib/aws-fis';
import type { Construct } from 'constructs';
import { keepOwnTags } from '../own-tags.ts';

/** Where FIS writes logs. CDK hands the inner keys on as they are, so they stand in CloudFormation's own case. */
export interface LogConfiguration {
  readonly logSchemaVersion: number;
  readonly cloudWatchLogsConfiguration?: { readonly LogGroupArn: string };
  readonly s3Configuration?: { readonly BucketName: string; readonly Prefix?: string };
}

interface WrittenTarget {
  readonly resourceType: string;
  readonly selectionMode: string;
  readonly resourceTags?: Readonly<Record<string, string>>;
  readonly resourceArns?: readonly string[];
  readonly filters?: readonly { readonly path: string; readonly values: readonly string[] }[];
  readonly parameters?: Readonly<Record<string, string>>;
}

interface WrittenAction {
  readonly actionId: string;
  readonly description?: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly targets?: Readonly<Record<string, string>>;
  readonly startAfter?: readonly string[];
}

/** An FIS template with everything in it resolved. */
export interface WrittenTemplate {
  readonly description: string;
  readonly roleArn: string;
  readonly targets: Readonly<Record<string, WrittenTarget>>;
  readonly actions: Readonly<Record<string, WrittenAction>>;
  /** ARNs of the alarms that end it. Never empty: FIS's own `none` cannot be said here. */
  readonly stopOn: readonly string[];
  readonly accountTargeting: 'single-account' | 'multi-account';
  readonly emptyTargetResolution: 'fail' | 'skip';
  readonly logs?: LogConfiguration;
  readonly report?: CfnExperimentTemplate.ExperimentTemplateExperimentReportConfigurationProperty;
  /** Nothing that tags an app or stack adds to them. */
  readonly tags: Readonly<Record<string, string>>;
}

/** A template as CloudFormation has it. */
export function createCfnTemplate(
  scope: Construct,
  id: string,
  template: WrittenTemplate,
): CfnExperimentTemplate {
  const { description, roleArn, targets, actions, stopOn, logs, report, tags } = template;
  const resource = new CfnExperimentTemplate(scope, id, {
    description,
    roleArn,
    targets: mapped(targets, mutableTarget),
    actions: mapped(actions, mutableAction),
    stopConditions: stopOn.map((value) => ({ source: 'aws:cloudwatch:alarm', value })),
    experimentOptions: {
      accountTargeting: template.accountTargeting,
      emptyTargetResolutionMode: template.emptyTargetResolution,
    },
    ...(logs === undefined ? {} : { logConfiguration: logs }),
    ...(report === undefined ? {} : { experimentReportConfiguration: report }),
    tags,
  });
  keepOwnTags(resource, tags);
  return resource;
}

// CDK's types take no read-only lists.
const mutableTarget = ({ filters, resourceArns, ...target }: WrittenTarget) => ({
  ...target,
  ...(resourceArns === undefined ? {} : { resourceArns: [...resourceArns] }),
  ...(filters === undefined
    ? {}
    : { filters: filters.map(({ path, values }) => ({ path, values: [...values] })) }),
});

const mutableAction = ({ startAfter, ...action }: WrittenAction) => ({
  ...action,
  ...(startAfter === undefined ? {} : { startAfter: [...startAfter] }),
});

const mapped = <V, W>(record: Readonly<Record<string, V>>, to: (value: V) => W): Record<string, W> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value)]));
