import { describe, expect, it } from 'vitest';
import { startLoopbackCheck } from '../../lib/probing/loopback-check.ts';
import { createSelfCheck, type SelfCheck } from '../../lib/probing/self-check.ts';
import { systemClock } from '../../lib/probing/system-clock.ts';
import { createFakeSelfCheck } from '../fakes/fake-self-check.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';
import { deadUrl, serve, serveTcp } from './loopback.ts';

const real = (url: string, everyMs = 1) => createSelfCheck({ url, clock: systemClock, everyMs });

describe.each<[string, { well: () => Promise<SelfCheck>; broken: () => Promise<SelfCheck> }]>([
  [
    'a self-check over HTTP',
    {
      well: async () => real(await serve((_request, response) => response.end())),
      broken: async () => real(await deadUrl()),
    },
  ],
  [
    'a fake self-check',
    {
      well: async () => createFakeSelfCheck(),
      broken: async () => createFakeSelfCheck(() => 'connect ECONNREFUSED'),
    },
  ],
])('%s', (_name, make) => {
  it('says nothing when what it looks at is well', async () => {
    const check = await make.well();
    expect(await check.look()).toBeUndefined();
    expect(await check.look()).toBeUndefined();
    expect(check.url).toMatch(/^http:/);
  });

  it('says why when it gets no answer, and never rejects', async () => {
    expect(await (await make.broken()).look()).toMatch(/ECONNREFUSED/);
  });
});

describe('a self-check over HTTP', () => {
  it.each([204, 302, 404, 500])('takes any answer for one that shows the network: %d', async (status) => {
    const url = await serve((_request, response) => response.writeHead(status).end());
    expect(await real(url).look()).toBeUndefined();
  });

  it('opens a connection of its own each time, since one that is kept would not show what is broken', async () => {
    let connections = 0;
    const url = await serveTcp((socket) => {
      connections += 1;
      socket.once('data', () => socket.write('HTTP/1.1 204 No Content\r\n\r\n'));
    });
    const check = real(url);
    await check.look();
    await check.look();
    expect(connections).toBe(2);
  });

  it('has a short time-out of its own', async () => {
    const url = await serve(() => undefined);
    expect(await real(url).look()).toBe('no answer within 1000 ms');
  });

  it('looks once for all who ask, at most every so often, and never tells what was seen before it was asked', async () => {
    const seen: number[] = [];
    const clock = createVirtualClock({ auto: false });
    const begin = clock.now();
    let broken = false;
    const url = await serveTcp((socket) => {
      seen.push(clock.now() - begin);
      if (broken) socket.destroy();
      else socket.once('data', () => socket.end('HTTP/1.1 204 No Content\r\n\r\n'));
    });
    const check = createSelfCheck({ url, clock, everyMs: 500 });
    const first = [check.look(), check.look()];
    await clock.advance(0);
    expect(await Promise.all(first)).toEqual([undefined, undefined]);
    broken = true;
    await clock.advance(100);
    const later = [check.look(), check.look(), check.look()];
    await clock.advance(399);
    expect(seen).toEqual([0]);
    await clock.advance(1);
    for (const why of await Promise.all(later)) expect(why).toMatch(/socket hang up|ECONNRESET/);
    expect(seen).toEqual([0, 500]);
  });

  it('can look at something of this process', async () => {
    const own = await startLoopbackCheck();
    expect(await real(own.url).look()).toBeUndefined();
    await own.stop();
    expect(await real(own.url).look()).toMatch(/ECONNREFUSED/);
  });
});
