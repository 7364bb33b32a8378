import * as z from 'zod';
import { verdictSchema } from '../experiment/verdict.ts';
import {
  baselineProbeSchema,
  findingSchema,
  powerSchema,
  recoverySchema,
  toleranceJudgementSchema,
} from '../steady-state/judgement.ts';
import { sampleSchema } from '../steady-state/observation.ts';
import { windowSchema } from '../steady-state/window.ts';

const time = z.iso.datetime();

export const targetSchema = z.strictObject({
  fault: z.string().describe('The fault, by its name in the definition.'),
  id: z.string().describe("The resource's ARN; in a lab the replica."),
  tags: z.record(z.string(), z.string()).describe('Its tags, where they are known: FIS tells none.'),
});

export const biteSchema = z.strictObject({
  fault: z.string().describe('The fault, by its name in the definition.'),
  bit: z
    .boolean()
    .optional()
    .describe('Whether the fault reached the system; absent where nobody could tell.'),
  evidence: z.string().describe('What shows it, as a sentence.'),
  likely: z
    .string()
    .optional()
    .describe(
      'Where it did not bite: the likely reason, as far as one was seen; a sentence without a full stop.',
    ),
});

const faultSchema = z.strictObject({
  name: z.string().describe('Its name in the definition.'),
  action: z.string().describe("FIS's id of the action."),
  parameters: z.record(z.string(), z.string()).describe('As FIS was given them.'),
  fidelity: z.string().optional().describe('In a rehearsal: same, or approximate and what differs.'),
});

/** Why a fault was ended early, as a run's state carries it: without the samples, which would make every step's state grow. */
export const haltSchema = z.strictObject({
  by: z
    .enum(['watch', 'blind', 'guard', 'person', 'targets', 'steadfast'])
    .describe('Who or what ended the fault early.'),
  reason: z.string().describe('Why, as a sentence.'),
  at: time.describe('When.'),
});

export const stageSchema = z.strictObject({
  label: z.string().describe('The share as it was written: one, 50%, 10% of traffic.'),
  faults: z.array(faultSchema).describe('What was done to the system.'),
  fisExperimentId: z.string().optional().describe("FIS's id of the experiment; in a lab its stand-in's."),
  fisStatus: z.string().optional().describe("FIS's last status: completed, stopped, failed, cancelled."),
  start: time.optional().describe('When the fault was started.'),
  end: time.optional().describe('When it had ended.'),
  targets: z.array(targetSchema).describe('The resources that FIS resolved.'),
  tolerances: z.array(toleranceJudgementSchema).describe('Each tolerance, judged over the stage.'),
  windows: z.array(windowSchema).describe('What the watch saw, window by window.'),
  bite: z.array(biteSchema).describe('The evidence that each fault reached the system.'),
  halt: haltSchema
    .extend({
      samples: z
        .array(sampleSchema)
        .optional()
        .describe(
          'What the watch ended it for: the last samples of that probe that lay beyond the limit or told nothing, the newest last; empty where none came.',
        ),
    })
    .optional()
    .describe('Only where the fault was ended early.'),
});

export const rollbackResultSchema = z.strictObject({
  name: z.string().describe('Its name in the definition.'),
  result: z
    .enum(['proven', 'failed', 'unproven'])
    .describe('Only `proven` counts: its probe has shown that it worked.'),
  detail: z.string().describe('What it answered, or why it failed.'),
  proof: z.string().optional().describe('What the probe that proves it saw.'),
  at: time.describe('When it was settled.'),
});

export const residueSchema = z.strictObject({
  what: z.string().describe('What the fault has left behind, and where, as a sentence without a full stop.'),
  hint: z.string().describe('How to mend it.'),
});

export const timelineEntrySchema = z.strictObject({
  at: time.describe('When.'),
  text: z.string().describe('What happened, as a sentence.'),
  kind: z.enum(['phase', 'fault', 'watch', 'rollback', 'note', 'verdict']).describe('What it is about.'),
});

const journalFindingSchema = findingSchema.extend({
  recorded: z
    .literal(true)
    .optional()
    .describe(
      'Known beside the samples, such as a halt, a rollback or a rejection; absent where it follows from the samples.',
    ),
});

