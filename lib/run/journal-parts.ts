import * as z from 'zod/mini';
import { sampleSchema } from '../steady-state/observation.ts';
import { haltSchema } from './halt.ts';

// Apart from the journal: these are read as a run goes on, the whole journal only by people's command.

const time = z.iso.datetime();

export const targetSchema = z.strictObject({
  fault: z.string().check(z.describe('The fault, by its name in the definition.')),
  id: z.string().check(z.describe("The resource's ARN; in a lab the replica.")),
  tags: z.record(z.string(), z.string()).check(z.describe('Its tags, where they are known: FIS tells none.')),
});

export const biteSchema = z.strictObject({
  fault: z.string().check(z.describe('The fault, by its name in the definition.')),
  bit: z
    .optional(z.boolean())
    .check(z.describe('Whether the fault reached the system; absent where nobody could tell.')),
  evidence: z.string().check(z.describe('What shows it, as a sentence.')),
  likely: z
    .optional(z.string())
    .check(
      z.describe(
        'Where it did not bite: the likely reason, as far as one was seen; a sentence without a full stop.',
      ),
    ),
});

/** The same in the record of a phase, with what was seen. */
export const haltOfPhase = z.extend(haltSchema, {
  samples: z
    .optional(z.array(sampleSchema))
    .check(
      z.describe(
        'What the watch ended it for: the last samples of that probe that lay beyond the limit or told nothing, the newest last; empty where none came.',
      ),
    ),
});

export const rollbackResultSchema = z.strictObject({
  name: z.string().check(z.describe('Its name in the definition.')),
  result: z
    .enum(['proven', 'failed', 'unproven'])
    .check(z.describe('Only `proven` counts: its probe has shown that it worked.')),
  detail: z.string().check(z.describe('What it answered, or why it failed.')),
  proof: z.optional(z.string()).check(z.describe('What the probe that proves it saw.')),
  at: time.check(z.describe('When it was settled.')),
});

export const residueSchema = z.strictObject({
  what: z
    .string()
    .check(z.describe('What the fault has left behind, and where, as a sentence without a full stop.')),
  hint: z.string().check(z.describe('How to mend it.')),
});

export const timelineEntrySchema = z.strictObject({
  at: time.check(z.describe('When.')),
  text: z.string().check(z.describe('What happened, as a sentence.')),
  kind: z
    .enum(['phase', 'fault', 'watch', 'rollback', 'note', 'verdict'])
    .check(z.describe('What it is about.')),
});
