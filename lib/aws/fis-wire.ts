import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** A request or an answer of HTTP, as the SDK's middleware sees it. */
interface Message {
  method?: string;
  path?: string;
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

/** JSON in bytes, read; undefined for what is none, which tells nothing. */
const json = (bytes: Buffer | undefined): unknown => {
  try {
    return JSON.parse(bytes?.toString('utf8') ?? '');
  } catch {
    return undefined;
  }
};

/** What is to be sent in place of what the client serialized. */
interface Change {
  readonly path?: string;
  readonly body?: object;
}

/**
 * Changes a request that the client has serialized, before it is signed: for what FIS takes and a client of its may not know yet. To be
 * added to a command at the step `build`.
 *
 * @param change of the content that the client wrote; undefined where it cannot be made: then `refuse` says why, and nothing is sent
 */
export const rewriting =
  (change: (content: unknown) => Change | undefined, refuse: () => Error) =>
  <Args extends { request: unknown }, Result>(next: (args: Args) => Promise<Result>) =>
  async (args: Args): Promise<Result> => {
    const { request } = args;
    const wanted = isMessage(request) ? change(json(await bytesOf(request.body))) : undefined;
    if (!isMessage(request) || wanted === undefined) throw refuse();
    if (wanted.path !== undefined) request.path = wanted.path;
    if (wanted.body !== undefined) {
      const body = JSON.stringify(wanted.body);
      request.body = body;
      for (const name of Object.keys(request.headers)) {
        if (name.toLowerCase() === 'content-length') request.headers[name] = String(Buffer.byteLength(body));
      }
    }
    return next(args);
  };

/** Reads an answer before the client does, which drops what it does not know. To be added at the step `deserialize`, with priority `low`. */
export const reading =
  (read: (content: unknown) => void) =>
  <Args, Result extends { response: unknown }>(next: (args: Args) => Promise<Result>) =>
  async (args: Args): Promise<Result> => {
    const result = await next(args);
    const { response } = result;
    const bytes = isMessage(response) ? await bytesOf(response.body) : undefined;
    if (isMessage(response) && bytes !== undefined) {
      read(json(bytes));
      // A stream is read once; the client reads these bytes in its place.
      response.body = bytes;
    }
    return result;
  };