/** A run's record. The schema owns the file `journal.json`; docs/reference/journal.md describes it. */
export const journalSchema = z.strictObject({
  schemaVersion: z.literal(1).describe('The version of this format.'),
  runId: z.string().describe("The run's id; in AWS the name of the launcher's execution."),
  experiment: z
    .strictObject({
      id: z.string().describe('Its id.'),
      title: z.string().describe('Its title.'),
      hash: z.string().describe('SHA-256 of the definition in canonical JSON.'),
      definition: z.json().describe('The definition as it was written.'),
    })
    .describe('The experiment that ran.'),
  environment: z
    .strictObject({
      id: z.string().describe('The id of the environment or lab.'),
      production: z.boolean().describe('Whether it is production.'),
      tag: z
        .strictObject({
          key: z.string().describe('Its key.'),
          value: z.string().describe('Its value.'),
        })
        .describe('The environment tag.'),
    })
    .describe('Where it ran.'),
  mode: z.enum(['rehearsal', 'aws']).describe('In a lab, or in AWS.'),
  pace: z.number().describe('What times were multiplied by; 1 in AWS.'),
  leastRatePerSecond: z
    .number()
    .nonnegative()
    .optional()
    .describe(
      'The requests a second that http probes sent together at least, as a lab asks for them; absent where none were sent.',
    ),
  periodsMs: z
    .record(z.string(), z.number().positive())
    .optional()
    .describe('Milliseconds between two readings of each metric that its probes read in AWS.'),
  seed: z.number().int().describe('A rehearsal with the same seed draws the same targets.'),
  start: time.describe('When the run began.'),
  end: time.describe('When it had concluded.'),
  verdict: verdictSchema.describe('The worst of its findings, or `held`.'),
  summary: z.string().describe('The verdict and its reason, in one sentence.'),
  findings: z.array(journalFindingSchema).describe('Everything that bears on the verdict, the worst first.'),
  checks: z
    .array(
      z.strictObject({
        check: z.string().describe('Its name.'),
        passed: z.boolean().describe('Whether it held.'),
        evidence: z.string().describe('What shows it, as a sentence.'),
      }),
    )
    .describe('The conditions of admission.'),
  guards: z
    .array(
      z.strictObject({
        guard: z.string().describe('Its name in the environment or lab.'),
        watches: z.string().optional().describe('The environment whose harm it watches, where another one.'),
        watchedBy: z
          .enum(['fis', 'runner'])
          .describe(
            '`fis`: FIS stops the fault on it by itself (in a lab its stand-in does). `runner`: FIS does not watch it, the runner polls it.',
          ),
      }),
    )
    .optional()
    .describe('What would have ended the fault; absent where the run was rejected before its runner began.'),
  baseline: z
    .strictObject({
      start: time.optional().describe('When it began; absent where the run was rejected before.'),
      end: time.optional().describe('When its last sample was due.'),
      probes: z.array(baselineProbeSchema).describe("Each probe's figures."),
      tolerances: z.array(toleranceJudgementSchema).describe('Each tolerance, judged before any fault.'),
      windows: z.array(windowSchema).describe('What was seen, window by window.'),
    })
    .describe('What the probes saw before any fault.'),
  power: z
    .array(powerSchema)
    .optional()
    .describe('What each stage could tell of each tolerance; absent where there was no baseline.'),
  stages: z.array(stageSchema).describe('The stages that were begun, in order.'),
  recovery: recoverySchema
    .extend({
      windows: z.array(windowSchema).describe('What was seen, window by window.'),
      tolerances: z
        .array(toleranceJudgementSchema)
        .describe('Each tolerance over the stretch that showed the recovery, else over the last one.'),
    })
    .optional()
    .describe('The time after the fault; absent where no fault was started.'),
  rollbacks: z.array(rollbackResultSchema).describe('Each rollback with its proof.'),
  residue: z
    .array(residueSchema)
    .optional()
    .describe(
      'What the fault was found to have left behind, once it had ended and the rollbacks were done; absent where nothing was looked for.',
    ),
  timeline: z.array(timelineEntrySchema).describe('What happened, in order.'),
  notes: z
    .array(z.string())
    .optional()
    .describe('What a later run could be made to see: limits that are wider than the baseline by far.'),
  wouldHaveMissed: z
    .array(z.string())
    .describe('When something was missed: the probes that saw nothing of it.'),
  samples: z
    .strictObject({
      file: z.string().describe('The file of samples, beside the journal.'),
      sha256: z.string().describe("The file's SHA-256, in hexadecimal."),
      count: z.number().int().describe('Its lines: samples and marks.'),
    })
    .describe('What the probes saw.'),
});

export type Journal = z.output<typeof journalSchema>;
export type JournalFinding = z.output<typeof journalFindingSchema>;
export type JournalStage = z.output<typeof stageSchema>;
export type RollbackResult = z.output<typeof rollbackResultSchema>;
export type TimelineEntry = z.output<typeof timelineEntrySchema>;
