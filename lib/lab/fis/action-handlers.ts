import type { ActionHandler } from './action-handler.ts';
import { stopTask } from './actions/stop-task.ts';
import { taskNetworkLatency } from './actions/task-network-latency.ts';
import { wait } from './actions/wait.ts';

/** Every FIS action that a lab can play, by its id. */
export const actionHandlers: ReadonlyMap<string, ActionHandler> = new Map(
  [wait, stopTask, taskNetworkLatency].map((handler) => [handler.id, handler]),
);
