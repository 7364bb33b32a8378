import * as z from 'zod/mini';
import { verdictSchema } from '../experiment/verdict.ts';
import { onlySchema } from '../plan/only.ts';
import { type ToldJournal, verdictEventOf } from './verdict-event.ts';
import type { VerdictEvent } from './verdict-event-schema.ts';

/** A run that has ended, as the index of runs keeps it: enough to list runs and to see how a service fares over time. */
export const runRecordSchema = z.object({
  runId: z.string(),
  experiment: z.string(),
  environment: z.string(),
  verdict: verdictSchema,
  summary: z.string(),
  /** ISO 8601, UTC. */
  start: z.string(),
  end: z.string(),
  /** SHA-256 of the definition. */
  hash: z.optional(z.string()),
  /** What its faults could touch. */
  services: z._default(z.array(z.string()), []),
  /** The actions of the stages that were begun. */
  faults: z._default(z.array(z.string()), []),
  exposureSeconds: z.optional(z.number()),
  detectSeconds: z.optional(z.number()),
  recoverySeconds: z.optional(z.number()),
  biteShare: z.optional(z.number()),
  /** The one stage that ran; absent where all were to. */
  only: z.optional(onlySchema),
});

export type RunRecord = z.output<typeof runRecordSchema>;

/** The record of a run that was told of: what the index needs of it. */
export const recordOfEvent = (event: VerdictEvent): RunRecord => runRecordSchema.parse(event);

/** The record of a run; `services` is what its lease was on. */
export const recordOf = (journal: ToldJournal, services: readonly string[]): RunRecord =>
  recordOfEvent(verdictEventOf(journal, services));
