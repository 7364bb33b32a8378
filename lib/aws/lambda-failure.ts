import * as z from 'zod/mini';

const failureSchema = z.object({ errorType: z.optional(z.string()), errorMessage: z.optional(z.string()) });

/** What a function that failed says of it. */
export function failureIn(payload: Uint8Array | undefined): string {
  try {
    const { errorType, errorMessage } = failureSchema.parse(
      JSON.parse(Buffer.from(payload ?? []).toString('utf8')),
    );
    return [errorType, errorMessage]
      .filter((part) => part !== undefined)
      .join(': ')
      .slice(0, 300);
  } catch {
    // A runtime that died leaves no JSON.
    return 'it left no message';
  }
}
