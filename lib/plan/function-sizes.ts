export interface FunctionSize {
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
}

/**
 * The functions that the runner's states call. Each gives up ten seconds before the shortest time-out of the states that call it
 * (runner.asl.json), so that its own error reaches the state machine instead of `States.Timeout`. Observing sends requests at a rate,
 * hence a full CPU (1,769 MB, Lambda developer guide).
 */
export const functionSizes = {
  admit: { timeoutSeconds: 110, memoryMb: 512 },
  observe: { timeoutSeconds: 140, memoryMb: 1_769 },
  fault: { timeoutSeconds: 80, memoryMb: 512 },
  rollback: { timeoutSeconds: 140, memoryMb: 512 },
  conclude: { timeoutSeconds: 290, memoryMb: 1_024 },
} as const satisfies Readonly<Record<string, FunctionSize>>;

export type FunctionName = keyof typeof functionSizes;
