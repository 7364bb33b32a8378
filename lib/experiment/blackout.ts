import * as z from 'zod';
import { positiveDuration } from '../fis/quantity.ts';
import { cronProblem } from './cron.ts';
import { sentence } from './names.ts';
import { isTimeZone } from './time-zone.ts';

/** The longest recurring blackout: more than a month at a time is better written with `from` and `until`. */
const longestMs = 31 * 86_400_000;

const reason = sentence().describe('Why nothing may run; a rejected run says it.');

const onceSchema = z
  .strictObject({
    from: z.iso.datetime().describe('When it begins.'),
    until: z.iso.datetime().describe('When it is over.'),
    reason,
  })
  .refine((b) => Date.parse(b.from) < Date.parse(b.until), {
    error: "'until' must be after 'from'",
    path: ['until'],
  });

const recurringSchema = z.strictObject({
  cron: z
    .string()
    .superRefine((text, context) => {
      const message = cronProblem(text);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    })
    .describe(
      "When it begins, again and again: five fields such as `0 9 * * MON-FRI`, or EventBridge's six, `0 9 ? * MON-FRI *`. Days of the week by name.",
    ),
  timeZone: z
    .string()
    .refine(isTimeZone, { error: (issue) => `'${String(issue.input)}' is no IANA time zone` })
    .describe('The IANA time zone of the cron, such as Europe/Dublin.'),
  lasts: positiveDuration()
    .refine(({ ms }) => ms <= longestMs, { error: 'a recurring blackout lasts 31 days at most' })
    .describe(
      'How long it lasts each time, such as `8h`, by the clock on the wall; never shorter than that, also in the night in which clocks change.',
    ),
  reason,
});

/** When no run may start, nor reach into: once, or again and again. */
export const blackoutSchema = z.union([onceSchema, recurringSchema]);
