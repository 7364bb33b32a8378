import * as z from 'zod';
import { duration } from '../fis/quantity.ts';
import { roleArn } from './declared.ts';
import { id, logicalName, named, sentence } from './names.ts';

const threshold = {
  above: z.number().optional().describe('It goes to ALARM above this.'),
  below: z.number().optional().describe('It goes to ALARM below this.'),
  for: duration().prefault('1m').describe('How long before the guard goes to ALARM (default 1m).'),
};

const oneThreshold = (guard: { above?: number | undefined; below?: number | undefined }) =>
  (guard.above === undefined) !== (guard.below === undefined);

const watches = id()
  .optional()
  .describe("The environment whose harm it watches, such as 'production'; this one where absent.");

/** A CloudWatch alarm that faults stop on. */
export const guardSchema = z.union([
  z.strictObject({
    alarm: sentence().describe('The name or ARN of an alarm that exists already.'),
    readBy: roleArn()
      .optional()
      .describe(
        'The ARN of a role that may read an alarm of another account or Region. FIS does not stop on such an alarm: the runner polls it.',
      ),
    watches,
  }),
  z
    .strictObject({
      metric: logicalName().describe('A metric of this environment; Steadfast makes the alarm.'),
      ...threshold,
      watches,
    })
    .refine(oneThreshold, { error: "say either 'above' or 'below'" }),
]);

/** Alarms that call people, and end nothing. */
export const alarmsSchema = named(sentence())
  .optional()
  .describe(
    'Alarms that call people, by logical name: the name or ARN of one of this account and Region. No fault stops on them; game days expect them to fire.',
  );
