import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LabDefinition, labSchema } from '../../lib/experiment/lab.ts';
import type { Bite } from '../../lib/lab/fis/action-handler.ts';
import { actionHandlers } from '../../lib/lab/fis/action-handlers.ts';
import type { RunningLab } from '../../lib/lab/running-lab.ts';
import { startLab } from '../../lib/lab/start-lab.ts';
import { systemClock } from '../../lib/probing/system-clock.ts';
import { containing } from '../fakes/matching.ts';
import { sequence } from './support/sequence.ts';

const logFolder = mkdtempSync(join(tmpdir(), 'steadfast-test-'));
afterAll(() => rmSync(logFolder, { recursive: true, force: true }));
const folder = fileURLToPath(new URL('../../experiments/labs', import.meta.url));

/** A page in two zones that asks its stock for each answer; the stock plays a function. */
const definition: LabDefinition = {
  id: 'managed',
  services: {
    page: {
      command: ['node', 'storefront/page.ts'],
      env: { PORT: '{port}', STOCK_URL: '{stock.url}' },
      replicas: 2,
      zones: ['a', 'b'],
      health: { path: '/health' },
      uses: ['stock'],
    },
    stock: {
      command: ['node', 'storefront/stock.ts'],
      env: { PORT: '{port}' },
      health: { path: '/health' },
      zones: ['b'],
      apis: ['lambda'],
    },
    network: { network: {} },
  },
  documents: {
    look: {
      command: ['node', '-e', 'console.log(process.env.STEADFAST_REPLICA, process.env.STEADFAST_PARAMETERS)'],
    },
  },
  metrics: { errors: { http: { service: 'stock', path: '/metrics', numberOf: '$.requests' } } },
  guards: { errors: { metric: 'errors', above: 1_000_000 } },
};

describe('a lab that plays what AWS runs', { timeout: 40_000 }, () => {
  let lab: RunningLab;
  beforeAll(async () => {
    lab = await startLab({
      lab: labSchema.parse(definition),
      folder,
      logFolder,
      random: sequence(0),
      clock: systemClock,
    });
  }, 60_000);
  afterAll(() => lab.stop());

  /** Carries an action out, and does something while it lasts. */
  async function during(
    id: string,
    parameters: Record<string, string>,
    hit: { readonly service: string; readonly zone?: string },
    meanwhile: () => Promise<void>,
  ): Promise<Bite> {
    const replicas = lab.replicas.filter(({ service }) => service === hit.service);
    const handler = actionHandlers.get(id);
    if (handler === undefined) throw new Error(`nothing plays ${id}`);
    const bite = await handler.carryOut({
      lab,
      parameters: { duration: 'PT1M', ...parameters },
      resources: [{ id: hit.service, tags: {}, alive: true, replicas, ...hit }],
      targets: replicas,
      signal: new AbortController().signal,
      clock: { now: () => 0, sleep: meanwhile },
      random: sequence(0),
    });
    return typeof bite === 'function' ? bite() : bite;
  }

  const ask = async (service: string, path = '/products') => {
    const response = await fetch(`${lab.serviceUrl(service)}${path}`, {
      signal: AbortSignal.timeout(10_000),
    });
    return { status: response.status, by: response.headers.get('x-served-by') };
  };

  it('lets invocations fail whoever calls, and reads metrics past them', async () => {
    const bite = await during(
      'aws:lambda:invocation-error',
      { preventExecution: 'true' },
      { service: 'stock' },
      async () => {
        expect((await ask('page')).status).toBe(503);
        expect((await ask('stock')).status).toBe(502);
        expect(await lab.readMetric('errors')).toBeTypeOf('number');
      },
    );
    expect(bite).toEqual({ bit: true, evidence: 'stock: 2 of 2 invocations failed' });
    expect((await ask('page')).status).toBe(200);
  });

  it('cuts a zone off, and lets what was held back go on', async () => {
    let late: Promise<{ status: number }> | undefined;
    const bite = await during(
      'aws:network:disrupt-connectivity',
      { scope: 'availability-zone' },
      { service: 'network', zone: 'a' },
      async () => {
        const answers = [ask('page'), ask('page')];
        // One of the two replicas still reaches its stock.
        expect((await Promise.race(answers)).status).toBe(200);
        late = Promise.all(answers).then(([one, other]) => ({
          status: Math.max(one?.status ?? 0, other?.status ?? 0),
        }));
      },
    );
    expect(bite).toMatchObject({ bit: true, evidence: containing('page-1 to stock: cut') });
    expect((await late)?.status).toBe(200);
  });

  it('shifts traffic away from a zone', async () => {
    const bite = await during(
      'aws:arc:start-zonal-autoshift',
      { availabilityZoneIdentifier: 'eu-west-1a' },
      { service: 'page' },
      async () => {
        const answers = [await ask('page'), await ask('page'), await ask('page')];
        expect(answers.map(({ by }) => by)).toEqual(['page-2', 'page-2', 'page-2']);
      },
    );
    expect(bite.bit).toBe(true);
    const after = [await ask('page'), await ask('page')];
    expect(after.map(({ by }) => String(by)).toSorted()).toEqual(['page-1', 'page-2']);
  });

  it('runs a document on each replica', async () => {
    const bite = await during(
      'aws:ssm:send-command',
      { documentArn: 'look', documentParameters: '{"Load":"80"}' },
      { service: 'page' },
      () => new Promise(() => undefined),
    );
    expect(bite).toMatchObject({
      bit: true,
      evidence: containing('look on page-2 ended with exit code 0, and said last: page-2 {"Load":"80"}'),
    });
    const unknown = during(
      'aws:ssm:send-command',
      { documentArn: 'gone' },
      { service: 'page' },
      async () => undefined,
    );
    await expect(unknown).rejects.toThrow("no command for the document 'gone'");
  });
});
