import * as z from 'zod';
import { problem } from './parts.ts';

/** What every command prints with --json where it cannot do what was asked for. */
export const errorDocument = z
  .strictObject({
    error: z.strictObject({
      code: z
        .enum([
          'invalid',
          'unknown-id',
          'cannot-begin',
          'permission',
          'busy',
          'usage',
          'interrupted',
          'lease-lost',
          'internal',
        ])
        .describe('The kind of error; the exit code follows from it.'),
      message: z.string().describe('What went wrong.'),
      hint: z.string().optional().describe('How to mend it.'),
      problems: z
        .array(problem)
        .describe('Each thing that is wrong, where there are several or they have places.'),
    }),
  })
  .describe('What every command prints with --json where it cannot do what was asked for.');
