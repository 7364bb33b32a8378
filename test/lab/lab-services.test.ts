import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type LabDefinition, labSchema } from '../../lib/experiment/lab.ts';
import { startLab } from '../../lib/lab/start-lab.ts';
import { planTargetOfLab } from '../../lib/plan/lab-target.ts';
import { systemClock } from '../../lib/probing/system-clock.ts';
import { matching } from '../fakes/matching.ts';
import { sequence } from './support/sequence.ts';

const guards = { none: { notRehearsable: 'a test' } };

const withGuards = (definition: Omit<LabDefinition, 'id' | 'guards'>): LabDefinition => ({
  id: 'lab',
  guards,
  ...definition,
});

/** Starts a lab in a folder of its own; all it tells is in `told`. */
async function started(definition: LabDefinition) {
  const folder = mkdtempSync(join(tmpdir(), 'steadfast-test-'));
  const told: string[] = [];
  const lab = await startLab({
    lab: labSchema.parse(definition),
    folder,
    logFolder: folder,
    random: sequence(0),
    clock: systemClock,
    environment: {},
    tell: (text) => void told.push(text),
  });
  onTestFinished(async () => {
    await lab.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return { lab, told };
}

const node = (script: string, ...words: readonly string[]) => ['node', '-e', script, '{port}', ...words];
const listens =
  "require('node:net').createServer((socket) => socket.end()).listen(process.argv[1], '127.0.0.1');";

/** Ends at once where nobody listens yet at the port that it is told; else listens itself. */
const needs = `
  const { connect, createServer } = require('node:net');
  const socket = connect(process.argv[2], '127.0.0.1');
  socket.on('error', () => process.exit(9));
  socket.on('connect', () => createServer((one) => one.end()).listen(process.argv[1], '127.0.0.1'));
`;

/** Listens once its neighbour has left its mark in the folder, beside its own. */
const meets = (own: string, other: string) => `
  const fs = require('node:fs');
  fs.writeFileSync('${own}', '');
  const look = setInterval(() => {
    if (!fs.existsSync('${other}')) return;
    clearInterval(look);
    ${listens}
  }, 5);
`;

describe('the services of a lab', () => {
  it('start each after those it uses, and what does not depend on each other side by side', async () => {
    const { lab } = await started(
      withGuards({
        services: {
          shop: { command: node(needs, '{stock.real.port}'), uses: ['stock', 'left'] },
          stock: { command: node(needs, '{database.real.port}'), uses: ['database'] },
          database: { command: node(listens) },
          left: { command: node(meets('left', 'right')) },
          right: { command: node(meets('right', 'left')) },
        },
      }),
    );
    expect(lab.replicas.map(({ id, alive }) => [id, alive])).toEqual(
      ['shop-1', 'stock-1', 'database-1', 'left-1', 'right-1'].map((id) => [id, true]),
    );
  });

  it('may speak something else than HTTP: their URL is a form of their own, and no probe asks them', async () => {
    const definition = withGuards({
      services: {
        shop: {
          command: node(
            `require('node:fs').writeFileSync('url', process.argv[2]); ${listens}`,
            '{cache.url}',
          ),
          uses: ['cache'],
        },
        cache: { command: node(listens), clientUrl: 'redis://:word@{address}/0', health: { within: '20s' } },
      },
      metrics: {
        url: { command: ['node', '-p', "require('node:fs').readFileSync('url', 'utf8').length"] },
        port: { command: ['node', '-p', 'process.argv[1]', '{cache.port}'] },
        words: { command: ['node', '-p', "'many'"] },
        fails: { command: ['node', '-e', 'console.log(1); process.exit(1)'] },
        slow: { command: ['node', '-e', 'setInterval(() => {}, 1000)'], within: '0.05s' },
      },
    });
    const { lab } = await started(definition);
    const link = lab.link('shop-1', 'cache');
    const url = `redis://:word@127.0.0.1:${link?.port}/0`;
    const own = Number(new URL(lab.serviceUrl('cache')).port);
    const read = (name: string) => lab.readMetric(name);
    expect(await Promise.all(['url', 'port', 'port', 'words', 'fails', 'slow'].map(read))).toEqual([
      url.length,
      own,
      own,
      undefined,
      undefined,
      undefined,
    ]);
    expect(own).not.toBe(link?.port);
    const { services } = planTargetOfLab(definition, labSchema.parse(definition));
    expect([services['shop']?.answersHttp, services['cache']?.answersHttp]).toEqual([true, false]);
  });

  it('tell, when one dies, what it said last', async () => {
    // The look at its health is its first connection.
    const dies = `
      let looks = 0;
      require('node:net').createServer((socket) => {
        socket.end();
        looks += 1;
        if (looks > 1) { console.error('out of luck'); process.exit(7); }
      }).listen(process.argv[1], '127.0.0.1');
    `;
    const { lab } = await started(withGuards({ services: { shop: { command: node(dies) } } }));
    connect(lab.replicas[0]?.port ?? 0, '127.0.0.1').on('error', () => undefined);
    while (lab.diedUnexpectedly.length === 0) await systemClock.sleep(10);
    expect(lab.diedUnexpectedly).toMatchObject([
      {
        text: matching(
          /^shop-1 ended by itself with exit code 7; it said last: out of luck\. Its log is .*shop-1\.log$/,
        ),
      },
    ]);
  });
});

describe.runIf(process.platform === 'linux')('a service that is connected past its link', () => {
  it('is noted as the lab starts, with how to mend it', async () => {
    const holds = `
      const { connect, createServer } = require('node:net');
      connect(process.argv[2], '127.0.0.1', () => createServer().listen(process.argv[1], '127.0.0.1'));
    `;
    const keeps = "require('node:net').createServer(() => undefined).listen(process.argv[1], '127.0.0.1');";
    const { lab, told } = await started(
      withGuards({
        services: {
          shop: { command: node(holds, '{database.real.port}'), uses: ['database'] },
          fine: { command: node(holds, '{database.port}'), uses: ['database'] },
          database: { command: node(keeps) },
        },
      }),
    );
    const address = new URL(lab.serviceUrl('database')).host;
    expect(told.slice(1)).toEqual([
      `shop-1 holds a connection to ${address}, the own address of 'database', past its link: what it sends there feels no fault. To mend it, hand it {database} or {database.url}.`,
    ]);
  });
});

describe('a service with a clientUrl', () => {
  const problemsOf = (service: object) =>
    labSchema
      .safeParse({ id: 'lab', guards, services: { cache: { command: ['cache'], ...service } } })
      .error?.issues.map(({ path, message }) => `${path.slice(2).join('.')}: ${message}`);

  it.each([
    [{ clientUrl: 'redis://127.0.0.1:6379' }, /^clientUrl: write a URL with \{address\}/],
    [{ clientUrl: 'http://{address}' }, /^clientUrl: .*of what answers HTTP leave it out$/],
    [{ clientUrl: 'redis://{address}', replicas: 2 }, /^replicas: several stand behind a balancer/],
    [{ clientUrl: 'redis://{address}', health: { path: '/' } }, /^health: its health is asked over HTTP/],
  ])('%j is refused', (service, problem) => {
    expect(problemsOf(service)).toEqual([expect.stringMatching(problem)]);
  });
});
