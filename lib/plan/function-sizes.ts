export interface FunctionSize {
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
}

/**
 * The functions that the runner's states call. Each gives up ten seconds before the shortest time-out of the states that call it
 * (runner.asl.json), so that its own error reaches the state machine instead of `States.Timeout`.
 *
 * A function has a share of a processor as large as its share of 1,769 MB (Lambda developer guide, "Configure Lambda function memory").
 * Observing takes most of a run's time, and so most of its price: 200 requests a second need a quarter of a processor and 192 MB
 * (`npm run bench -- bundles`), and 768 MB are 43 % of one.
 */
export const functionSizes = {
  admit: { timeoutSeconds: 110, memoryMb: 512 },
  observe: { timeoutSeconds: 140, memoryMb: 768 },
  fault: { timeoutSeconds: 80, memoryMb: 512 },
  rollback: { timeoutSeconds: 140, memoryMb: 512 },
  recover: { timeoutSeconds: 140, memoryMb: 768 },
  conclude: { timeoutSeconds: 290, memoryMb: 1_024 },
} as const satisfies Readonly<Record<string, FunctionSize>>;

/** It reads one journal and writes one page; nobody waits for it. */
export const reportSize: FunctionSize = { timeoutSeconds: 60, memoryMb: 512 };

/** Up to so many requests a second are observed with what is above; more, with a whole processor. */
const manyPerSecond = 200;
const wholeCpuMb = 1_769;

/** The memory of a function in an environment whose probes may ask so often together. */
export const memoryMbOf = (name: FunctionName, probesPerSecond: number): number =>
  (name === 'observe' || name === 'recover') && probesPerSecond > manyPerSecond
    ? wholeCpuMb
    : functionSizes[name].memoryMb;

export type FunctionName = keyof typeof functionSizes;
