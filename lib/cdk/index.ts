/** The constructs for any CDK app: `steadfast-chaos/cdk`. */
export type { FenceOptions } from './fence/fence-options.ts';
export { SteadfastFence } from './fence/steadfast-fence.ts';
