import * as z from 'zod';
import { verdictSchema } from '../experiment/verdict.ts';
import {
  baselineProbeSchema,
  findingSchema,
  recoverySchema,
  toleranceJudgementSchema,
} from '../steady-state/judgement.ts';
import { windowSchema } from '../steady-state/window.ts';

const time = z.iso.datetime();

export const targetSchema = z.strictObject({
  fault: z.string().describe('The fault, by its name in the definition.'),
  id: z.string().describe("The resource's ARN; in a lab the replica."),
  tags: z.record(z.string(), z.string()),
});

export const biteSchema = z.strictObject({
  fault: z.string(),
  bit: z
    .boolean()
    .optional()
    .describe('Whether the fault reached the system; absent where nobody could tell.'),
  evidence: z.string(),
});

const faultSchema = z.strictObject({
  name: z.string(),
  action: z.string(),
  parameters: z.record(z.string(), z.string()).describe('As FIS was given them.'),
  fidelity: z.string().optional().describe('In a rehearsal: same, or approximate and what differs.'),
});

export const stageSchema = z.strictObject({
  label: z.string().describe('The share as it was written: one, 50%, 10% of traffic.'),
  faults: z.array(faultSchema),
  fisExperimentId: z.string().optional(),
  fisStatus: z.string().optional().describe("FIS's last status: completed, stopped, failed, cancelled."),
  start: time.optional().describe('When the fault was started.'),
  end: time.optional().describe('When it had ended.'),
  targets: z.array(targetSchema),
  tolerances: z.array(toleranceJudgementSchema),
  windows: z.array(windowSchema),
  bite: z.array(biteSchema),
  halt: z
    .strictObject({
      by: z.enum(['watch', 'blind', 'guard', 'person', 'targets', 'steadfast']),
      reason: z.string(),
      at: time,
    })
    .optional(),
});

export const rollbackResultSchema = z.strictObject({
  name: z.string(),
  result: z.enum(['proven', 'failed', 'unproven']),
  detail: z.string(),
  proof: z.string().optional().describe('What the probe that proves it saw.'),
  at: time,
});

export const timelineEntrySchema = z.strictObject({
  at: time,
  text: z.string(),
  kind: z.enum(['phase', 'fault', 'watch', 'rollback', 'note', 'verdict']),
});

/** A run's record. The schema owns the file `journal.json`; docs/reference/journal.md describes it. */
export const journalSchema = z.strictObject({
  schemaVersion: z.literal(1),
  runId: z.string(),
  experiment: z.strictObject({
    id: z.string(),
    title: z.string(),
    hash: z.string().describe('SHA-256 of the definition in canonical JSON.'),
    definition: z.json(),
  }),
  environment: z.strictObject({
    id: z.string(),
    production: z.boolean(),
    tag: z.strictObject({ key: z.string(), value: z.string() }),
  }),
  mode: z.enum(['rehearsal', 'aws']),
  pace: z.number().describe('What times were multiplied by; 1 in AWS.'),
  seed: z.number().int(),
  start: time,
  end: time,
  verdict: verdictSchema,
  /** The verdict and its reason, in one sentence. */
  summary: z.string(),
  findings: z.array(findingSchema),
  checks: z
    .array(z.strictObject({ check: z.string(), passed: z.boolean(), evidence: z.string() }))
    .describe('The conditions of admission.'),
  baseline: z.strictObject({
    start: time.optional(),
    end: time.optional(),
    probes: z.array(baselineProbeSchema),
    tolerances: z.array(toleranceJudgementSchema),
    windows: z.array(windowSchema),
  }),
  stages: z.array(stageSchema),
  recovery: recoverySchema
    .extend({ windows: z.array(windowSchema), tolerances: z.array(toleranceJudgementSchema) })
    .optional(),
  rollbacks: z.array(rollbackResultSchema),
  timeline: z.array(timelineEntrySchema),
  /** Samples of other probes would have missed this: names of probes whose own tolerances were all met in the stages. */
  wouldHaveMissed: z
    .array(z.string())
    .describe('When something was missed: the probes that saw nothing of it.'),
  samples: z.strictObject({ file: z.string(), sha256: z.string(), count: z.number().int() }),
});

export type Journal = z.output<typeof journalSchema>;
export type JournalStage = z.output<typeof stageSchema>;
export type RollbackResult = z.output<typeof rollbackResultSchema>;
export type TimelineEntry = z.output<typeof timelineEntrySchema>;
