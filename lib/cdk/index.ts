/** What a CDK app can use: FIS experiments, and Steadfast's own in environments that are deployed already. */
export { ChaosExperiment, type ChaosExperimentProps } from './chaos-experiment.ts';
export type { DurationLike } from './duration-like.ts';
export {
  SteadfastOperatorPolicy,
  type SteadfastPolicyProps,
  SteadfastViewerPolicy,
} from './environment-policies.ts';
export { GuardAlarm, type GuardAlarmProps } from './guard-alarm.ts';
export { SteadfastEnvironment } from './steadfast-environment.ts';
export type { FisAction, FisActionId } from './template/action-props.ts';
export type { EnvironmentTag } from './template/bound-target.ts';
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
