import * as z from 'zod/mini';

/** Text that holds JSON; its output is what the JSON says. */
export const jsonText = z.pipe(
  z.string(),
  z.transform((text, context): unknown => {
    try {
      return JSON.parse(text) as unknown;
    } catch (cause) {
      context.issues.push({
        code: 'custom',
        input: text,
        message: `is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`,
      });
      return z.NEVER;
    }
  }),
);
