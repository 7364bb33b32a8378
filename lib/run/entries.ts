import * as z from 'zod/mini';
import { findingSchema } from '../steady-state/finding.ts';
import {
  biteSchema,
  haltOfPhase,
  residueSchema,
  rollbackResultSchema,
  targetSchema,
  timelineEntrySchema,
} from './journal-parts.ts';

/** What a step writes down while the run goes on; the journal is made from these and the samples. */
export const runEntrySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('check'),
    at: z.string(),
    check: z.string(),
    passed: z.boolean(),
    evidence: z.string(),
  }),
  z.strictObject({ kind: z.literal('finding'), at: z.string(), finding: findingSchema }),
  z.strictObject({
    kind: z.literal('stage'),
    at: z.string(),
    stage: z.int(),
    set: z.partial(
      z.strictObject({
        fisExperimentId: z.string(),
        fisStatus: z.string(),
        start: z.string(),
        end: z.string(),
        targets: z.array(targetSchema),
        bite: z.array(biteSchema),
        halt: haltOfPhase,
        soak: z.strictObject({ start: z.string(), end: z.string(), halt: z.optional(haltOfPhase) }),
      }),
    ),
  }),
  /** Every resource that the selectors could match as the run was admitted. */
  z.strictObject({ kind: z.literal('admitted'), at: z.string(), targets: z.array(targetSchema) }),
  /** What was seen before any fault, for those that look for what is left. */
  z.strictObject({ kind: z.literal('remembered'), at: z.string(), seen: z.record(z.string(), z.json()) }),
  z.strictObject({ kind: z.literal('residue'), at: z.string(), residue: residueSchema }),
  z.strictObject({ kind: z.literal('rollback'), at: z.string(), result: rollbackResultSchema }),
  z.strictObject({ kind: z.literal('timeline'), at: z.string(), entry: timelineEntrySchema }),
]);

export type RunEntry = z.output<typeof runEntrySchema>;
