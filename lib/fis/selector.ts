import * as z from 'zod';
import { logicalName } from './name.ts';

/**
 * The targets a fault may hit, by logical name. The environment's tag is added by the plan and can never be named here:
 * a selector that could name it could also name another environment's.
 */
export const selectorSchema = z
  .strictObject({
    service: logicalName().optional().describe('The service whose resources may be hit, by logical name.'),
    tags: z
      .record(z.string().min(1), z.string().min(1))
      .optional()
      .describe('Further tags that the resources must carry.'),
    availabilityZone: z.string().min(1).optional().describe('Only resources in this zone.'),
  })
  .refine((selector) => selector.service !== undefined || Object.keys(selector.tags ?? {}).length > 0, {
    error: 'selects everything in the environment: name a service, or tags',
  });

export type Selector = z.output<typeof selectorSchema>;
