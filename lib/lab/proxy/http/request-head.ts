/** The head of a request, as far as a toxic needs it. */
export interface RequestHead {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  /** How the body's end is known: after so many bytes, by its chunks, or not at all (an upgrade, a tunnel). */
  readonly body: number | 'chunked' | 'unknown';
  /** Whether the client goes on with this connection after the answer. */
  readonly keepsAlive: boolean;
  /** Whether the client waits for a word before it sends the body. */
  readonly expectsContinue: boolean;
}

const requestLine = /^([A-Z][A-Z-]*) (\S+) HTTP\/1\.([01])$/;

/** `/products` of `/products?page=2`, and of `http://shop/products`. */
const pathOf = (target: string): string =>
  target.replace(/^https?:\/\/[^/]*/i, '').replace(/[?#].*$/s, '') || '/';

function bodyOf(method: string, header: ReadonlyMap<string, string>): RequestHead['body'] {
  if (method === 'CONNECT' || header.has('upgrade')) return 'unknown';
  if (/\bchunked\b/i.test(header.get('transfer-encoding') ?? '')) return 'chunked';
  const length = Number(header.get('content-length') ?? '0');
  return Number.isSafeInteger(length) && length >= 0 ? length : 'unknown';
}

/** Reads the head of a request (RFC 9112); undefined where it is none. */
export function readRequestHead(text: string): RequestHead | undefined {
  const [first = '', ...lines] = text.split(/\r?\n/);
  const [, method, target, minor] = requestLine.exec(first) ?? [];
  if (method === undefined || target === undefined) return undefined;
  const header = new Map(
    lines.flatMap((line) => {
      const colon = line.indexOf(':');
      return colon < 0
        ? []
        : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const];
    }),
  );
  const connection = (header.get('connection') ?? '').toLowerCase();
  return {
    method,
    path: pathOf(target),
    body: bodyOf(method, header),
    keepsAlive: minor === '1' ? !connection.includes('close') : connection.includes('keep-alive'),
    expectsContinue: (header.get('expect') ?? '').toLowerCase() === '100-continue',
  };
}
