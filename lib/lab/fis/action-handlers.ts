import type { ActionHandler } from './action-handler.ts';
import { addToxic } from './actions/add-toxic.ts';
import { stopTask } from './actions/stop-task.ts';
import { taskNetworkLatency } from './actions/task-network-latency.ts';
import { wait } from './actions/wait.ts';

/** Every FIS action that a lab can play, and its own faults, by their ids. */
export const actionHandlers: ReadonlyMap<string, ActionHandler> = new Map(
  [wait, stopTask, taskNetworkLatency, addToxic].map((handler) => [handler.id, handler]),
);
