import { describe, expect, it } from 'vitest';
import { type RequestHead, readRequestHead } from '../../../../lib/lab/proxy/http/request-head.ts';

const headOf = (first: string, ...lines: string[]) => readRequestHead([first, ...lines].join('\r\n'));

describe('the head of a request', () => {
  it.each([
    ['/products?page=2', '/products'],
    ['/products#top', '/products'],
    ['http://shop/products', '/products'],
    ['http://shop', '/'],
    ['?page=2', '/'],
  ])('of %s has the path %s', (target, path) => {
    expect(headOf(`GET ${target} HTTP/1.1`)).toMatchObject({ method: 'GET', path });
  });

  it.each<[string, readonly string[], RequestHead['body']]>([
    ['GET', [], 0],
    ['POST', ['Content-Length: 12'], 12],
    ['POST', ['Content-Length: many'], 'unknown'],
    ['POST', ['Content-Length: -1'], 'unknown'],
    ['POST', ['Transfer-Encoding: gzip, Chunked'], 'chunked'],
    ['GET', ['Connection: Upgrade', 'Upgrade: websocket'], 'unknown'],
    ['CONNECT', [], 'unknown'],
  ])('of %s with %j ends its body after: %s', (method, lines, body) => {
    expect(headOf(`${method} /orders HTTP/1.1`, ...lines)?.body).toBe(body);
  });

  it.each([
    ['1.1', [], true],
    ['1.1', ['Connection: close'], false],
    ['1.0', [], false],
    ['1.0', ['Connection: Keep-Alive'], true],
  ])('of HTTP/%s with %j keeps its connection: %s', (version, lines, keepsAlive) => {
    expect(headOf(`GET / HTTP/${version}`, ...lines)?.keepsAlive).toBe(keepsAlive);
  });

  it('passes over what is no header, and is none where its first line is none', () => {
    expect(headOf('POST / HTTP/1.1', 'no colon here', 'Expect: 100-continue')?.expectsContinue).toBe(true);
    for (const first of ['', 'GET /', 'get / HTTP/1.1', 'GET / HTTP/2', 'SSH-2.0-client'])
      expect(headOf(first)).toBeUndefined();
  });
});
