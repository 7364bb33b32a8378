import * as z from 'zod';
import { arnParts } from '../fis/arn.ts';
import { blackoutSchema } from './blackout.ts';
import { identifier, roleArn } from './declared.ts';
import { sentence } from './names.ts';

/** Something outside of Steadfast that says whether anything may be changed now. */
const freezeSchema = z.union([
  z.strictObject({
    parameter: identifier().describe(
      'The name or ARN of a parameter of Parameter Store: `false`, `off`, `no`, `none`, `open` or `0` let runs start; any other value is the reason why none may.',
    ),
  }),
  z.strictObject({
    changeCalendar: identifier().describe(
      "The name or ARN of a calendar of Systems Manager's Change Calendar: while it is closed no run may start.",
    ),
  }),
]);

/** An alarm that says that people are busy with an incident. */
const incidentAlarmSchema = z.union([
  sentence().describe("The name or ARN of an alarm of the environment's own account and Region."),
  z.strictObject({
    alarm: sentence().describe('The ARN of an alarm of another account or Region.'),
    readBy: roleArn().describe("The ARN of a role of the alarm's account that may read it."),
  }),
]);

/** What keeps every run of an environment from starting for a time. */
export const standstill = {
  blackouts: z
    .array(blackoutSchema)
    .optional()
    .describe('When no run may start, and into which none may reach: once, or again and again.'),
  freezes: z
    .array(freezeSchema)
    .optional()
    .describe('What says elsewhere whether anything may be changed now. What cannot be read says no.'),
  incidentAlarms: z
    .array(incidentAlarmSchema)
    .optional()
    .describe(
      'Alarms that say that people are busy: no run starts while one is in ALARM or cannot be read. No fault stops on them.',
    ),
};

/** Incident alarms that would never be found: those of another account or Region without a role, and those with one that need none. */
export function foreignIncidentsIn(environment: {
  readonly account: string;
  readonly region: string;
  readonly incidentAlarms?: readonly z.output<typeof incidentAlarmSchema>[] | undefined;
}): { readonly index: number; readonly message: string }[] {
  return (environment.incidentAlarms ?? []).flatMap((one, index) => {
    const { alarm, readBy } = typeof one === 'string' ? { alarm: one, readBy: undefined } : one;
    const arn = arnParts(alarm);
    const isForeign =
      arn !== undefined && (arn.account !== environment.account || arn.region !== environment.region);
    if (isForeign === (readBy !== undefined)) return [];
    const message = isForeign
      ? `'${alarm}' is of another account or Region: write { alarm, readBy } with a role that may read it there`
      : `'${alarm}' is of the environment's own account and Region: write it alone, without readBy`;
    return [{ index, message }];
  });
}
