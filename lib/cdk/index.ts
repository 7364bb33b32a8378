/** What a CDK app can use without definitions; `lib/app` adds what reads them. */

export { ChaosExperiment, type ChaosExperimentProps } from './chaos-experiment.ts';
export type { DurationLike } from './duration-like.ts';
export {
  SteadfastApproverPolicy,
  SteadfastOperatorPolicy,
  type SteadfastPolicyProps,
  SteadfastViewerPolicy,
} from './environment-policies.ts';
export type { EnvironmentTag } from './environment-tag.ts';
export type { Ec2FaultOptions } from './fault-ready/ec2.ts';
export type { EksCluster, EksFaultOptions } from './fault-ready/eks.ts';
export {
  type FaultConfiguration,
  FaultConfigurationBucket,
  type FaultConfigurationBucketOptions,
} from './fault-ready/fault-configuration-bucket.ts';
export type { Manifest } from './fault-ready/fault-manifests.ts';
export { FaultReady } from './fault-ready/fault-ready.ts';
export type { LambdaFaultOptions } from './fault-ready/lambda.ts';
export type { EcsFaultOptions } from './fault-ready/task-definition.ts';
export type { FenceOptions } from './fence/fence-options.ts';
export { SteadfastFence } from './fence/steadfast-fence.ts';
export { GuardAlarm, type GuardAlarmProps } from './guard-alarm.ts';
export type { GitHubJobs, GitLabJobs, PipelineJobs } from './pipeline/pipeline-jobs.ts';
export { SteadfastPipelineRole, type SteadfastPipelineRoleProps } from './pipeline/pipeline-role.ts';
export { SteadfastEnvironment } from './steadfast-environment.ts';
export type { FisAction, FisActionId } from './template/action-props.ts';
export { FisExperimentTemplate } from './template/fis-experiment-template.ts';
export {
  type ArnTargetOptions,
  type ClusterTargetOptions,
  type ConstructTargetOptions,
  FisTarget,
  type PodTargetOptions,
  type TaggedTargetOptions,
} from './template/fis-target.ts';
export type { IFisExperimentTemplate } from './template/i-fis-experiment-template.ts';
export type { FisSelection } from './template/selection.ts';
export type { FisExperimentState, StateChangeOptions } from './template/state-rule.ts';
export { FisTargetAccountRole, type FisTargetAccountRoleProps } from './template/target-account-role.ts';
export type {
  FisBucket,
  FisExperimentTemplateProps,
  FisLogs,
  FisReport,
  FisTargetAccount,
} from './template/template-props.ts';
