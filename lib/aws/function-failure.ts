import * as z from 'zod';

const failureSchema = z.object({ errorType: z.string().optional(), errorMessage: z.string().optional() });

/** What a Lambda function that failed says of it: its payload in the answer. */
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
