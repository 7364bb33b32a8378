import { type FunctionSize, functionSizes as sizesOfRunner } from '../plan/function-sizes.ts';
import type { HandlerName, StopName } from './handler-bundles.ts';

/** The size of each function of the runner; the plan of a run reckons with the same. */
export const functionSizes: Readonly<Record<HandlerName, FunctionSize>> = sizesOfRunner;

export type { FunctionSize };

/**
 * A sweep has time for a rollback or two; the next one comes in a minute all the same. The kill switch takes seconds. Ending runs before
 * something is deleted waits for faults to stop, as long as a function may run.
 */
export const stopSizes: Readonly<Record<StopName, FunctionSize>> = {
  stop: { timeoutSeconds: 300, memoryMb: 512 },
  halt: { timeoutSeconds: 60, memoryMb: 512 },
  'end-first': { timeoutSeconds: 900, memoryMb: 256 },
};

/** Ten seconds less than its state waits (dispatcher.asl.json); it reads a plan of some megabytes. */
export const dispatchSize: FunctionSize = { timeoutSeconds: 80, memoryMb: 512 };

export { reportSize } from '../plan/function-sizes.ts';

/**
 * The functions of game days. A step looks at one run and writes a few entries, and at last puts the evidence together; people wait for the
 * desk and the widget, and a processor's share comes with the memory.
 */
export const gameDaySizes = {
  step: { timeoutSeconds: 50, memoryMb: 512 },
  scribe: { timeoutSeconds: 50, memoryMb: 256 },
  desk: { timeoutSeconds: 30, memoryMb: 1_024 },
  widget: { timeoutSeconds: 30, memoryMb: 1_024 },
} as const satisfies Readonly<Record<string, FunctionSize>>;
