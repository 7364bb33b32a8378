import { ecs } from './ecs.ts';
import { tag } from './environment-tag.ts';
import { taskDefinition } from './task-definition.ts';

/** Prepares targets so that faults can hit them, and so that only faults of their environment can. */
export const FaultReady = { ecs, taskDefinition, tag } as const;
