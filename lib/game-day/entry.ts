import * as z from 'zod/mini';
import { rejectionSchema, verdictSchema } from '../experiment/verdict.ts';
import { actorSchema } from './actor.ts';
import { proposalSchema } from './command.ts';

const time = z.iso.datetime();
const stage = z.int().check(z.positive());
const note = z.optional(z.string());

/** What a person is asked to approve: its lines are what `plan` and admission know, its hash binds the approval to exactly that. */
const askedSchema = z.strictObject({ hash: z.string(), lines: z.array(z.string()), expiresAt: time });

const base = {
  /** Its place in the log, from 1, without a gap. */
  number: z.int().check(z.positive()),
  /** When it happened (ISO 8601, UTC). */
  at: time,
  /** When it was written down: later than `at` for what is learnt of afterwards. */
  writtenAt: time,
  by: actorSchema,
};

const entry = <K extends string, S extends z.core.$ZodLooseShape>(kind: K, shape: S) =>
  z.strictObject({ ...base, kind: z.literal(kind), ...shape });

/**
 * Everything that happens on a game day, as one log that only grows. The state is what the log comes to, the timeline is the log in
 * words, and the evidence is the log in a chain of hashes.
 */
export const entrySchema = z.discriminatedUnion('kind', [
  entry('began', { gameDay: z.string(), hash: z.string(), endsAt: time }),
  entry('checked', { item: z.string(), done: z.boolean() }),
  /** `id` is unique in the edition; `asked` is absent for a stage until its run has been admitted. */
  entry('proposed', { id: z.string(), proposal: proposalSchema, asked: z.optional(askedSchema) }),
  /** The run of a proposed stage was started. */
  entry('launched', { proposal: z.string(), stage, attempt: z.int().check(z.positive()), runId: z.string() }),
  /** The run has been admitted and waits: what it would do and hit is known. */
  entry('asked', { proposal: z.string(), runId: z.string(), asked: askedSchema }),
  entry('approved', { proposal: z.string(), hash: z.string(), note }),
  entry('refused', { proposal: z.string(), hash: z.string(), note }),
  /** Nobody answered in time. */
  entry('expired', { proposal: z.string() }),
  /** A line of a run's own timeline: its phases, faults, halts. `key` makes it one, however often it is read. */
  entry('run', {
    key: z.string(),
    runId: z.string(),
    what: z.enum(['phase', 'fault-began', 'fault-ended', 'halt', 'note']),
    text: z.string(),
  }),
  entry('ended', {
    runId: z.string(),
    stage,
    verdict: verdictSchema,
    rejection: z.optional(rejectionSchema),
    summary: z.string(),
    /** Each tolerance as it was judged over the stage: `probe.tolerance`. */
    tolerances: z.record(z.string(), z.enum(['met', 'missed', 'unknown'])),
    faultBeganAt: z.optional(time),
    faultEndedAt: z.optional(time),
    detectSeconds: z.optional(z.number()),
    recoverSeconds: z.optional(z.number()),
  }),
  /**
   * What was read of an alarm: each change of its state and, before the first fault, how every expected one is. One of which nothing was
   * read is unknown, never silent.
   */
  entry('alarm', {
    key: z.string(),
    alarm: z.string(),
    state: z.enum(['ALARM', 'OK', 'INSUFFICIENT_DATA']),
    reason: z.string(),
  }),
  /** Something that somebody changed in the account, as CloudTrail tells minutes later. */
  entry('change', {
    key: z.string(),
    event: z.string(),
    source: z.string(),
    who: z.string(),
    resources: z.array(z.string()),
  }),
  /** Until when changes are known: what was changed after it may still be told. */
  entry('changes-known', { until: time }),
  entry('note', { text: z.string() }),
  entry('observed', {
    stage,
    prediction: z.string(),
    outcome: z.enum(['as predicted', 'otherwise']),
    note,
  }),
  entry('paused', {}),
  entry('resumed', {}),
  /** `stopped` says what was ended, or what could not be. */
  entry('halted', { reason: z.string(), stopped: z.string() }),
  /** What a person wanted and was refused, with why. */
  entry('denied', { wanted: z.string(), why: z.string() }),
  entry('finished', { why: z.string() }),
  /** The protocol is over; only notes and what is learnt late follow. */
  entry('closed', {}),
]);

export type Entry = z.output<typeof entrySchema>;
export type EntryKind = Entry['kind'];
export type EntryOf<K extends EntryKind> = Extract<Entry, { readonly kind: K }>;

/** An entry before the log has given it its place. */
export type NewEntry = Entry extends infer E
  ? E extends Entry
    ? Omit<E, 'number' | 'writtenAt'>
    : never
  : never;
