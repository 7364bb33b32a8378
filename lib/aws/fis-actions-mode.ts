import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { StartExperimentCommand } from '@aws-sdk/client-fis';
import * as z from 'zod/mini';
import { SteadfastError } from '../experiment/steadfast-error.ts';

const answerSchema = z.object({
  experiment: z.optional(
    z.object({ experimentOptions: z.optional(z.object({ actionsMode: z.optional(z.string()) })) }),
  ),
});

/** The actions mode that an answer of FIS names; undefined where it names none. */
export const actionsModeOf = (answer: unknown): string | undefined =>
  answerSchema.safeParse(answer).data?.experiment?.experimentOptions?.actionsMode;

interface Message {
  body?: unknown;
  readonly headers: Record<string, string>;
}

const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null && 'headers' in value;

/** A body as the SDK holds it, in bytes; undefined for one that cannot be read. */
async function bytesOf(body: unknown): Promise<Buffer | undefined> {
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return Buffer.from(body);
  return body instanceof Readable ? buffer(body) : undefined;
}

const json = (bytes: Buffer | undefined): unknown => {
  try {
    return JSON.parse(bytes?.toString('utf8') ?? '');
  } catch {
    // What is no JSON echoes nothing.
    return undefined;
  }
};

/**
 * Makes a StartExperiment a preview on the wire. FIS clients older than the option drop it without a word, from the request and
 * from the answer alike, and FIS would then inject the fault: so it is written into the serialized request (before it is
 * signed), and the answer is read before the client reads it.
 *
 * @returns what the answer echoed, once the command was sent: undefined when it did not echo the option.
 */
export function previewOnTheWire(command: StartExperimentCommand): {
  readonly echo: () => string | undefined;
} {
  let echo: string | undefined;

  command.middlewareStack.add(
    (next) => async (args) => {
      const { request } = args;
      const content = isMessage(request) ? json(await bytesOf(request.body)) : undefined;
      if (!isMessage(request) || typeof content !== 'object') {
        throw new SteadfastError(
          'internal',
          'the FIS client built a request that cannot be made a preview, so it was not sent',
        );
      }
      const body = JSON.stringify({ ...content, experimentOptions: { actionsMode: 'skip-all' } });
      request.body = body;
      for (const name of Object.keys(request.headers)) {
        if (name.toLowerCase() === 'content-length') request.headers[name] = String(Buffer.byteLength(body));
      }
      return next(args);
    },
    { step: 'build', name: 'steadfastPreviewRequest' },
  );

  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { response } = result;
      const bytes = isMessage(response) ? await bytesOf(response.body) : undefined;
      if (isMessage(response) && bytes !== undefined) {
        echo = actionsModeOf(json(bytes));
        // A stream is read once; the client reads these bytes in its place.
        response.body = bytes;
      }
      return result;
    },
    { step: 'deserialize', name: 'steadfastPreviewAnswer', priority: 'low' },
  );

  return { echo: () => echo };
}
