import * as z from 'zod';
import { commandSchema } from '../../game-day/command.ts';
import { gameDayInputSchema } from '../../game-day/input.ts';
import { viewSchema } from '../../game-day/view-schema.ts';
import { idOfEnvironment, path, sha256, time, verdict } from './parts.ts';

const edition = z.string().describe('The edition: `payment-outage-20261201-180000-4fzk`.');

export const planned = z.strictObject({
  asked: z.boolean().describe('Whether AWS was asked.'),
  begins: z.boolean().nullable().describe('Whether it could be begun now; null where AWS was not asked.'),
  refusal: z.strictObject({ code: z.string(), message: z.string() }).optional().describe('Why it could not.'),
  plan: gameDayInputSchema.check(z.describe('What would be held.')),
});

export const rehearsedGameDay = z.strictObject({
  edition,
  gameDay: z.string().describe('Its id.'),
  lab: z.string().describe('The lab that it was held in.'),
  verdict: verdict.nullable().describe('The worst of its stages; null where none ran.'),
  stages: z.array(
    z.strictObject({
      number: z.int().describe('From 1.'),
      title: z.string(),
      status: z.string(),
      verdict: verdict.nullable(),
      summary: z.string().nullable(),
      attempts: z.int(),
    }),
  ),
  folder: path.describe('Where its log is.'),
});

export const started = z.strictObject({
  edition,
  environment: idOfEnvironment,
  execution: z.string().describe("The ARN of its machine's execution."),
});

const summary = z.strictObject({
  edition,
  gameDay: z.string(),
  title: z.string(),
  beganAt: time,
  closedAt: time.optional().describe('Absent while it is open.'),
});

export const status = z.union([
  viewSchema,
  z
    .strictObject({ open: z.array(z.never()), editions: z.array(summary).describe('The oldest first.') })
    .describe('Where no edition was named and none is open.'),
]);

export const answered = z.strictObject({
  edition,
  answer: z.enum(['approve', 'refuse']),
  proposal: z.string().describe('What was answered.'),
  hash: z.string().describe('Of exactly what was answered.'),
});

export const done = z.strictObject({
  edition,
  command: commandSchema.check(z.describe('What was done.')),
  phase: z.optional(viewSchema.shape.phase).describe('Absent where nobody can tell how things are now.'),
  now: z.string().optional().describe('What goes on and what is waited for.'),
});

export const action = z.strictObject({
  id: z.string(),
  what: z.string(),
  why: z.string().describe('The finding that it answers.'),
  owner: z.string(),
  due: z.string().describe('A day: `2026-05-31`.'),
  state: z.enum(['open', 'done', 'dropped']),
  reason: z.string().describe('Why it was dropped, or how it was done.'),
});

export const retro = z.strictObject({
  edition,
  markdown: z.strictObject({
    file: path,
    written: z.boolean().describe('False where it was there already.'),
  }),
  page: path,
  actions: z.array(action),
});

export const retroChecked = z.strictObject({ actions: z.array(action) });

export const evidence = z.strictObject({
  edition,
  file: path,
  version: z.int().describe('From 1; each names the one before.'),
  sha256: sha256.describe('SHA-256 of the file, in hexadecimal.'),
  fingerprint: z.string().describe('Of the key that it is signed with.'),
});

export const verified = z.strictObject({
  ok: z.boolean().describe('Whether it is to the byte what was signed.'),
  sha256: sha256.describe('SHA-256 of the file, in hexadecimal.'),
  key: z.string().nullable().describe('The fingerprint of the key that the file says it was signed with.'),
  signedAt: z.string().nullable().describe('When, as the signer says.'),
  records: z.int().describe('How many records it holds.'),
  problems: z.array(
    z.strictObject({
      code: z.enum(['signature', 'key', 'changed', 'removed', 'added', 'moved']),
      message: z.string(),
      line: z.int().optional().describe('From 1.'),
      record: z
        .strictObject({ kind: z.string(), name: z.string() })
        .optional()
        .describe('What stands there.'),
    }),
  ),
});
