import * as z from 'zod';
import reference from './reference.json' with { type: 'json' };

/**
 * All actions of FIS as its user guide has them (actions reference, read November 2026), which the catalogue is held against:
 * the target of each, the parameters in FIS's names with whether each is required, and the permissions of FIS's role.
 */
export const referenceActions = z
  .record(
    z.string(),
    z.strictObject({
      target: z.strictObject({ key: z.string(), resourceType: z.string() }).optional(),
      maximum: z.number().optional(),
      parameters: z.record(z.string(), z.boolean()),
      permissions: z.array(z.string()),
    }),
  )
  .parse(reference);
