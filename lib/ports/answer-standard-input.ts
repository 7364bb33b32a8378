import { text } from 'node:stream/consumers';
import { jsonText } from '../run/json-text.ts';

/**
 * Lets the handler of a probe be called by a lab, which runs it as a command: the payload comes from the standard input as JSON, and
 * the answer goes to the standard output. What the handler throws ends the process with 1, which is the prober's own failure.
 *
 * @example
 * // experiments/labs/probes/oldest-order.js, named by the lab as functions: { oldestOrder: { command: ['node', 'probes/oldest-order.js'] } }
 * import { answerStandardInput } from 'steadfast-chaos/ports';
 * import { handler } from '../../../functions/oldest-order.js';
 * await answerStandardInput(handler);
 */
export async function answerStandardInput(
  handler: (payload: unknown) => Promise<unknown>,
  own: { readonly stdin: NodeJS.ReadableStream; readonly stdout: NodeJS.WritableStream } = process,
): Promise<void> {
  const written = await text(own.stdin);
  const payload = written.trim() === '' ? {} : jsonText.parse(written);
  own.stdout.write(`${JSON.stringify(await handler(payload))}\n`);
}
