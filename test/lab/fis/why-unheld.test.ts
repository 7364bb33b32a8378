import { describe, expect, it } from 'vitest';
import { taskNetworkLatency } from '../../../lib/lab/fis/actions/network-latency.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { sequence } from '../support/sequence.ts';
import { fakeLab } from './fake-lab.ts';

/** The bite of a delay on the links of so many shops, where nothing is held back. */
async function unheld(
  options: {
    /** What each shop's processes are connected to, by port: 1 is its link, 2 the real address. */
    readonly ports?: readonly number[];
    readonly link?: { readonly open?: number; readonly drawn?: number };
    readonly shops?: number;
    /** What goes over the first link meanwhile. */
    readonly bytes?: number;
    readonly parameters?: Readonly<Record<string, string>>;
  } = {},
) {
  const { lab, link, connected } = fakeLab();
  const targets = lab.replicas.slice(0, options.shops ?? 1);
  for (const { id } of targets) {
    Object.assign(link(id, 'database'), { traffic: false, ...options.link });
    const ends = options.ports?.map((port) => ({ host: '127.0.0.1', port }));
    if (ends !== undefined) connected.set(id, ends);
  }
  const clock = createVirtualClock({ auto: false });
  const carriedOut = taskNetworkLatency.carryOut({
    lab,
    parameters: { duration: 'PT3S', sources: 'database', ...options.parameters },
    resources: [],
    targets,
    signal: new AbortController().signal,
    clock,
    random: sequence(0),
  });
  link('shop-1', 'database').bytes = options.bytes ?? 0;
  await clock.advance(3_000);
  return carriedOut;
}

describe('why a fault on links held nothing back', () => {
  it.each([
    [
      'its processes go to the real address instead',
      { ports: [2, 2, 2, 2] },
      "shop holds 4 connections to the database's own port; none go through the link",
    ],
    [
      'they go there too',
      { ports: [2, 1] },
      "shop holds 1 connection to the database's own port; 1 goes through the link",
    ],
    [
      'every replica does',
      { ports: [2, 2], shops: 3 },
      "shop holds 6 connections to the database's own port; none go through the link",
    ],
    [
      'nothing comes at all',
      { ports: [], link: { open: 0, drawn: 0 } },
      'nothing went over the link from shop to the database during the fault, and no connection is open on it',
    ],
    [
      'nothing is sent',
      { ports: [1], link: { open: 2 } },
      'the link from shop to the database holds 2 connections, but nothing was sent over them during the fault',
    ],
    [
      'no connection was drawn',
      { link: { open: 2, drawn: 0 } },
      'the fault was drawn for none of the connections of the link from shop to the database: it acts on a share of them only',
    ],
    [
      'bytes went the other way only',
      { bytes: 900 },
      '900 bytes went over the link from shop to the database during the fault, none of them in the direction that the fault acts on',
    ],
    [
      'it delays by nothing',
      { parameters: { delayMilliseconds: '0', jitterMilliseconds: '0' } },
      'a delay of 0 ms holds nothing back',
    ],
  ] as const)('is that %s', async (_what, options, likely) => {
    expect(await unheld(options)).toMatchObject({ bit: false, likely });
  });

  it('is not asked where one of several links held something back', async () => {
    const { lab, link, connected } = fakeLab();
    link('shop-1', 'database').traffic = false;
    connected.set('shop-1', [{ host: '127.0.0.1', port: 2 }]);
    const clock = createVirtualClock({ auto: false });
    const carriedOut = taskNetworkLatency.carryOut({
      lab,
      parameters: { duration: 'PT1S', sources: 'database' },
      resources: [],
      targets: lab.replicas.slice(0, 2),
      signal: new AbortController().signal,
      clock,
      random: sequence(0),
    });
    await clock.advance(1_000);
    const bite = await carriedOut;
    expect(bite).toMatchObject({ bit: true });
    expect(bite).not.toHaveProperty('likely');
  });
});
