import * as z from 'zod';
import { problem } from './parts.ts';

export const proxy = z.strictObject({
  url: z.url().describe('Where its API listens.'),
  host: z.string(),
  port: z.int(),
  seed: z.int().describe('With --seed it draws the same again.'),
  proxies: z
    .array(
      z.strictObject({ name: z.string(), listen: z.string(), upstream: z.string(), enabled: z.boolean() }),
    )
    .describe('Those that were made at the start.'),
});

export const explained = z.union([
  z
    .strictObject({
      codes: z.array(z.strictObject({ area: z.string(), code: z.string(), means: z.string() })),
    })
    .describe('Without a code: all there are.'),
  z.strictObject({
    code: z.string(),
    senses: z
      .array(
        z.strictObject({
          area: z.string().describe('What tells it: an error, a finding, a verdict.'),
          title: z.string(),
          where: z.string().describe('Where it is met.'),
          means: z.string(),
          why: z.string(),
          mend: z.string(),
          example: z.string(),
          docs: z.string().describe('The page that tells more.'),
        }),
      )
      .describe('What it means, wherever it is told.'),
  }),
]);

/** Places in sources and definitions as they are written in code: `faults.slow.parameters.delay`. */
const path = z.string().describe('A place: `stages[0].duration`.');

export const imported = z.strictObject({
  ok: z.boolean().describe('Whether something safe could be made of it.'),
  format: z.string().describe('The format of the source.'),
  definition: z.unknown().describe('The first definition; null where there is none.'),
  definitions: z.array(
    z.strictObject({
      kind: z.enum(['experiment', 'lab']),
      definition: z.unknown(),
      text: z.string().describe('As YAML.'),
    }),
  ),
  fields: z
    .array(
      z.strictObject({
        document: z.int().describe('The document in the file, from 0.'),
        path,
        line: z.int().optional().describe('From 1.'),
        outcome: z.enum(['mapped', 'approximated', 'refused']),
        to: z.string().optional().describe('Where it went.'),
        why: z.string().optional().describe('What differs, or why it is not taken over.'),
        unknown: z.literal(true).optional().describe('The format is not known to have such a field.'),
      }),
    )
    .describe('Every field of the source.'),
  decisions: z
    .array(
      z.strictObject({
        definition: z.string(),
        path,
        question: z.string(),
        unmapped: z
          .string()
          .optional()
          .describe(
            'The host that nothing speaks for, as --map wants it; nothing is rehearsed before it is mapped.',
          ),
      }),
    )
    .describe('What a person has to decide.'),
  refusals: z
    .array(
      z.strictObject({
        code: z.string(),
        document: z.int(),
        path,
        line: z.int().optional(),
        message: z.string(),
        hint: z.string(),
        fixable: z.literal(true).optional().describe('Whether --fix mends it.'),
      }),
    )
    .describe('Why nothing safe can be made of it.'),
  problems: z.array(problem).describe('What check has against the definitions as they are.'),
  notes: z.array(z.string()),
  mended: z
    .strictObject({
      why: z.array(z.string()),
      diff: z.string().describe('What --fix changed in the source.'),
    })
    .optional(),
  written: z.array(z.string()).describe('The files that were written.'),
});
