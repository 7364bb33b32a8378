import * as z from 'zod';
import { sentence } from './names.ts';

const byLambda = z.strictObject({
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

const byStateMachine = z.strictObject({
  stateMachine: z
    .strictObject({
      name: sentence().describe('A state machine of the environment, by logical name.'),
      input: z
        .record(z.string(), z.json())
        .optional()
        .describe('What each execution is given, besides the run and the time.'),
    })
    .describe('A standard state machine of Step Functions, each execution of which makes load.'),
});

/**
 * Who makes load where nobody else does. A function is called with `{ runId, action, fromMs, untilMs }` besides its payload, an
 * execution begins with `{ runId, fromMs, untilMs }` besides its input: docs/how-to/make-traffic.md holds the contract.
 */
export const trafficSchema = z.union([byLambda, byStateMachine]);

export type Traffic = z.output<typeof trafficSchema>;
