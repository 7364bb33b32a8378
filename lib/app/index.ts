/** The package's entry `steadfast-chaos/cdk`: an environment's stacks from a project's definitions, and all constructs. */
export * from '../cdk/index.ts';
export { addSteadfast, type SteadfastOptions } from './add-steadfast.ts';
