import type { ActionHandler } from './action-handler.ts';
import { addToxic } from './actions/add-toxic.ts';
import { cpuPressure } from './actions/cpu-pressure.ts';
import { exhaustConnections } from './actions/exhaust-connections.ts';
import { exhaustFileDescriptors } from './actions/exhaust-file-descriptors.ts';
import { freeze } from './actions/freeze.ts';
import { kill } from './actions/kill.ts';
import { memoryPressure } from './actions/memory-pressure.ts';
import { restartLoop } from './actions/restart-loop.ts';
import { wait } from './actions/wait.ts';
import { computeHandlers } from './compute-handlers.ts';
import { managedHandlers } from './managed-handlers.ts';

/** Every FIS action that a lab can play, and its own faults, by their ids. */
export const actionHandlers: ReadonlyMap<string, ActionHandler> = new Map(
  [
    wait,
    ...computeHandlers,
    addToxic,
    kill,
    freeze,
    restartLoop,
    cpuPressure,
    memoryPressure,
    exhaustFileDescriptors,
    exhaustConnections,
    ...managedHandlers,
  ].map((handler) => [handler.id, handler]),
);
