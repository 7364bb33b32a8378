import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onRequests } from '../../../../lib/lab/proxy/http/on-requests.ts';
import { type RequestPart, requestStream } from '../../../../lib/lab/proxy/http/request-stream.ts';
import { fakeVictim } from '../../support/fake-victim.ts';

const none = { method: '', path: '/**', share: 0 };

const body = fc.string({ maxLength: 300 });
const path = fc.stringMatching(/^\/[a-z]{0,8}(\?[a-z]{1,3}=1)?$/);

/** A request as it is sent, with a body of a known length, in chunks, or none. */
const request = fc.oneof(
  fc.record({ kind: fc.constant('plain' as const), path, body: fc.constant('') }),
  fc.record({ kind: fc.constant('length' as const), path, body }),
  fc.record({ kind: fc.constant('chunked' as const), path, body }),
);

function sent(one: {
  readonly kind: 'plain' | 'length' | 'chunked';
  readonly path: string;
  readonly body: string;
}) {
  const bytes = Buffer.from(one.body);
  if (one.kind === 'plain') return Buffer.from(`GET ${one.path} HTTP/1.1\r\nHost: shop\r\n\r\n`);
  const head = `POST ${one.path} HTTP/1.1\r\nHost: shop\r\n`;
  if (one.kind === 'length')
    return Buffer.concat([Buffer.from(`${head}Content-Length: ${bytes.length}\r\n\r\n`), bytes]);
  const half = bytes.length >> 1;
  const chunk = (part: Buffer) =>
    part.length === 0
      ? Buffer.alloc(0)
      : Buffer.concat([Buffer.from(`${part.length.toString(16)};x=y\r\n`), part, Buffer.from('\r\n')]);
  return Buffer.concat([
    Buffer.from(`${head}Transfer-Encoding: chunked\r\n\r\n`),
    chunk(bytes.subarray(0, half)),
    chunk(bytes.subarray(half)),
    Buffer.from('0\r\nTrailer: t\r\n\r\n'),
  ]);
}

/** Cuts bytes where it is told to, at least once a byte. */
function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0, index = 0; at < bytes.length; index += 1) {
    const to = at + (sizes[index % sizes.length] ?? 1);
    pieces.push(bytes.subarray(at, to));
    at = to;
  }
  return pieces;
}

const bytesOf = (parts: readonly RequestPart[]) => Buffer.concat(parts.map(({ bytes }) => bytes));

describe('the requests of a connection', () => {
  it('are found whatever the pieces, and not a byte is lost or moved', () => {
    fc.assert(
      fc.property(
        fc.array(request, { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }),
        (requests, sizes) => {
          const all = Buffer.concat(requests.map(sent));
          const stream = requestStream();
          const parts = cut(all, sizes).flatMap((piece) => stream.take(piece));
          expect(bytesOf(parts)).toEqual(all);
          const heads = parts.flatMap((part) => (part.kind === 'head' ? [part.head.path] : []));
          expect(heads).toEqual(requests.map((one) => one.path.replace(/\?.*/, '')));
          expect(parts.filter((part) => part.kind !== 'other' && part.last)).toHaveLength(requests.length);
          expect(stream.rest()).toHaveLength(0);
          // The same through a toxic that acts on none of them.
          const idle = onRequests({ direction: 'upstream', toxicity: 1 }, none, () => ({ holdMs: 0 }));
          const effect = idle.affect(fakeVictim().victim);
          const passed = cut(all, sizes).flatMap((bytes) => effect.pass({ kind: 'bytes', bytes }));
          expect(
            Buffer.concat(passed.flatMap(({ piece }) => (piece.kind === 'bytes' ? [piece.bytes] : []))),
          ).toEqual(all);
        },
      ),
    );
  });

  it.each([
    ['TLS', Buffer.from('160301020001000', 'hex')],
    ['HTTP/2', Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')],
    ['a database', Buffer.from('SELECT 1\r\n\r\n')],
    ['a head without end', Buffer.from(`GET / HTTP/1.1\r\n${'x'.repeat(40_000)}`)],
  ])('are not looked for in %s, which passes as it is', (_what, bytes) => {
    const stream = requestStream();
    const parts = [...stream.take(bytes), ...stream.take(Buffer.from('more'))];
    expect(parts.every(({ kind }) => kind === 'other')).toBe(true);
    expect(Buffer.concat([bytesOf(parts), stream.rest()])).toEqual(
      Buffer.concat([bytes, Buffer.from('more')]),
    );
  });

  it('are found again after what could not be read', () => {
    const stream = requestStream();
    stream.take(Buffer.from('the rest of a body'));
    expect(stream.take(Buffer.from('GET /a HTTP/1.1\r\n\r\n'))[0]?.kind).toBe('head');
  });

  it('keep the beginning of a head until there is more, and give it back when asked', () => {
    const stream = requestStream();
    expect(stream.take(Buffer.from('GET /a HT'))).toEqual([]);
    expect(stream.rest().toString()).toBe('GET /a HT');
    expect(stream.rest()).toHaveLength(0);
  });
});
