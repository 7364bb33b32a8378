import * as z from 'zod';
import { positiveDuration } from '../../fis/quantity.ts';
import { defaults } from '../defaults.ts';
import { logicalName } from '../names.ts';
import { tolerancesSchema } from '../tolerance.ts';
import { controlName } from './control-name.ts';
import { every } from './polled.ts';

/** Calls a function that looks in the team's own way. */
export const lambdaProbe = z.strictObject({
  lambda: z
    .strictObject({
      function: logicalName().describe('A function of the environment, by logical name.'),
      payload: z.json().optional().describe('What it is called with (default `{}`).'),
    })
    .describe(
      'The function that looks. It answers an object with any of `latencyMs`, `status`, `value` and `error`.',
    ),
  every: every(),
  timeout: positiveDuration()
    .optional()
    .describe(`How long it may take to answer (default ${defaults.lookTimeout}).`),
  control: controlName(),
  tolerances: tolerancesSchema.describe(
    'What it must see: latencies of `latencyMs`, an `errorRate` of answers with an `error` or an unexpected `status`, and one of `value`, `age` (in seconds) or `count` of its `value`.',
  ),
});
