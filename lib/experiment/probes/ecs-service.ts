import * as z from 'zod';
import { logicalName } from '../names.ts';
import { tolerancesSchema } from '../tolerance.ts';
import { controlName } from './control-name.ts';
import { every, onlyWith } from './polled.ts';

/** Of the tasks that a service wants. */
const ecsShares = ['running', 'healthy'] as const;

/** What is counted of a service. */
const ecsNumbers = [
  'running',
  'pending',
  'unhealthy',
  'deployments',
  'failedDeployments',
  'failedTasks',
] as const;

/** Looks at an ECS service; in a lab at a service's replicas. */
export const ecsServiceProbe = z
  .strictObject({
    ecsService: z
      .strictObject({
        service: logicalName().describe('The service, by logical name. Its environment says its `ecs`.'),
        shareOf: z
          .enum(ecsShares)
          .optional()
          .describe(
            'Tasks against the number that the service wants: the value is 1 where all of them are running, or healthy by the health checks of their containers.',
          ),
        numberOf: z
          .enum(ecsNumbers)
          .optional()
          .describe(
            'How many there are: tasks that are running, pending or unhealthy; deployments in progress, and those that failed or that the circuit breaker rolled back; tasks of deployments that failed to start.',
          ),
      })
      .refine((ecs) => (ecs.shareOf === undefined) !== (ecs.numberOf === undefined), {
        error: "say either 'shareOf' or 'numberOf'",
      })
      .describe('What of which service is looked at.'),
    every: every(),
    control: controlName(),
    tolerances: tolerancesSchema.describe('What it must see: `value`.'),
  })
  .superRefine(onlyWith('an ECS service has a value', 'value', 'value'));
