/** What a CDK app can use without definitions; `lib/app` adds what reads them. */

export type { Ec2FaultOptions } from './fault-ready/ec2.ts';
export type { EksCluster, EksFaultOptions } from './fault-ready/eks.ts';
export type { EnvironmentTag } from './fault-ready/environment-tag.ts';
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
