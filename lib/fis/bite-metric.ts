import * as z from 'zod';
import { logicalName } from './name.ts';
import { duration, percentage } from './quantity.ts';

const byMoreThanNothing = (way: string) =>
  percentage()
    .refine(({ ratio }) => ratio > 0, { error: 'shows nothing at 0%: write how far it must move' })
    .optional()
    .describe(`It bit where the metric's median ${way} by at least this, compared with the baseline's.`);

/** A metric by which an experiment says itself what shows that a fault reached its targets. */
export const biteMetricSchema = z
  .strictObject({
    metric: logicalName().describe(
      'A metric, by logical name, that moves when the fault reaches its targets.',
    ),
    rises: byMoreThanNothing('rises'),
    falls: byMoreThanNothing('falls'),
    delay: duration().optional().describe('How late its data may come (default 0s).'),
  })
  .refine(({ rises, falls }) => (rises === undefined) !== (falls === undefined), {
    error: "say either 'rises' or 'falls'",
  });

export type BiteMetric = z.output<typeof biteMetricSchema>;
