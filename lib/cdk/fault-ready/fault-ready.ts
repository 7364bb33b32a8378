import { ec2 } from './ec2.ts';
import { ecs } from './ecs.ts';
import { eks } from './eks.ts';
import { tag } from './environment-tag.ts';
import { lambda } from './lambda.ts';
import { taskDefinition } from './task-definition.ts';

/**
 * Prepares targets so that faults can hit them, and only faults of their own environment: each function says what it sets, and refuses
 * what faults cannot work with.
 *
 * @example
 * FaultReady.ecs(service, { environmentTag: { key: 'Env', value: 'staging' } });
 */
export const FaultReady = { ec2, ecs, eks, lambda, tag, taskDefinition } as const;
