import * as z from 'zod';

const checkSchema = z.strictObject({
  name: z.string().describe('What was looked at, in kebab-case.'),
  status: z
    .enum(['ok', 'warn', 'fail', 'unknown', 'skipped'])
    .describe(
      '`warn` can wait; `fail` has to be mended; `unknown` is what nobody could see, and counts as a failure; `skipped` had no use.',
    ),
  seen: z.string().describe('What was seen.'),
  mend: z.string().optional().describe('How to mend it, or whom to ask.'),
  docs: z.string().describe('The page that tells more.'),
});

/** What `steadfast doctor --json` prints. */
export const doctorDocumentSchema = z.strictObject({
  ok: z.boolean().describe('Whether nothing failed and nothing is unknown; the exit code is 0 then, else 4.'),
  version: z.string().describe('The version of Steadfast that looked.'),
  environment: z
    .strictObject({
      id: z.string().describe('Its id.'),
      account: z.string().optional().describe('The account that was looked at, where it is known.'),
      region: z.string().optional().describe('The Region that was looked at, where it is known.'),
    })
    .nullable()
    .describe('The environment that was looked at; null where only the machine was.'),
  checks: z.array(checkSchema).describe('The machine first, then the environment.'),
});

export type DoctorCheck = z.output<typeof checkSchema>;
export type DoctorDocument = z.output<typeof doctorDocumentSchema>;
