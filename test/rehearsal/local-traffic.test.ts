import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { labSchema } from '../../lib/experiment/lab.ts';
import { systemClock } from '../../lib/probing/system-clock.ts';
import { createLocalTraffic } from '../../lib/rehearsal/local-traffic.ts';
import type { Clock, Traffic } from '../../lib/run/ports.ts';
import { temporaryProject } from '../definitions/temporary-project.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';
import { shopLab } from '../plan/examples.ts';
import { itMakesTraffic } from '../run/traffic-contract.ts';

/** Connects to the shop, and stays until it is ended. */
const shopper =
  "import { connect } from 'node:net';\n" +
  'const { port } = new URL(JSON.parse(process.env.STEADFAST_URLS).shop);\n' +
  "const socket = connect(Number(port), '127.0.0.1', () => socket.write(process.env.STEADFAST_RUN));\n" +
  "socket.on('data', () => process.exit(0));\n";

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
}

function trafficBy(played: object, url: string, clock: Clock = systemClock): Traffic {
  const folder = temporaryProject({ 'shopper.mjs': shopper });
  return createLocalTraffic({
    traffic: { lambda: { function: 'shoppers' } },
    lab: labSchema.parse({ ...shopLab, functions: { shoppers: played } }),
    folder,
    logFolder: join(folder, 'logs'),
    clock,
    urlOf: () => url,
  });
}

/** A shop that knows who is in it. */
async function shop() {
  const server = createServer();
  const inside = new Set<import('node:net').Socket>();
  const changed = new EventTarget();
  server.on('connection', (socket) => {
    inside.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => server.emit('said', String(bytes)));
    socket.on('close', () => {
      inside.delete(socket);
      changed.dispatchEvent(new Event('changed'));
    });
    changed.dispatchEvent(new Event('changed'));
  });
  const url = await listen(server);
  /** Waits until somebody is in the shop, or nobody. */
  const until = async (somebody: boolean) => {
    while (inside.size > 0 !== somebody) await once(changed, 'changed');
  };
  return { url, inside, until, server };
}

const window = { runId: 'run-1', fromMs: 0, untilMs: 1_000 } as const;

describe('traffic in a lab, by a command,', () => {
  itMakesTraffic(async () => {
    const { url, inside, until } = await shop();
    const traffic = trafficBy({ command: ['node', 'shopper.mjs'] }, url);
    return {
      nowMs: () => systemClock.now(),
      running: async () => inside.size,
      traffic: {
        ask: async (request) => {
          await traffic.ask(request);
          await until(request.action !== 'stop');
        },
      },
    };
  });

  it('is told the run, and started anew where it has ended', async () => {
    const { url, inside, until, server } = await shop();
    const traffic = trafficBy({ command: ['node', 'shopper.mjs'] }, url);
    const said = once(server, 'said');
    await traffic.ask({ ...window, action: 'start' });
    expect(await said).toEqual(['run-1']);
    for (const socket of inside) socket.write('go');
    await until(false);
    // That the process has ended is known a moment after its connection.
    while (inside.size === 0) {
      await traffic.ask({ ...window, action: 'keep' });
      await setImmediate();
    }
    await traffic.ask({ ...window, action: 'stop' });
    await until(false);
  });
});

describe('traffic in a lab, by load,', () => {
  it('is sent at its rate, once, until it is stopped', async () => {
    let asked = 0;
    const server = createHttpServer((_, response) => {
      asked += 1;
      response.end();
      server.emit(`asked ${asked}`);
    });
    const clock = createVirtualClock({ auto: false });
    const traffic = trafficBy(
      { load: [{ service: 'shop', path: '/', rate: '20/s' }] },
      await listen(server),
      clock,
    );
    await traffic.ask({ ...window, action: 'start' });
    await traffic.ask({ ...window, action: 'keep' });
    const ten = once(server, 'asked 10');
    await clock.advance(450);
    await ten;
    await traffic.ask({ ...window, action: 'stop' });
    await clock.advance(1_000);
    expect(asked).toBe(10);
    server.closeAllConnections();
  });
});

describe('a lab that plays a state machine', () => {
  it('makes traffic as one that plays a function, and says so where it cannot', async () => {
    let asked = 0;
    const server = createHttpServer((_, response) => {
      asked += 1;
      response.end();
      server.emit('asked');
    });
    const url = await listen(server);
    const clock = createVirtualClock({ auto: false });
    const by = (stateMachines: object) =>
      createLocalTraffic({
        traffic: { stateMachine: { name: 'shoppers' } },
        lab: labSchema.parse({ ...shopLab, stateMachines }),
        folder: '.',
        logFolder: '.',
        clock,
        urlOf: () => url,
      });
    const traffic = by({ shoppers: { load: [{ service: 'shop', path: '/', rate: '20/s' }] } });
    const first = once(server, 'asked');
    await traffic.ask({ ...window, action: 'start' });
    await clock.advance(100);
    await first;
    await traffic.ask({ ...window, action: 'stop' });
    expect(asked).toBeGreaterThan(0);
    await expect(by({}).ask({ ...window, action: 'start' })).rejects.toThrow(
      "lab 'shop' has nothing to play the state machine 'shoppers'",
    );
    server.closeAllConnections();
  });
});

describe('a lab that has nothing to make traffic', () => {
  it('says so', async () => {
    const traffic = trafficBy({ notRehearsable: 'there is only one' }, 'http://127.0.0.1:1');
    await expect(traffic.ask({ ...window, action: 'start' })).rejects.toThrow(
      "lab 'shop' has nothing to play the function 'shoppers'",
    );
  });
});
