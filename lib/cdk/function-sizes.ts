import { type FunctionSize, functionSizes as sizesOfRunner } from '../plan/function-sizes.ts';
import type { HandlerName } from './handler-bundles.ts';

/** The size of each function of the runner; the plan of a run reckons with the same. */
export const functionSizes: Readonly<Record<HandlerName, FunctionSize>> = sizesOfRunner;
