import type { CfnExperimentTemplate } from 'aws-cdk-lib/aws-fis';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { durationFromMs, isoDuration } from '../../fis/quantity.ts';
import { type DurationLike, readDuration } from '../duration-like.ts';
import type { FisReport } from './template-props.ts';

/** How much a report shows at most around the experiment (FIS user guide, "Experiment report configurations"). */
const longest = { before: 30 * 60_000, after: 2 * 3_600_000 } as const;

/** What FIS would refuse of a report. */
export const reportProblems = ({ before, after }: FisReport): Problem[] =>
  Object.entries({ before, after }).flatMap(([side, written]): Problem[] => {
    if (written === undefined) return [];
    const path = ['report', side];
    const read = readDuration(written);
    if ('why' in read) return [{ code: 'wrong-type', path, message: read.why }];
    const most = side === 'before' ? longest.before : longest.after;
    if (read.ms <= most && read.ms % 1_000 === 0) return [];
    return [
      {
        code: 'report-length',
        path,
        message: `'${read.text}' is more than the ${durationFromMs(most).text} that FIS shows ${side} an experiment, or no whole seconds`,
        hint: `write '${durationFromMs(most).text}' or less`,
      },
    ];
  });

/** A report as FIS has it. */
export const reportConfigurationOf = ({
  bucket,
  prefix,
  dashboard,
  before,
  after,
}: FisReport): CfnExperimentTemplate.ExperimentTemplateExperimentReportConfigurationProperty => ({
  outputs: {
    experimentReportS3Configuration: {
      bucketName: bucket.bucketName,
      ...(prefix === undefined ? {} : { prefix }),
    },
  },
  ...(dashboard === undefined
    ? {}
    : { dataSources: { cloudWatchDashboards: [{ dashboardIdentifier: dashboard.dashboardArn }] } }),
  ...around('preExperimentDuration', before),
  ...around('postExperimentDuration', after),
});

function around<Name extends string>(name: Name, written: DurationLike | undefined) {
  const read = written === undefined ? undefined : readDuration(written);
  return read !== undefined && 'ms' in read ? { [name]: isoDuration(read.ms) } : {};
}

/** The statements that FIS's role needs for a report (user guide, "Experiment report configurations"). */
export const reportStatements = ({ bucket, prefix, dashboard }: FisReport): PolicyStatement[] => [
  new PolicyStatement({
    sid: 'Report',
    actions: ['s3:GetObject', 's3:PutObject'],
    resources: [bucket.arnForObjects(prefix === undefined ? '*' : `${prefix}/*`)],
  }),
  ...(dashboard === undefined
    ? []
    : [
        new PolicyStatement({
          sid: 'ReportDashboard',
          actions: ['cloudwatch:GetDashboard'],
          resources: [dashboard.dashboardArn],
        }),
        new PolicyStatement({
          sid: 'ReportWidgets',
          actions: ['cloudwatch:GetMetricWidgetImage'],
          // IAM knows no resource for it.
          resources: ['*'],
        }),
      ]),
];

/** Lets FIS's role use the key of the report's bucket, where it has one of its own. */
export function grantReportKey({ bucket }: FisReport, role: IRole): void {
  bucket.encryptionKey?.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
}
