import { defaults } from '../experiment/defaults.ts';

/** Reads a response's body as text; an error when it is larger than a probe reads, or no UTF-8. */
export async function readBody(response: Response): Promise<string | { readonly error: string }> {
  const stream: AsyncIterable<Uint8Array> | undefined = response.body ?? undefined;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the stream, so an endless body costs no more than this.
    if (bytes > defaults.largestBody)
      return { error: `the body is larger than ${defaults.largestBody} bytes` };
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch (cause) {
    return { error: `the body is no UTF-8 (${cause instanceof Error ? cause.message : String(cause)})` };
  }
}
