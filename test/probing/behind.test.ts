import { describe, expect, it } from 'vitest';
import { type HttpProbe, probeSchema } from '../../lib/experiment/probe.ts';
import { isHttpProbe } from '../../lib/experiment/probe-kind.ts';
import { withSources } from '../../lib/probing/behind.ts';
import { createHttpProber } from '../../lib/probing/http-prober.ts';
import { systemClock } from '../../lib/probing/system-clock.ts';
import type { MetricSource, ProbeOutcome } from '../../lib/run/ports.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';
import { serve } from './loopback.ts';

const fromStore = { service: 'store', path: '/newest', numberOf: '$.revision' };

function probeOf(source: object = fromStore): HttpProbe {
  const probe = probeSchema.parse({
    http: { service: 'shop', path: '/', behind: { at: '$.revision', source } },
    tolerances: { value: { below: 5 } },
  });
  if (!isHttpProbe(probe)) throw new Error('it is no http probe');
  return probe;
}

/** A shop whose answers are some way behind its store, on a clock of their own. */
function setUp(world: {
  shop: () => ProbeOutcome;
  store?: () => ProbeOutcome;
  read?: MetricSource['read'];
  tookMs?: number;
}) {
  const clock = createVirtualClock();
  const asked: string[] = [];
  const prober = withSources({
    clock,
    metrics: { read: world.read ?? (async () => []) },
    prober: {
      ask: async ({ definition: { http }, dueMs }) => {
        asked.push(http.service);
        await clock.sleep(world.tookMs ?? 0);
        const outcome = http.service === 'store' ? world.store?.() : world.shop();
        return { latencyMs: clock.now() - dueMs, ...outcome };
      },
    },
  });
  return {
    clock,
    asked,
    ask: (source?: object) =>
      prober.ask({ probe: 'lag', definition: probeOf(source), dueMs: clock.now(), timeoutMs: 2_000 }),
  };
}

const at = (value: number) => () => ({ status: 200, value });

