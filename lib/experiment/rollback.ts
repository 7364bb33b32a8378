import * as z from 'zod';
import { duration } from '../fis/quantity.ts';
import { defaults } from './defaults.ts';
import { logicalName, sentence } from './names.ts';
import { httpRequestSchema } from './probe.ts';

const common = {
  timeout: duration()
    .optional()
    .describe(`How long it may take, its proof included (default ${defaults.rollbackTimeout}).`),
  provenBy: logicalName().describe('The probe, of steadyState or proofs, that shows that it worked.'),
};

/**
 * A compensating action, idempotent by run id: the id goes with the request (header `x-steadfast-run`, payload field
 * `runId`, automation parameter `RunId`, environment variable `STEADFAST_RUN`). It counts only once its probe has shown that it worked.
 */
export const rollbackSchema = z.union([
  z.strictObject({ http: httpRequestSchema, ...common }),
  z.strictObject({
    lambda: z.strictObject({ function: sentence(), payload: z.json().optional() }),
    ...common,
  }),
  z.strictObject({
    ssmAutomation: z.strictObject({
      document: sentence(),
      parameters: z.record(z.string(), z.array(z.string())).optional(),
    }),
    ...common,
  }),
  z.strictObject({
    command: z.array(sentence()).min(1).describe('Program and arguments; in a lab only.'),
    ...common,
  }),
]);

export type Rollback = z.output<typeof rollbackSchema>;
