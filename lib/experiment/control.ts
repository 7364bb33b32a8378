import * as z from 'zod';
import { positiveDuration, rate } from '../fis/quantity.ts';
import { defaults } from './defaults.ts';
import { httpRequestSchema } from './http-request.ts';

/** A look at something that the fault cannot touch: another service, zone or replica group, that differences are judged against. */
export const controlSchema = z.strictObject({
  http: httpRequestSchema.describe('The request that is sent again and again.'),
  rate: rate().optional().describe(`How often it asks, answers or not (default ${defaults.rate}).`),
  timeout: positiveDuration()
    .optional()
    .describe(`How long it waits for an answer (default ${defaults.timeout}).`),
});

export type Control = z.output<typeof controlSchema>;
