import * as z from 'zod';
import { identifier, roleArn } from './declared.ts';
import { sentence } from './names.ts';

/** Something outside of Steadfast that says whether anything may be changed now. */
export const freezeSchema = z.union([
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
export const incidentAlarmSchema = z.union([
  sentence().describe("The name or ARN of an alarm of the environment's own account and Region."),
  z.strictObject({
    alarm: sentence().describe('The ARN of an alarm of another account or Region.'),
    readBy: roleArn().describe("The ARN of a role of the alarm's account that may read it."),
  }),
]);
