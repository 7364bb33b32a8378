import { stopTask, taskNetworkLatency } from './ecs.ts';

/** Every FIS action that a definition can name, by its id. */
export const catalogue = {
  [stopTask.id]: stopTask,
  [taskNetworkLatency.id]: taskNetworkLatency,
} as const;

export type ActionId = keyof typeof catalogue;

/** All ids, in the order of the catalogue. */
export const actionIds = Object.keys(catalogue) as readonly ActionId[];
