import * as z from 'zod';
import { action } from './game-days.ts';
import { maybeEnvironment, time, verdict } from './parts.ts';

const ageDays = z.number().describe('Days since then.');

const experiment = z.strictObject({
  experiment: z.string().describe('Its id.'),
  last: z
    .strictObject({ runId: z.string(), verdict, at: time, ageDays, summary: z.string() })
    .optional()
    .describe('Its last run that says something about the system.'),
  history: z.array(verdict).describe('Of its runs that say something, the newest last.'),
  trend: z.enum(['better', 'worse', 'steady', 'unknown']),
  recoverySeconds: z.array(z.number()).describe('Of each of these runs, where it was measured.'),
  isOutdated: z.boolean().describe('The last run was of another definition than there is now.'),
});

export const coverage = z.strictObject({
  environment: maybeEnvironment,
  services: z.array(
    z.strictObject({
      service: z.string(),
      verdict: verdict
        .optional()
        .describe('The worst of the last verdicts; absent where nothing was ever run.'),
      ageDays: ageDays.optional(),
      experiments: z.array(experiment),
      untested: z.array(z.string()).describe('What could be broken and no experiment tests.'),
    }),
  ),
  gameDays: z.array(
    z.strictObject({
      gameDay: z.string().describe('Its id.'),
      cadence: z.enum(['monthly', 'quarterly']).optional(),
      last: z.strictObject({ edition: z.string(), at: time, ageDays }).optional(),
      nextBy: z.string().optional().describe('The day by which the next edition is due.'),
      isOverdue: z.boolean(),
      open: z.array(z.strictObject({ edition: z.string(), action })).describe('What is still to be done.'),
      incomplete: z.array(z.string()).describe('Retrospectives that are not counted as they should be.'),
    }),
  ),
});

export const gate = z.strictObject({
  service: z.string(),
  environment: maybeEnvironment,
  maxAge: z.string().describe('As it was asked for: `30d`.'),
  open: z.boolean().describe('Whether the record is good and young enough to deploy on.'),
  reasons: z
    .array(
      z.strictObject({
        experiment: z.string().optional().describe('Absent where it is about the whole service.'),
        reason: z.string(),
        next: z.string().describe('A command that mends it, or the first step to it.'),
      }),
    )
    .describe('Everything that closes it.'),
  experiments: z.array(experiment),
});
