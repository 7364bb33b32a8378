import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { probesSchema } from '../../lib/experiment/probe.ts';
import { isHttpProbe } from '../../lib/experiment/probe-kind.ts';
import { look } from '../../lib/run/looks/look.ts';
import type { EcsServiceState, GuardState } from '../../lib/run/ports.ts';
import { probeSpecs, see } from '../../lib/steady-state/probe-spec.ts';
import { createFakeSources, type FakeSources } from '../fakes/fake-sources.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';

const startMs = Date.parse('2026-01-01T00:00:00.000Z');
const stretch = { fromMs: startMs - 10_000, toMs: startMs };

/** What one look sees, without its time. */
async function seen(probe: object, sources: FakeSources) {
  const probes = probesSchema.parse({ it: probe });
  const [spec] = probeSpecs(probes);
  const { it: parsed } = probes;
  if (spec === undefined || parsed === undefined || isHttpProbe(parsed)) throw new Error('it is not polled');
  const looks = await look(
    createFakeSources(sources),
    createVirtualClock({ startMs }),
    spec,
    parsed,
    stretch,
  );
  return looks.map(({ atMs, ...outcome }) => {
    expect(atMs).toBeLessThanOrEqual(stretch.toMs);
    const { usable, failed } = see(spec, { at: new Date(atMs).toISOString(), probe: 'it', ...outcome });
    return { ...outcome, usable, failed };
  });
}

const well = { usable: true, failed: false };
const unknown = (error: string) => ({ error: `prober: ${error}`, usable: false, failed: false });

describe('a look at an alarm', () => {
  const alarm = { alarm: 'errors' };
  const inState = (state: GuardState['state']) => ({
    guards: [{ guard: 'errors', state, detail: 'it is so' }],
  });

  it('sees 0 while it is OK and 1 in ALARM', async () => {
    expect(await seen(alarm, inState('ok'))).toEqual([{ value: 0, ...well }]);
    expect(await seen(alarm, inState('alarm'))).toEqual([{ value: 1, ...well }]);
  });

  it.each(['no data', 'missing', 'unreadable'] as const)('knows nothing of one that is %s', async (state) => {
    expect(await seen(alarm, inState(state))).toEqual([unknown('it is so')]);
  });

  it('knows nothing of one that there is not', async () => {
    expect(await seen(alarm, { guards: [] })).toEqual([unknown("no guard is called 'errors'")]);
  });
});

describe('a look at an ECS service', () => {
  const of = (
    what: object,
    state: Partial<EcsServiceState>,
    health = { healthy: 1, unhealthy: 1, unknown: 1 },
  ) =>
    seen(
      { ecsService: { service: 'shop', ...what }, tolerances: { value: { above: 0 } } },
      { services: { shop: { state: () => state, health: () => health } } },
    );
  const deployments: EcsServiceState['deployments'] = [
    { rollout: 'in progress', failedTasks: 2 },
    { rollout: 'failed', failedTasks: 3 },
    { rollout: 'completed', failedTasks: 0 },
  ];

  it.each<[string, object, number]>([
    ['the share that runs', { shareOf: 'running' }, 0.5],
    ['the share that is healthy', { shareOf: 'healthy' }, 0.25],
    ['those that run', { numberOf: 'running' }, 2],
    ['those that are pending', { numberOf: 'pending' }, 1],
    ['those that are unhealthy', { numberOf: 'unhealthy' }, 1],
    ['deployments in progress', { numberOf: 'deployments' }, 1],
    ['deployments that failed', { numberOf: 'failedDeployments' }, 1],
    ['tasks that failed to start', { numberOf: 'failedTasks' }, 5],
  ])('sees %s', async (_what, what, value) => {
    expect(await of(what, { desired: 4, running: 2, pending: 1, deployments })).toEqual([{ value, ...well }]);
  });

  it('sees 0 where no task is left, also of health', async () => {
    const none = { healthy: 0, unhealthy: 0, unknown: 0 };
    expect(await of({ shareOf: 'running' }, { desired: 4, running: 0 })).toEqual([{ value: 0, ...well }]);
    expect(await of({ shareOf: 'healthy' }, { desired: 4, running: 0 }, none)).toEqual([
      { value: 0, ...well },
    ]);
  });

  it('knows no share of a service that wants no task', async () => {
    expect(await of({ shareOf: 'running' }, { desired: 0, running: 0 })).toEqual([
      unknown('shop wants no task, and a share of none is nothing'),
    ]);
  });

  it('knows nothing of health that no task tells', async () => {
    const untold = { healthy: 0, unhealthy: 0, unknown: 3 };
    for (const what of [{ shareOf: 'healthy' }, { numberOf: 'unhealthy' }])
      expect(await of(what, {}, untold)).toEqual([
        unknown('no task of shop says whether it is healthy: its containers need health checks'),
      ]);
  });

  it('knows nothing of deployments whose controller does not tell', async () => {
    expect(
      await of({ numberOf: 'deployments' }, { deployments: [{ rollout: undefined, failedTasks: 0 }] }),
    ).toEqual([unknown("the service's deployment controller does not say how its deployments go")]);
  });

  it('knows nothing of a service that is not there', async () => {
    expect(
      await seen(
        { ecsService: { service: 'shop', shareOf: 'running' }, tolerances: { value: { above: 0 } } },
        {},
      ),
    ).toEqual([unknown('there is no ECS service shop')]);
  });
});

