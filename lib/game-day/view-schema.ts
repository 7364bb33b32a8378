import * as z from 'zod/mini';
import { roleNames } from '../experiment/role-names.ts';
import { verdictSchema } from '../experiment/verdict.ts';
import { commandSchema } from './command.ts';
import type { GameDayView } from './view.ts';

const text = z.string();
const role = z.enum(roleNames);

/** An offer's command may still lack the words that a person adds. */
const offeredCommand = z.union([
  commandSchema,
  z.strictObject({ do: z.literal('note'), text: z.literal('') }),
]);

const offer = z.object({
  id: text,
  label: text,
  command: offeredCommand,
  confirm: z.exactOptional(text),
  asks: z.exactOptional(
    z.object({ key: z.enum(['text', 'reason', 'note']), label: text, required: z.boolean() }),
  ),
  tone: z.enum(['plain', 'good', 'danger']),
});

const aggregate = z.object({
  probe: text,
  figure: z.enum(['p95', 'errors', 'value']),
  label: text,
  unit: z.enum(['ms', '%', 's', '']),
  now: z.exactOptional(z.number()),
  baseline: z.exactOptional(z.number()),
  limit: z.exactOptional(z.number()),
  isFloor: z.exactOptional(z.boolean()),
  series: z.array(z.tuple([z.number(), z.nullable(z.number())])),
});

const stage = z.object({
  number: z.number(),
  title: text,
  status: z.enum(['later', 'offered', 'asking', 'running', 'held', 'failed']),
  verdict: z.exactOptional(verdictSchema),
  summary: z.exactOptional(text),
  attempts: z.number(),
  predictions: z.array(
    z.object({ name: text, says: text, outcome: z.enum(['as predicted', 'otherwise', 'unknown']) }),
  ),
  alerts: z.array(
    z.object({
      name: text,
      alarm: text,
      status: z.enum(['awaited', 'as expected', 'late', 'missing', 'unknown', 'unexpected']),
      text,
    }),
  ),
});

export const viewSchema = z.object({
  edition: text,
  gameDay: text,
  title: text,
  hypothesis: text,
  blastRadius: text,
  environment: text,
  isRehearsal: z.boolean(),
  timeZone: text,
  asOf: z.iso.datetime(),
  role,
  phase: z.enum(['pre-brief', 'experiment', 'retrospective', 'closed']),
  now: text,
  isPaused: z.boolean(),
  halted: z.exactOptional(text),
  endsAt: z.exactOptional(z.iso.datetime()),
  timeLeftMs: z.exactOptional(z.number()),
  preBrief: z.array(z.object({ item: text, text, doneBy: z.exactOptional(text) })),
  stages: z.array(stage),
  pending: z.exactOptional(
    z.object({
      id: text,
      title: text,
      lines: z.array(text),
      hash: z.exactOptional(text),
      expiresAt: z.exactOptional(z.iso.datetime()),
      proposedBy: text,
      approvers: z.array(role),
    }),
  ),
  aggregates: z.array(aggregate),
  faultSpans: z.exactOptional(
    z.array(z.object({ beganAt: z.iso.datetime(), endedAt: z.exactOptional(z.iso.datetime()) })),
  ),
  timeline: z.array(
    z.object({
      number: z.number(),
      at: z.iso.datetime(),
      text,
      by: text,
      isLate: z.boolean(),
      tone: z.enum(['plain', 'good', 'bad']),
    }),
  ),
  changesKnownUntil: z.exactOptional(z.iso.datetime()),
  offers: z.array(offer),
});

/** A view as it came over the wire; undefined where it is none. What a later version adds is left out. */
export const readView = (value: unknown): GameDayView | undefined => viewSchema.safeParse(value).data;
