import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import besideProduction from '../../experiments/labs/beside-production.ts';
import shop from '../../experiments/labs/shop.ts';
import { type LabDefinition, labSchema } from '../../lib/experiment/lab.ts';
import { startTimeOf } from '../../lib/lab/processes/start-time.ts';
import { latency } from '../../lib/lab/proxy/toxics/latency.ts';
import type { RunningLab } from '../../lib/lab/running-lab.ts';
import { startLab } from '../../lib/lab/start-lab.ts';
import { systemClock } from '../../lib/probing/system-clock.ts';
import { sequence } from './support/sequence.ts';

const logFolder = mkdtempSync(join(tmpdir(), 'steadfast-test-'));
afterAll(() => rmSync(logFolder, { recursive: true, force: true }));

const labs = fileURLToPath(new URL('../../experiments/labs', import.meta.url));
const random = sequence(0.3, 0.6, 0.9);
const start = (definition: LabDefinition, signal?: AbortSignal) =>
  startLab({
    lab: labSchema.parse(definition),
    folder: labs,
    logFolder,
    random,
    clock: systemClock,
    ...(signal === undefined ? {} : { signal }),
  });

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

describe('the shop', { timeout: 40_000 }, () => {
  let lab: RunningLab;
  beforeAll(async () => {
    lab = await start(shop);
  }, 60_000);
  afterAll(() => lab.stop());

  const products = async () => {
    const response = await fetch(`${lab.serviceUrl('shop')}/products`);
    const body = (await response.json()) as { products: unknown[]; readAt: string };
    return {
      status: response.status,
      cache: response.headers.get('x-cache'),
      by: response.headers.get('x-served-by'),
      body,
    };
  };

  it('serves its products from both replicas, freshly read', async () => {
    const answers = [await products()];
    // The lab's own load takes turns too.
    while (new Set(answers.map(({ by }) => by)).size < 2) answers.push(await products());
    for (const { status, body, cache } of answers) {
      expect(status).toBe(200);
      expect(body.products).toHaveLength(50);
      expect(Math.abs(Date.now() - Date.parse(body.readAt))).toBeLessThan(5_000);
      expect(['HIT', 'STALE', 'MISS']).toContain(cache);
    }
  });

  it('has replicas with tags, each with a link of its own to the database', () => {
    expect(lab.replicas.map(({ id, tags, alive }) => ({ id, tags, alive }))).toEqual([
      { id: 'shop-1', tags: { Service: 'shop', Env: 'shop' }, alive: true },
      { id: 'shop-2', tags: { Service: 'shop', Env: 'shop' }, alive: true },
    ]);
    expect(lab.link('shop-1', 'database')?.port).not.toBe(lab.link('shop-2', 'database')?.port);
    expect(lab.link('shop-1', 'mail')).toBeUndefined();
  });

  it('reads metrics from SQL, HTTP and links, and nothing where there is none', async () => {
    expect(await lab.readMetric('rowCount')).toBe(50);
    expect(await lab.readMetric('shopErrorRate')).toBe(0);
    expect(await lab.readMetric('databaseConnections')).toBeGreaterThanOrEqual(2);
    expect(await lab.readMetric('nothing')).toBeUndefined();
  });

  it('has a database that several pools use at the same time', async () => {
    const pool = () => new Pool({ connectionString: lab.serviceUrl('database'), max: 3 });
    const [first, second] = [pool(), pool()];
    const numbers = Array.from({ length: 60 }, (_, index) => (index % 50) + 1);
    const rows = await Promise.all(
      numbers.map(async (number, index) => {
        const { rows: found } = await (index % 2 === 0 ? first : second).query<{ id: number }>(
          'select id from products where id = $1',
          [number],
        );
        return found[0]?.id;
      }),
    );
    expect(rows).toEqual(numbers);
    await Promise.all([first.end(), second.end()]);
  });

  it('has a database that goes away and comes back at its address, with what was committed and nothing of old sessions', async () => {
    const url = lab.serviceUrl('database');
    const before = new Client({ connectionString: url });
    const broken = new Promise((resolve) => before.once('error', resolve));
    await before.connect();
    await before.query("insert into products values (901, 'kept', 1)");
    await before.query('begin');
    await before.query("insert into products values (902, 'lost', 1)");

    const outage = await lab.database('database')?.goAway(200);
    await broken;
    expect(outage?.connections).toBeGreaterThan(0);
    const refused = new Client({ connectionString: url });
    await expect(refused.connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(await outage?.back).toBe(true);

    const after = new Client({ connectionString: url });
    await after.connect();
    const { rows } = await after.query("select name from products where name in ('kept', 'lost')");
    await after.query("delete from products where name = 'kept'");
    await after.end();
    expect(rows).toEqual([{ name: 'kept' }]);
  });

  it('goes on answering at once while the link of one replica is slow, and only that link is delayed', async () => {
    const slow = lab.link('shop-1', 'database');
    const before = lab.link('shop-2', 'database')?.counters().delayedChunks;
    const toxic = slow?.addToxic(latency({ direction: 'upstream', delayMs: 500 }));
    let slowest = 0;
    while ((toxic?.counters().chunks ?? 0) < 2) {
      const fromMs = performance.now();
      expect((await products()).status).toBe(200);
      slowest = Math.max(slowest, performance.now() - fromMs);
      await systemClock.sleep(20);
    }
    toxic?.remove();
    expect(toxic?.counters().longestMs).toBeGreaterThan(490);
    expect(slowest).toBeLessThan(490);
    expect(lab.link('shop-2', 'database')?.counters().delayedChunks).toBe(before);
  });

  it('has a replica stopped and replaced on the same port, while the other one answers', async () => {
    const [first] = lab.replicas;
    const oldPid = first?.pid ?? 0;
    const stopping = lab.stopReplica('shop-1');
    const { status } = await products();
    const stopped = await stopping;
    expect(status).toBe(200);
    expect(stopped).toMatchObject({ replica: 'shop-1', oldPid, gone: true });
    expect(startTimeOf(oldPid)).toBeUndefined();
    expect(first?.pid).toBe(stopped.newPid);
    while ((await products()).by !== 'shop-1') await systemClock.sleep(20);
    expect(lab.diedUnexpectedly).toEqual([]);
  });

  it('notices a process that dies by itself', async () => {
    const second = lab.replicas[1];
    process.kill(second?.pid ?? 0, 'SIGKILL');
    while (lab.diedUnexpectedly.length === 0) await systemClock.sleep(10);
    expect(lab.diedUnexpectedly).toMatchObject([{ name: 'shop-2' }]);
    expect(second?.alive).toBe(false);
  });

  it('leaves no process and no port behind when it is stopped', async () => {
    const pids = lab.replicas.map(({ pid }) => pid);
    const ports = [lab.serviceUrl('shop'), lab.serviceUrl('database')].map((url) =>
      Number(new URL(url).port),
    );
    const links = lab.replicas.flatMap(({ id }) => [...lab.links(id).values()].map(({ port }) => port));
    await lab.stop();
    await lab.stop();
    expect(pids.map(startTimeOf)).toEqual([undefined, undefined]);
    expect(await Promise.all([...ports, ...links].map(listens))).not.toContain(true);
  });
});

describe("a lab that plays another environment's tasks", () => {
  it('has replicas with the tags that it says, one of them with the wrong one', async () => {
    const services: LabDefinition['services'] = { ...besideProduction.services };
    const { shop: withoutZones } = services;
    if (withoutZones !== undefined && 'command' in withoutZones)
      services['shop'] = { ...withoutZones, zones: ['a', 'b'] };
    const lab = await start({ ...besideProduction, services, load: [] });
    const tagged = lab.replicas.map(({ id, tags }) => [id, tags['Service'], tags['Env']]);
    const zones = lab.replicas.map(({ zone }) => zone);
    await lab.stop();
    expect(zones).toEqual(['a', 'b', undefined, undefined]);
    expect(tagged).toEqual([
      ['shop-1', 'product-service', 'beside-production'],
      ['shop-2', 'product-service', 'beside-production'],
      ['production-1', 'product-service', 'production'],
      ['production-2', 'product-service', 'beside-production'],
    ]);
  });
});

describe('a lab that cannot start', () => {
  const guards = { none: { notRehearsable: 'a test' } };
  const fine = {
    command: ['node', '-e', "require('node:http').createServer().listen(process.argv[1])", '{port}'],
  };

  it('says which process died, and leaves none of the others', async () => {
    const services = {
      well: fine,
      ill: { command: ['node', '-e', "console.log('no luck'); process.exit(3)"] },
    };
    await expect(start({ id: 'lab', guards, services })).rejects.toMatchObject({
      code: 'cannot-begin',
      message: 'ill-1 ended with exit code 3 before it was ready; its last lines:\n  no luck',
    });
    const log = readdirSync(logFolder);
    expect(log).toContain('ill-1.log');
  });

  it('says which schema is missing', async () => {
    const services = { database: { postgres: { schema: 'shop/no-such.sql' } } };
    const starting = start({ id: 'lab', guards, services });
    await expect(starting).rejects.toMatchObject({ code: 'cannot-begin' });
    await expect(starting).rejects.toThrow('shop/no-such.sql cannot be read');
  });

  it('tells what is wrong with a schema', { timeout: 40_000 }, async () => {
    const schema = fileURLToPath(new URL('./support/broken.sql', import.meta.url));
    const starting = start({ id: 'lab', guards, services: { database: { postgres: { schema } } } });
    await expect(starting).rejects.toMatchObject({
      code: 'cannot-begin',
      message: `database ended with exit code 1 before it was ready; its last lines:\n  ${schema}:2: syntax error at or near ")"`,
    });
  });

  it('is refused when a service is on another machine', async () => {
    await expect(
      start({ id: 'lab', guards, services: { shop: { url: 'http://example.com' } } }),
    ).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  it('is given up when it is interrupted', async () => {
    const interrupt = new AbortController();
    const starting = start(
      {
        id: 'lab',
        guards,
        services: { never: { command: fine.command.slice(0, 2).concat('setInterval(() => {}, 9)') } },
      },
      interrupt.signal,
    );
    setImmediate(() => interrupt.abort());
    await expect(starting).rejects.toMatchObject({ code: 'interrupted' });
  });
});
