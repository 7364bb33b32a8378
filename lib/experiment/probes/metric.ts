import * as z from 'zod';
import { duration, positiveDuration } from '../../fis/quantity.ts';
import { defaults } from '../defaults.ts';
import { logicalName } from '../names.ts';
import { tolerancesSchema } from '../tolerance.ts';
import { controlName } from './control-name.ts';
import { onlyWith } from './polled.ts';

/** Reads a metric. */
export const metricProbe = z
  .strictObject({
    metric: logicalName().describe('A metric, by logical name.'),
    every: positiveDuration()
      .optional()
      .describe(
        `How often it is read: the metric's own period where absent, and never more often; in a lab ${defaults.every}.`,
      ),
    delay: duration().optional().describe(`How late its data may come (default ${defaults.delay}).`),
    control: controlName(),
    tolerances: tolerancesSchema.describe('What it must see: `value`, or `age` for a metric in seconds.'),
  })
  .superRefine(onlyWith('a metric has a value (or an age in seconds)', 'value', 'value', 'age'));