describe('an answer that is compared with its source', () => {
  it('is as far behind as the source is ahead, and never less than not at all', async () => {
    expect(await setUp({ shop: at(7), store: at(10) }).ask()).toEqual({
      latencyMs: 0,
      status: 200,
      value: 3,
    });
    expect(await setUp({ shop: at(10), store: at(10) }).ask()).toMatchObject({ value: 0 });
    expect(await setUp({ shop: at(12), store: at(10) }).ask()).toMatchObject({ value: 0 });
  });

  it('is never behind for what came into the source after it was asked for', async () => {
    let newest = 10;
    const shop = () => {
      const answer = at(newest)();
      newest += 1;
      return answer;
    };
    const one = setUp({ shop, store: () => at(newest)() });
    for (let index = 0; index < 5; index += 1) {
      expect(await one.ask()).toMatchObject({ value: 0 });
      await one.clock.sleep(400);
    }
  });

  it('is taken for no slower than it was, however slow the source', async () => {
    const outcome = await setUp({ shop: at(7), store: at(10), tookMs: 300 }).ask();
    expect(outcome).toMatchObject({ latencyMs: 300, value: 3 });
  });

  it('shares a reading of the source with others of the same second', async () => {
    const one = setUp({ shop: at(7), store: at(10) });
    await Promise.all(Array.from({ length: 20 }, () => one.ask()));
    expect(one.asked.filter((service) => service === 'store')).toHaveLength(1);
    await one.clock.sleep(1_000);
    await one.ask();
    expect(one.asked.filter((service) => service === 'store')).toHaveLength(2);
  });

  it('does not wait for a source that it knows of some seconds ago', async () => {
    let tookMs = 0;
    const clock = createVirtualClock();
    const prober = withSources({
      clock,
      metrics: { read: async () => [] },
      prober: {
        ask: async ({ definition: { http } }) => {
          if (http.service !== 'store') return at(7)();
          await clock.sleep(tookMs);
          return at(10)();
        },
      },
    });
    const ask = () =>
      prober.ask({ probe: 'lag', definition: probeOf(), dueMs: clock.now(), timeoutMs: 2_000 });
    await ask();
    tookMs = 60_000;
    for (const waitMs of [2_000, 2_000]) {
      await clock.sleep(waitMs);
      const beforeMs = clock.now();
      expect(await ask()).toMatchObject({ value: 3 });
      expect(clock.now()).toBe(beforeMs);
    }
    await clock.sleep(2_000);
    const beforeMs = clock.now();
    expect(await ask()).toMatchObject({ value: 3 });
    expect(clock.now()).toBeGreaterThan(beforeMs + 50_000);
  });

  it('has its source asked from where it is asked itself', async () => {
    const asked: unknown[] = [];
    const prober = withSources({
      clock: createVirtualClock(),
      metrics: { read: async () => [] },
      prober: {
        ask: async ({ definition: { http } }) => {
          asked.push([http.service, http.from]);
          return at(10)();
        },
      },
    });
    const { http, ...definition } = probeOf();
    const inside = { ...definition, http: { ...http, from: 'inside' as const } };
    await prober.ask({ probe: 'lag', definition: inside, dueMs: 0, timeoutMs: 2_000 });
    expect(asked).toEqual([
      ['store', 'inside'],
      ['shop', 'inside'],
    ]);
  });

  it('is due when it was, where it is asked ahead of its time', async () => {
    const clock = createVirtualClock();
    const due: number[] = [];
    const prober = withSources({
      clock,
      metrics: { read: async () => [] },
      prober: {
        ask: async ({ definition: { http }, dueMs }) => {
          if (http.service === 'store') await clock.sleep(300);
          else due.push(dueMs);
          return at(10)();
        },
      },
    });
    const nowMs = clock.now();
    await prober.ask({ probe: 'lag', definition: probeOf(), dueMs: nowMs + 2_000, timeoutMs: 2_000 });
    expect(due).toEqual([nowMs + 2_000]);
  });

  it('is a failure where it fails itself, whatever of the source', async () => {
    const failed = { status: 500, error: 'status 500' };
    for (const store of [at(10), () => ({ error: 'ECONNREFUSED' })])
      expect(await setUp({ shop: () => failed, store }).ask()).toMatchObject(failed);
  });

  it.each<[string, ProbeOutcome]>([
    ['does not answer', { error: 'ECONNREFUSED' }],
    ['has no number', {}],
    ['has it where nobody can look', { error: 'prober: no URL is known of service store' }],
  ])('says nothing where the source %s', async (_what, outcome) => {
    const { error, value } = await setUp({ shop: at(7), store: () => outcome }).ask();
    expect(value).toBeUndefined();
    expect(error).toMatch(/^prober: the source could not be read: /);
  });

  it('may have a metric for its source, of which the newest reading counts', async () => {
    const read: MetricSource['read'] = async (name, _fromMs, toMs) => [
      { atMs: toMs - 120_000, value: name === 'revision' ? 8 : 0 },
      { atMs: toMs - 60_000, value: name === 'revision' ? 9 : 0 },
    ];
    expect(await setUp({ shop: at(7), read }).ask({ metric: 'revision' })).toMatchObject({ value: 2 });
  });

  it.each<[string, MetricSource['read']]>([
    ['has no data', async () => []],
    ['is no number', async (_name, _fromMs, toMs) => [{ atMs: toMs - 1, value: Number.NaN }]],
    ['cannot be read', () => Promise.reject(new Error('Rate exceeded'))],
  ])('says nothing where that metric %s', async (_what, read) => {
    const { error } = await setUp({ shop: at(7), read }).ask({ metric: 'revision' });
    expect(error).toMatch(/^prober: the source could not be read: /);
  });

  it('is asked for and compared over HTTP', async () => {
    const shop = await serve((_request, response) => response.end('{"revision": 41}'));
    const store = await serve((request, response) =>
      response.end(JSON.stringify({ revision: request.headers['x-key'] === 's3cr3t' ? 44 : 0 })),
    );
    const prober = withSources({
      clock: systemClock,
      metrics: { read: async () => [] },
      prober: createHttpProber({ clock: systemClock, urls: { shop, store }, secret: async () => 's3cr3t' }),
    });
    const source = { ...fromStore, headers: { 'x-key': { secret: 'key' } } };
    const outcome = await prober.ask({
      probe: 'lag',
      definition: probeOf(source),
      dueMs: systemClock.now(),
      timeoutMs: 5_000,
    });
    expect(outcome).toMatchObject({ status: 200, value: 3 });
  });

  it('leaves probes alone that compare nothing', async () => {
    const probe = probeSchema.parse({
      http: { service: 'shop', path: '/', numberOf: '$.revision' },
      tolerances: { value: { below: 5 } },
    });
    if (!isHttpProbe(probe)) throw new Error('it is no http probe');
    const outcome = { status: 200, value: 7 };
    const prober = withSources({
      clock: createVirtualClock(),
      metrics: { read: async () => [] },
      prober: { ask: async () => outcome },
    });
    expect(await prober.ask({ probe: 'it', definition: probe, dueMs: 0, timeoutMs: 1 })).toBe(outcome);
  });
});
