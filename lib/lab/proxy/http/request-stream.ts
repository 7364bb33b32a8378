import { chunkedBody } from './chunked.ts';
import { type RequestHead, readRequestHead } from './request-head.ts';

/** A part of what a client sends: the head of a request, some of its body, or what is no HTTP/1 in clear text. */
export type RequestPart =
  | { readonly kind: 'head'; readonly bytes: Buffer; readonly head: RequestHead; readonly last: boolean }
  | { readonly kind: 'body'; readonly bytes: Buffer; readonly last: boolean }
  | { readonly kind: 'other'; readonly bytes: Buffer };

/** The longest head that is waited for, in bytes: twice what Node's own server takes (16 KiB). */
const longestHead = 32 * 1024;

const headEnd = /\r?\n\r?\n/;

/** Whether a request may begin with these bytes: a method, then a space. */
const mayBegin = (text: string) => /^[A-Z][A-Z-]{0,20}(?:$| )/.test(text) && !text.startsWith('PRI ');

type Body = { take(bytes: Buffer, from: number): { readonly to: number; readonly ended: boolean } };

function countedBody(length: number): Body {
  let left = length;
  return {
    take: (bytes, from) => {
      const to = Math.min(bytes.length, from + left);
      left -= to - from;
      return { to, ended: left === 0 };
    },
  };
}

/**
 * Follows the requests of one connection. Where it does not know how to read on (TLS, HTTP/2, a tunnel, a toxic that was added amid a
 * body), all passes as it is, until a piece begins with a request.
 */
export function requestStream() {
  let kept = Buffer.alloc(0);
  let body: Body | undefined;

  const readHead = (bytes: Buffer): { readonly part: RequestPart; readonly to: number } | undefined => {
    const text = bytes.toString('latin1', 0, longestHead);
    const other = { part: { kind: 'other', bytes }, to: bytes.length } as const;
    if (!mayBegin(text.slice(0, 24))) return other;
    const end = headEnd.exec(text);
    if (end === null) return bytes.length >= longestHead ? other : undefined;
    const to = end.index + end[0].length;
    const head = readRequestHead(text.slice(0, end.index));
    if (head === undefined) return other;
    if (head.body === 'chunked') body = chunkedBody();
    else if (head.body !== 'unknown' && head.body > 0) body = countedBody(head.body);
    return { part: { kind: 'head', bytes: bytes.subarray(0, to), head, last: body === undefined }, to };
  };

  return {
    /** The parts of what came; the beginning of a head is kept until there is more. */
    take: (came: Buffer): readonly RequestPart[] => {
      const bytes = kept.length === 0 ? came : Buffer.concat([kept, came]);
      kept = Buffer.alloc(0);
      const parts: RequestPart[] = [];
      for (let at = 0; at < bytes.length; ) {
        if (body !== undefined) {
          const { to, ended } = body.take(bytes, at);
          if (ended) body = undefined;
          parts.push({ kind: 'body', bytes: bytes.subarray(at, to), last: ended });
          at = to;
          continue;
        }
        const read = readHead(bytes.subarray(at));
        if (read === undefined) {
          kept = Buffer.from(bytes.subarray(at));
          break;
        }
        parts.push(read.part);
        at += read.to;
      }
      return parts;
    },
    /** What is kept; it is kept no more. */
    rest: (): Buffer => {
      const rest = kept;
      kept = Buffer.alloc(0);
      return rest;
    },
  };
}
