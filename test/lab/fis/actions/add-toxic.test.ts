import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { addToxic } from '../../../../lib/lab/fis/actions/add-toxic.ts';
import { createBook } from '../../../../lib/lab/proxy/control/book.ts';
import { createControlServer } from '../../../../lib/lab/proxy/control/control-server.ts';
import { createDataPlane } from '../../../../lib/lab/proxy/control/data-plane.ts';
import type { Plane } from '../../../../lib/lab/proxy/control/plane.ts';
import { systemClock } from '../../../../lib/probing/system-clock.ts';
import { containing } from '../../../fakes/matching.ts';
import { sequence } from '../../support/sequence.ts';
import { fakeLab } from '../fake-lab.ts';

const ending: (() => void)[] = [];
afterEach(() => {
  for (const end of ending.splice(0)) end();
});

const parameters = { to: 'database', name: 'slow', type: 'latency', delayMilliseconds: '300' };

/** A lab without processes, but for the control, which listens. */
async function controlledLab() {
  const { lab, link, connected } = fakeLab();
  const plane = createDataPlane(
    () => lab.replicas.map(({ id }) => ({ id, links: lab.links(id) })),
    systemClock,
  );
  const reached: Plane = {
    proxies: async () => plane.proxies().map((proxy) => ({ ...proxy, enabled: true })),
    place: async (proxy, toxic, ttlMs) => plane.place(proxy, toxic, ttlMs),
    update: async (handle, toxic, ttlMs) => plane.update(handle, toxic, ttlMs),
    take: async (handle) => plane.take(handle),
  };
  const server = createControlServer({ plane: reached, book: createBook(reached, systemClock) });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ending.push(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const controlled = {
    ...lab,
    proxyControl: () => ({ url: `http://127.0.0.1:${port}`, placed: () => plane.placed() }),
  };
  const targets = lab.replicas.filter(({ id }) => id === 'shop-1' || id === 'shop-2');
  const carryOut = (given: Readonly<Record<string, string>> = parameters) =>
    addToxic.carryOut({
      lab: controlled,
      parameters: given,
      resources: [],
      targets,
      signal: new AbortController().signal,
      clock: systemClock,
      random: sequence(0.5),
    });
  return { lab, link, connected, plane, port, targets, carryOut };
}

const biteOf = (told: Awaited<ReturnType<typeof addToxic.carryOut>>) =>
  typeof told === 'function' ? told() : told;

describe('lab:add-toxic', () => {
  it('adds the toxic to the links of its targets alone, leaves it there, and tells in the end what it held back', async () => {
    const { link, plane, carryOut } = await controlledLab();
    const told = await carryOut();
    expect(plane.placed().map(({ proxy }) => proxy)).toEqual(['shop-1-to-database', 'shop-2-to-database']);
    expect([link('shop-1', 'queue').seen, link('shop-3', 'database').seen]).toEqual([[], []]);
    expect(biteOf(told)).toEqual({
      bit: true,
      evidence:
        "shop-1-to-database: 'slow' held back 3 pieces of 1 connections, the longest by 501 ms, and is still there; " +
        "shop-2-to-database: 'slow' held back 3 pieces of 1 connections, the longest by 501 ms, and is still there",
    });
  });

  it('finds that its toxic did not bite where nothing was sent, or where it is gone', async () => {
    const { link, plane, connected, carryOut } = await controlledLab();
    for (const id of ['shop-1', 'shop-2']) link(id, 'database').traffic = false;
    connected.set('shop-2', [{ host: '127.0.0.1', port: link('shop-2', 'database').upstream.port }]);
    const told = await carryOut();
    expect(biteOf(told)).toMatchObject({
      bit: false,
      evidence: containing("'slow' held nothing back"),
      likely: "shop holds 1 connection to the database's own port; none go through the link",
    });
    plane.take(1);
    plane.take(2);
    expect(biteOf(told)).toEqual({
      bit: false,
      evidence: "'slow' is on none of shop-1-to-database, shop-2-to-database",
    });
  });

  it('adds nothing twice in a later stage', async () => {
    const { plane, carryOut } = await controlledLab();
    await carryOut();
    await carryOut();
    expect(plane.placed()).toHaveLength(2);
  });

  it('waits for a control that is being started anew', async () => {
    const { lab, link, plane, port, targets } = await controlledLab();
    // Nobody listens on the first port that it is given.
    const urls = ['http://127.0.0.1:1', `http://127.0.0.1:${port}`];
    let url = urls[0] ?? '';
    const slept: number[] = [];
    await addToxic.carryOut({
      lab: {
        ...lab,
        proxyControl: () => ({
          get url() {
            return url;
          },
          placed: () => plane.placed(),
        }),
      },
      parameters,
      resources: [],
      targets,
      signal: new AbortController().signal,
      clock: {
        now: () => 0,
        sleep: async (ms) => {
          slept.push(ms);
          url = urls[1] ?? '';
        },
      },
      random: sequence(0.5),
    });
    expect([slept, link('shop-1', 'database').toxics.size]).toEqual([[100], 1]);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['a link that is not there', { ...parameters, to: 'nowhere' }, /refused the toxic .*proxy not found/],
    ['an unknown type', { ...parameters, type: 'nosuch' }, /invalid toxic type/],
    ['a delay that is no number', { ...parameters, delayMilliseconds: 'long' }, /^lab:add-toxic: /],
  ])('fails with %s', async (_what, given, message) => {
    const { carryOut, plane } = await controlledLab();
    await expect(carryOut(given)).rejects.toThrow(message);
    expect(plane.placed()).toEqual([]);
  });

  it('fails where the lab has no control, and where the control never answers', async () => {
    const { lab, targets } = await controlledLab();
    let nowMs = 0;
    const context = {
      parameters,
      resources: [],
      targets,
      signal: new AbortController().signal,
      clock: {
        now: () => nowMs,
        sleep: async (ms: number) => {
          nowMs += 10 * ms;
        },
      },
      random: sequence(0.5),
    };
    await expect(addToxic.carryOut({ ...context, lab })).rejects.toThrow('the lab has no proxyControl');
    const proxyControl = () => ({ url: 'http://127.0.0.1:1', placed: () => [] });
    await expect(addToxic.carryOut({ ...context, lab: { ...lab, proxyControl } })).rejects.toThrow(
      "the proxy's control does not answer",
    );
  });
});
