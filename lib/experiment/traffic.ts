import * as z from 'zod';
import { sentence } from './names.ts';

/**
 * Who makes load where nobody else does. It is called with `{ runId, action, fromMs, untilMs }` besides its payload:
 * docs/how-to/make-traffic.md holds the contract.
 */
export const trafficSchema = z.strictObject({
  lambda: z
    .strictObject({
      function: sentence().describe('A function of the environment, by logical name.'),
      payload: z
        .record(z.string(), z.json())
        .optional()
        .describe('What it is called with, besides the run, the action and the time.'),
    })
    .describe('A Lambda function that makes load.'),
});

export type Traffic = z.output<typeof trafficSchema>;
