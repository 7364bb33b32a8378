import * as z from 'zod';

/** Text that holds JSON; its output is what the JSON says. */
export const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    context.addIssue({
      code: 'custom',
      message: `is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`,
    });
    return z.NEVER;
  }
});
