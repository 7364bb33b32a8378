import * as z from 'zod';
import { positiveDuration } from '../fis/quantity.ts';
import { defaults } from './defaults.ts';
import { httpRequestSchema } from './http-request.ts';
import { logicalName, sentence } from './names.ts';

const common = {
  timeout: positiveDuration()
    .optional()
    .describe(`How long it may take, its proof included (default ${defaults.rollbackTimeout}).`),
  provenBy: logicalName().describe('The probe, of steadyState or proofs, that shows that it worked.'),
};

/**
 * A compensating action, idempotent by run id: the id goes with the request (header `x-steadfast-run`, payload field
 * `runId`, automation parameter `RunId`, environment variable `STEADFAST_RUN`). It counts only once its probe has shown that it worked.
 */
export const rollbackSchema = z.union([
  z.strictObject({ http: httpRequestSchema.describe('A request to a service.'), ...common }),
  z.strictObject({
    lambda: z
      .strictObject({
        function: sentence().describe('A function of the environment, by logical name.'),
        payload: z.json().optional().describe("An object that it is called with, besides the run's id."),
      })
      .describe('A call of a Lambda function.'),
    ...common,
  }),
  z.strictObject({
    ssmAutomation: z
      .strictObject({
        document: sentence().describe('A document of the environment, by logical name.'),
        parameters: z
          .record(z.string(), z.array(z.string()))
          .optional()
          .describe("Its parameters, besides the run's id."),
      })
      .describe('An execution of an SSM automation.'),
    ...common,
  }),
  z.strictObject({
    command: z.array(sentence()).min(1).describe('Program and arguments; in a lab only.'),
    ...common,
  }),
]);

export type Rollback = z.output<typeof rollbackSchema>;
