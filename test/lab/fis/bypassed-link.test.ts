import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { labSchema } from '../../../lib/experiment/lab.ts';
import { createLocalFis } from '../../../lib/lab/fis/local-fis.ts';
import type { RunningLab } from '../../../lib/lab/running-lab.ts';
import { startLab } from '../../../lib/lab/start-lab.ts';
import type { FisTemplate } from '../../../lib/plan/fis-template.ts';
import { systemClock } from '../../../lib/probing/system-clock.ts';
import { sequence } from '../support/sequence.ts';
import { echo, listen } from '../support/sockets.ts';

/** Holds two connections to the port in DATABASE, and listens when they stand. */
const shop = `
  const { connect, createServer } = require('node:net');
  let left = 2;
  const opened = () => {
    left -= 1;
    if (left === 0) createServer((socket) => socket.end()).listen(Number(process.env.PORT), '127.0.0.1');
  };
  for (let index = 0; index < 2; index += 1) connect(Number(process.env.DATABASE), '127.0.0.1', opened);
`;

const template: FisTemplate = {
  description: 'a slow database',
  targets: {
    slow: {
      resourceType: 'aws:ecs:task',
      resourceTags: { Env: 'lab', Service: 'shop' },
      selectionMode: 'ALL',
    },
  },
  actions: {
    slow: {
      actionId: 'aws:ecs:task-network-latency',
      parameters: { duration: 'PT0.2S', delayMilliseconds: '50', sources: 'database' },
      targets: { Tasks: 'slow' },
    },
  },
  stopOn: [],
  durationMs: 200,
};

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** Starts a shop that is told where its database is by `address`, slows the link once it holds `open` connections, and tells the bite. */
async function biteOf(address: (realPort: number) => string, open: number) {
  const database = await listen(echo);
  endings.push(database.close);
  const folder = mkdtempSync(join(tmpdir(), 'steadfast-test-'));
  endings.push(() => rmSync(folder, { recursive: true, force: true }));
  const lab: RunningLab = await startLab({
    lab: labSchema.parse({
      id: 'lab',
      services: {
        database: { url: `http://127.0.0.1:${database.port}` },
        shop: {
          command: ['node', '-e', shop],
          env: { PORT: '{port}', DATABASE: address(database.port) },
          uses: ['database'],
        },
      },
      metrics: { reads: { link: { service: 'shop', to: 'database' }, counter: 'connections' } },
      guards: { reads: { metric: 'reads', above: 1000 } },
    }),
    folder,
    logFolder: folder,
    random: sequence(0),
    clock: systemClock,
  });
  endings.push(() => lab.stop());
  // The kernel takes connections before the link does: one that it takes later would be opened under the fault.
  await vi.waitUntil(() => lab.link('shop-1', 'database')?.counters().activeConnections === open, {
    timeout: 10_000,
    interval: 5,
  });
  const fis = createLocalFis({
    lab,
    labId: 'lab',
    templates: [template],
    guards: [],
    clock: systemClock,
    random: sequence(0),
  });
  const { experimentId } = await fis.start(0, { runId: 'run', token: 'token' });
  while ((await fis.active('run')).length > 0) await systemClock.sleep(20);
  return (await fis.bite(0, experimentId))[0];
}

describe.runIf(process.platform === 'linux')('a service in a lab that does not feel its fault', () => {
  it('is seen to hold connections to the real address, past its link', async () => {
    expect(await biteOf(String, 0)).toMatchObject({
      bit: false,
      likely: "shop holds 2 connections to the database's own port; none go through the link",
    });
  }, 30_000);

  it('is seen to be silent on the connections of its link', async () => {
    expect(await biteOf(() => '{database.port}', 2)).toMatchObject({
      bit: false,
      likely:
        'the link from shop to the database holds 2 connections, but nothing was sent over them during the fault',
    });
  }, 30_000);
});
