import * as z from 'zod';
import { journalSchema } from '../../run/journal.ts';
import {
  baselineProbeSchema,
  powerSchema,
  recoverySchema,
  toleranceJudgementSchema,
} from '../../steady-state/judgement.ts';
import { problem, time, verdict } from './parts.ts';
import { finding } from './runs.ts';

const notes = z.array(z.string()).describe('What is good to know, without a bearing on the verdict.');

const recovery = z.strictObject({
  ...recoverySchema.shape,
  state: z
    .enum(['back', 'outside', 'blind', 'open'])
    .describe(
      '`back`: in time. `outside`: not back. `blind`: nobody can see. `open`: too few samples to prove it.',
    ),
  tolerances: z.array(toleranceJudgementSchema),
});

export const judged = z.union([
  z
    .strictObject({
      verdict,
      summary: z.string(),
      findings: z.array(journalSchema.shape.findings.def.element).describe('The worst first.'),
      experiment: z.strictObject({ id: z.string(), hash: z.string() }).describe('What it was judged by.'),
      run: z
        .strictObject({ runId: z.string(), verdict })
        .nullable()
        .describe('The run that was judged again, and what it concluded with.'),
      baseline: z
        .strictObject({
          start: time,
          end: time,
          probes: z.array(baselineProbeSchema),
          tolerances: z.array(toleranceJudgementSchema),
        })
        .nullable(),
      power: z.array(powerSchema),
      stages: z.array(
        z.strictObject({
          label: z.string(),
          start: time,
          end: time,
          bite: z
            .boolean()
            .nullable()
            .describe('Whether the fault reached the system; null where nobody knows.'),
          tolerances: z.array(toleranceJudgementSchema),
        }),
      ),
      recovery: recovery.nullable(),
      wouldHaveMissed: z
        .array(z.string())
        .describe('When something was missed: the probes that saw nothing of it.'),
      notes,
    })
    .describe('What was judged.'),
  z
    .strictObject({
      verdict: z.literal('rejected'),
      summary: z.string(),
      findings: z.array(finding),
      baseline: z.null(),
      stages: z.array(z.never()),
      recovery: z.null(),
      problems: z.array(problem),
      notes,
    })
    .describe('What could not be judged.'),
]);
