import type { HandlerName } from './handler-bundles.ts';

/**
 * Each function gives up ten seconds before the shortest time-out of the states that call it (runner.asl.json), so that its own
 * error reaches the state machine instead of `States.Timeout`. Observing sends requests at a rate, hence a full CPU (1,769 MB,
 * Lambda developer guide).
 */
export const functionSizes: Readonly<
  Record<HandlerName, { readonly timeoutSeconds: number; readonly memoryMb: number }>
> = {
  admit: { timeoutSeconds: 110, memoryMb: 512 },
  observe: { timeoutSeconds: 140, memoryMb: 1_769 },
  fault: { timeoutSeconds: 80, memoryMb: 512 },
  rollback: { timeoutSeconds: 140, memoryMb: 512 },
  conclude: { timeoutSeconds: 290, memoryMb: 1_024 },
};
