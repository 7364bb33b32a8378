import { once } from 'node:events';
import { connect } from 'node:net';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createBook } from '../../../../lib/lab/proxy/control/book.ts';
import { createControl } from '../../../../lib/lab/proxy/control/control-routes.ts';
import { createOwnPlane } from '../../../../lib/lab/proxy/control/own-plane.ts';
import { startProxyServer } from '../../../../lib/lab/proxy/control/proxy-server.ts';
import { toxicTypes } from '../../../../lib/lab/proxy/toxic-types.ts';
import { systemClock } from '../../../../lib/probing/system-clock.ts';
import { createVirtualClock } from '../../../fakes/virtual-clock.ts';
import { FakeLink } from '../../fis/fake-lab.ts';
import { sequence } from '../../support/sequence.ts';

const name = fc.constantFrom('a', 'b', '__proto__', '%', 'x y', '');
const part = fc.oneof(fc.constantFrom('proxies', 'toxics', 'populate', 'reset', 'version', 'metrics'), name);
const path = fc.oneof(
  fc.constantFrom(
    '/proxies',
    '/populate',
    '/reset',
    '/proxies/a',
    '/proxies/a/toxics',
    '/proxies/a/toxics/t',
  ),
  fc.array(part, { maxLength: 5 }).map((parts) => `/${parts.join('/')}`),
);
const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, -1, 1e308));
const toxic = fc.record(
  {
    name: fc.oneof(fc.constant('t'), fc.anything()),
    type: fc.oneof(fc.constantFrom(...toxicTypes.keys()), fc.anything()),
    stream: fc.oneof(fc.constantFrom('upstream', 'Downstream'), fc.anything()),
    toxicity: fc.oneof(number, fc.anything()),
    attributes: fc.oneof(
      fc.dictionary(fc.constantFrom('latency', 'rate', 'average_size'), number),
      fc.anything(),
    ),
    ttl: fc.oneof(number, fc.constantFrom('30s', '')),
  },
  { requiredKeys: [] },
);
const proxy = fc.record(
  {
    name,
    listen: fc.oneof(fc.constantFrom('127.0.0.1:0', ':0', ':99999', 'x'), fc.anything()),
    upstream: fc.oneof(fc.constantFrom('127.0.0.1:1', ':', 'a:b:c'), fc.anything()),
    enabled: fc.oneof(fc.boolean(), fc.anything()),
    toxics: fc.oneof(fc.array(toxic, { maxLength: 3 }), fc.anything()),
  },
  { requiredKeys: [] },
);
const body = fc.oneof(
  fc
    .oneof(proxy, toxic, fc.array(proxy, { maxLength: 3 }), fc.anything())
    .map((value) => String(JSON.stringify(value))),
  fc.string(),
);
const request = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE', 'PUT', 'HEAD'),
  path,
  body,
});

it('is answered, whatever it is, and every toxic and time to live is gone after a reset and the end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(request, { maxLength: 12 }), async (requests) => {
      const clock = createVirtualClock({ auto: false });
      const links: FakeLink[] = [];
      const plane = createOwnPlane({
        openLink: async ({ listen, upstream }) => {
          const link = Object.assign(new FakeLink(), listen, { upstream });
          links.push(link);
          return link;
        },
        randomOf: () => sequence(0.5),
        clock,
      });
      const control = createControl({ plane, book: createBook(plane, clock) });
      await control({
        method: 'POST',
        path: '/proxies',
        body: async () => '{"name":"a","upstream":"127.0.0.1:1"}',
      });
      for (const asked of requests) {
        const { status, body: text = '' } = await control({ ...asked, body: async () => asked.body });
        expect([200, 201, 204, 400, 404, 405, 409, 500]).toContain(status);
        if (status === 500) expect(text).toMatch(/"listen tcp/);
      }
      expect((await control({ method: 'POST', path: '/reset', body: async () => '' })).status).toBeOneOf([
        204, 500,
      ]);
      await plane.close();
      expect([plane.figures(), clock.sleepers]).toEqual([[], 0]);
      expect(links.map(({ toxics }) => toxics.size)).toEqual(links.map(() => 0));
    }),
    { numRuns: 150 },
  );
});

it('is no reason to end, even when it is no HTTP, or ends in the middle', async () => {
  const server = await startProxyServer({
    host: '127.0.0.1',
    port: 0,
    randomOf: () => sequence(0.5),
    clock: systemClock,
  });
  try {
    for (const bytes of [
      '\u0000\u0001 nonsense\r\n\r\n',
      'GET // HTTP/1.1\r\nHost: x\r\n\r\n',
      'GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n',
    ]) {
      const socket = connect({ port: server.port, host: '127.0.0.1' });
      socket.write(bytes);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(answer.toString()).toMatch(/^HTTP\/1.1 40[04] /);
      socket.destroy();
    }
    const gone = connect({ port: server.port, host: '127.0.0.1' });
    gone.write('POST /proxies HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"name":');
    await once(gone, 'connect');
    gone.resetAndDestroy();
    expect((await fetch(`${server.url}/proxies`)).status).toBe(200);
  } finally {
    await server.close();
  }
});