describe('a look by a function', () => {
  const lambda = (more: object = {}) => ({
    lambda: { function: 'look', ...more },
    tolerances: { errorRate: { below: '1%' } },
  });
  const answering = (answer: string) => seen(lambda(), { functions: { look: async () => answer } });

  it.each([{ latencyMs: 12.5, status: 200, value: -3 }, { value: 0 }, { latencyMs: 0 }])(
    'sees what it answers: %j',
    async (answer) => {
      expect(await answering(JSON.stringify(answer))).toEqual([{ ...answer, ...well }]);
    },
  );

  it('sees a failure of the system in its error, and in a status that is no good answer', async () => {
    expect(await answering('{"error":"the queue is gone"}')).toEqual([
      { error: 'the queue is gone', usable: true, failed: true },
    ]);
    expect(await answering('{"status":503}')).toEqual([{ status: 503, usable: true, failed: true }]);
  });

  it('is handed its payload, an empty object where there is none', async () => {
    const given: string[] = [];
    const functions = {
      look: async (payload: string) => {
        given.push(payload);
        return '{"value":1}';
      },
    };
    await seen(lambda(), { functions });
    await seen(lambda({ payload: { queue: ['orders'] } }), { functions });
    expect(given).toEqual(['{}', '{"queue":["orders"]}']);
  });

  it.each([
    ['nothing', ''],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['no JSON', 'ok'],
    ['a text', '"ok"'],
    ['a list', '[1]'],
    ['a misspelt key', '{"vlaue":1}'],
    ['a value that is a text', '{"value":"1"}'],
    ['a value that is none', '{"value":null}'],
    ['more than a number holds', '{"value":1e999}'],
    ['a negative latency', '{"latencyMs":-1}'],
    ['an impossible status', '{"status":99}'],
    ['an empty error', '{"error":""}'],
  ])('knows nothing where it answers %s', async (_what, answer) => {
    const [only, ...more] = await answering(answer);
    expect(more).toEqual([]);
    expect(only).toMatchObject({ usable: false, failed: false });
    expect(only?.error).toMatch(/^prober: the answer of look is of another form: /);
  });

  it('knows nothing where it fails or is throttled', async () => {
    expect(
      await seen(lambda(), { functions: { look: () => Promise.reject(new Error('Rate exceeded')) } }),
    ).toEqual([unknown('Rate exceeded')]);
  });
});

describe('a look at a metric', () => {
  const metric = { metric: 'orders', tolerances: { value: { above: 0 } } };
  const reading = (values: readonly number[]) =>
    seen(metric, {
      read: async (_name, fromMs) => values.map((value, index) => ({ atMs: fromMs + index, value })),
    });

  it('sees each reading', async () => {
    expect(await reading([3, 0])).toEqual([
      { value: 3, ...well },
      { value: 0, ...well },
    ]);
  });

  it('sees that there is no data, which is no value', async () => {
    expect(await reading([])).toEqual([unknown('the metric orders has no data')]);
  });

  it('never uses what is no number', async () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      expect(await reading([value])).toEqual([unknown(`saw the value ${value}, which cannot be`)]);
  });
});

describe('a look of any kind', () => {
  const never = () => new Promise<never>(() => undefined);
  const probes: readonly object[] = [
    { metric: 'orders', tolerances: { value: { above: 0 } } },
    { alarm: 'errors' },
    { ecsService: { service: 'shop', numberOf: 'running' }, tolerances: { value: { above: 0 } } },
    { lambda: { function: 'look' }, tolerances: { value: { above: 0 } } },
  ];

  it.each(probes)('ends in time: %j', async (probe) => {
    const parsed = probesSchema.parse({ it: probe });
    const [spec] = probeSpecs(parsed);
    if (spec === undefined || parsed['it'] === undefined || isHttpProbe(parsed['it'])) throw new Error('no');
    const clock = createVirtualClock({ startMs });
    const stuck = {
      metrics: { read: never },
      guards: { read: never },
      ecsServices: { state: never, health: never },
      functions: { call: never },
    };
    const [only] = await look(stuck, clock, spec, parsed['it'], stretch);
    expect(only?.error).toBe('prober: nothing was seen within 10000 ms');
    expect(clock.now() - startMs).toBe(10_000);
    expect(clock.sleepers).toBe(0);
  });

  it('never sees a value that is no finite number, whatever its source says', async () => {
    const anything = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(Number.NaN, 1 / 0, -1 / 0));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...probes), anything, anything, async (probe, one, other) => {
        const looks = await seen(probe, {
          read: async () => [{ atMs: startMs - 1, value: one }],
          guards: [{ guard: 'errors', state: 'ok', detail: '' }],
          services: { shop: { state: () => ({ desired: other, running: one }) } },
          functions: { look: async () => `{"value":${one},"latencyMs":${other}}` },
        });
        for (const { value, latencyMs, error, usable } of looks) {
          expect(value === undefined || Number.isFinite(value)).toBe(true);
          expect(latencyMs === undefined || (Number.isFinite(latencyMs) && latencyMs >= 0)).toBe(true);
          expect(value !== undefined || error !== undefined).toBe(true);
          expect(usable).toBe(value !== undefined);
        }
      }),
      { numRuns: 200 },
    );
  });
});
