import * as z from 'zod';
import { verdictSchema } from '../../experiment/verdict.ts';

/** Parts that several documents of the command share. */
export const time = z.iso.datetime().describe('ISO 8601, UTC.');

export const idOfEnvironment = z.string().describe('The id of the environment.');

/** Null where the document is about this machine. */
export const maybeEnvironment = z
  .string()
  .nullable()
  .describe('The id of the environment; null where it is about rehearsals on this machine.');

export const problem = z
  .strictObject({
    severity: z.enum(['error', 'note']).describe('A note keeps nothing from being accepted.'),
    code: z.string().describe('Stable, in kebab-case: `steadfast explain <code>` tells more.'),
    path: z
      .array(z.union([z.string(), z.number()]))
      .describe('Its place in the document: keys, and places in lists from 0.'),
    message: z.string().describe('What is wrong.'),
    hint: z.string().optional().describe('How to mend it.'),
    file: z.string().optional().describe('The file that it is in.'),
    line: z.int().optional().describe('The line, from 1.'),
  })
  .describe('Something that is wrong, or good to know.');

export const verdict = z.enum(verdictSchema.options).describe('The verdict.');

export const notRunOr = z.union([verdictSchema, z.literal('not run')]);

/** How many there are of each verdict; those of which there is none are absent. */
export const counts = z.partialRecord(notRunOr, z.int()).describe('How many there are of each verdict.');

export const path = z.string().describe('A path on this machine.');

export const sha256 = z.string().describe('SHA-256, in hexadecimal.');
