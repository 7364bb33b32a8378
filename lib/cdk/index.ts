/** The constructs for any CDK app: `steadfast-chaos/cdk`. */

export type { EnvironmentTag } from './fault-ready/environment-tag.ts';
export { FaultReady } from './fault-ready/fault-ready.ts';
export type { EcsFaultOptions } from './fault-ready/task-definition.ts';
export type { FenceOptions } from './fence/fence-options.ts';
export { SteadfastFence } from './fence/steadfast-fence.ts';
