import { describe, expect, it } from 'vitest';
import { type HttpProbe, probesSchema } from '../../lib/experiment/probe.ts';
import { isHttpProbe } from '../../lib/experiment/probe-kind.ts';
import { answerBatch } from '../../lib/probing/answer-batch.ts';
import { type BatchDocument, batchAnswerSchema, batchSchema } from '../../lib/probing/batch.ts';
import { createRemotePoint } from '../../lib/probing/batching.ts';
import { createLocalVantageProber, createVantageProber } from '../../lib/probing/vantage-prober.ts';
import type { Clock, ProbeOutcome, ProbeRequest, Prober } from '../../lib/run/ports.ts';
import { sampleSlice } from '../../lib/run/sampler.ts';
import { isMark, type Sample } from '../../lib/steady-state/observation.ts';
import { probeSpecs } from '../../lib/steady-state/probe-spec.ts';
import { createFakeSources } from '../fakes/fake-sources.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';
import { answering } from './answering.ts';

const epoch = Date.parse('2026-01-01T00:00:00.000Z');
const tolerances = { p95: { below: '250ms' } };

const probesOf = (http: object, more: object = {}) =>
  probesSchema.parse({
    it: { http: { service: 'shop', path: '/', ...http }, rate: '20/s', tolerances, ...more },
  });

function only(probes: ReturnType<typeof probesOf>): HttpProbe {
  const probe = probes['it'];
  if (probe === undefined || !isHttpProbe(probe)) throw new Error('it is no http probe');
  return probe;
}

interface Elsewhere {
  readonly answers?: (dueMs: number) => ProbeOutcome;
  /** How long a call takes to get there, and its answer to come back. */
  readonly onTheWayMs?: number;
  readonly clockIsOffMs?: number;
  readonly call?: (batch: BatchDocument, signal: AbortSignal) => Promise<never>;
}

/** Vantage points that answer as the deployed function does, but for the wire. */
function vantage(
  points: Readonly<Record<string, Elsewhere>>,
  hereAnswers: () => ProbeOutcome = () => ({ status: 200, latencyMs: 5 }),
) {
  const clock = createVirtualClock({ startMs: epoch });
  const batches: { readonly point: string; readonly atMs: number; readonly batch: BatchDocument }[] = [];
  const remotes = Object.entries(points).map(([name, elsewhere]) => {
    const { answers = () => ({ status: 200, latencyMs: 20 }), onTheWayMs = 30, clockIsOffMs = 0 } = elsewhere;
    const theirs: Clock = { ...clock, now: () => clock.now() + clockIsOffMs };
    const point = createRemotePoint({
      name,
      clock,
      common: { services: { shop: 'http://shop' }, secrets: {}, selfCheck: { url: 'http://x' } },
      call: async (batch, signal) => {
        batches.push({ point: name, atMs: clock.now() - epoch, batch });
        if (elsewhere.call !== undefined) return elsewhere.call(batch, signal);
        await clock.sleep(onTheWayMs);
        const sent: unknown = JSON.parse(JSON.stringify(batch));
        const answer = await answerBatch(batchSchema.parse(sent), {
          clock: theirs,
          prober: answering(clock, answers),
        });
        await clock.sleep(onTheWayMs);
        return batchAnswerSchema.parse(JSON.parse(JSON.stringify(answer)));
      },
    });
    return [name, point] as const;
  });
  const prober = createVantageProber({
    clock,
    here: answering(clock, hereAnswers),
    points: Object.fromEntries(remotes),
  });
  return { clock, batches, prober };
}

async function observe(
  { clock, prober }: Pick<ReturnType<typeof vantage>, 'clock' | 'prober'>,
  probes: ReturnType<typeof probesOf>,
  lastsMs = 10_000,
  onPending: (dueMs: readonly number[], nowMs: number) => void = () => undefined,
): Promise<Sample[]> {
  const observed = await sampleSlice({
    clock,
    prober,
    ...createFakeSources({}),
    specs: probeSpecs(probes),
    probes,
    seed: 1,
    phaseStartMs: epoch,
    fromMs: epoch,
    untilMs: epoch + lastsMs,
    onSample: () => undefined,
    onPending: (_, dueMs) => onPending(dueMs, clock.now()),
    onTick: async () => false,
  });
  return observed.flatMap((one) => (isMark(one) ? [] : [one]));
}

const ofProber = (samples: readonly Sample[]) => samples.filter(({ error }) => error?.startsWith('prober: '));

describe('probing from vantage points', () => {
  it('shares requests out in turns, and says of each where it was asked from', async () => {
    const two = vantage({ zoneA: {}, zoneB: {} });
    const samples = await observe(two, probesOf({ from: 'inside' }));
    expect(samples).toHaveLength(200);
    const places = samples.map(({ from }) => from);
    expect(places.slice(0, 4)).toEqual(['zoneA', 'zoneB', 'zoneA', 'zoneB']);
    expect(places.filter((from) => from === 'zoneA')).toHaveLength(100);
  });

  it('asks from the runner, too, where that is named', async () => {
    const mixed = vantage({ zoneA: {} });
    const samples = await observe(mixed, probesOf({ from: ['zoneA', 'outside'] }));
    expect(new Set(samples.map(({ from, latencyMs }) => `${from} ${latencyMs}`)).size).toBeGreaterThanOrEqual(
      2,
    );
    expect(samples.filter(({ from }) => from === 'outside')).toHaveLength(100);
    expect(samples.filter(({ from, latencyMs }) => from === 'outside' && latencyMs !== 5)).toEqual([]);
  });

  it('leaves to the runner what names no vantage point, and takes no turns there', async () => {
    const one = vantage({ zoneA: {} });
    const samples = await observe(one, probesOf({}));
    expect(samples.filter(({ from }) => from !== undefined)).toEqual([]);
    expect(one.batches).toEqual([]);
    expect(one.prober.leadMs?.(only(probesOf({})))).toBe(0);
  });

  it('calls each vantage point about once a second, a second before its first request is due', async () => {
    const one = vantage({ zoneA: {} });
    const samples = await observe(one, probesOf({ from: 'inside' }), 20_000);
    expect(one.batches.length).toBeGreaterThanOrEqual(18);
    expect(one.batches.length).toBeLessThanOrEqual(23);
    for (const { atMs, batch } of one.batches.slice(2)) {
      const firstMs = Math.min(...batch.asks.map(({ dueMs }) => dueMs)) - epoch;
      expect(firstMs - atMs).toBeGreaterThanOrEqual(990);
      expect(firstMs - atMs).toBeLessThanOrEqual(2_001);
    }
    // What was due before the first call could arrive was late, and is told as that.
    expect(ofProber(samples).length).toBeLessThanOrEqual(2);
    expect(samples).toHaveLength(400);
  });

  it('tells within about a second what came of a request', async () => {
    const one = vantage({ zoneA: {} });
    let heard = 0;
    const late: number[] = [];
    const listening: Prober = {
      ...one.prober,
      ask: async (request) => {
        const outcome = await one.prober.ask(request);
        heard += 1;
        late.push(one.clock.now() - request.dueMs);
        return outcome;
      },
    };
    await observe({ clock: one.clock, prober: listening }, probesOf({ from: 'inside' }), 20_000);
    expect(heard).toBe(400);
    expect(Math.max(...late.slice(40))).toBeLessThan(1_300);
  });

  it('tells the watch of what hangs, and never of what was only not told yet', async () => {
    const well = vantage({ zoneA: {} });
    await observe(well, probesOf({ from: 'inside' }), 10_000, (dueMs) => expect(dueMs).toEqual([]));
    const hangs = vantage({
      zoneA: { answers: (dueMs) => ({ status: 200, latencyMs: dueMs < epoch + 5_000 ? 20 : 60_000 }) },
    });
    let firstMs: number | undefined;
    await observe(hangs, probesOf({ from: 'inside' }, { timeout: '8s' }), 10_000, (dueMs, nowMs) => {
      for (const due of dueMs) {
        expect(due).toBeGreaterThanOrEqual(epoch + 5_000);
        if (nowMs - due >= 250) firstMs ??= nowMs - epoch;
      }
    });
    expect(firstMs).toBeLessThan(7_500);
  });
});

describe('a vantage point that is broken', () => {
  it.each<[string, Elsewhere, string]>([
    [
      'is throttled',
      { call: () => Promise.reject(new Error('Rate Exceeded.')) },
      'prober: vantage point zoneA: Rate Exceeded.',
    ],
    [
      'never answers',
      { call: () => new Promise(() => undefined) },
      'prober: vantage point zoneA: no answer within ',
    ],
    ['has a clock that is ahead', { clockIsOffMs: 400 }, 'prober: vantage point zoneA: its clock is '],
    ['has a clock that is behind', { clockIsOffMs: -400 }, 'prober: vantage point zoneA: its clock is '],
    ['is so far away that it is late', { onTheWayMs: 2_500 }, 'prober: '],
  ])('makes samples that say nothing of the system: it %s', async (_what, elsewhere, words) => {
    const broken = vantage({ zoneA: elsewhere });
    const samples = await observe(broken, probesOf({ from: 'inside' }), 5_000);
    expect(samples).toHaveLength(100);
    expect(ofProber(samples)).toHaveLength(100);
    for (const { error } of samples) expect(error).toContain(words);
    expect(broken.clock.now() - epoch).toBeLessThan(5_000 + 2_000 + 5_000);
  });

  it('spoils no sample of another', async () => {
    const half = vantage({
      zoneA: { call: () => Promise.reject(new Error('the function failed')) },
      zoneB: {},
    });
    const samples = await observe(half, probesOf({ from: 'inside' }));
    expect(ofProber(samples).filter(({ from }) => from === 'zoneA')).toHaveLength(100);
    expect(ofProber(samples).filter(({ from }) => from === 'zoneB').length).toBeLessThanOrEqual(1);
  });

  it('that nobody declares is the prober’s own failure', async () => {
    const samples = await observe(vantage({ zoneA: {} }), probesOf({ from: ['zoneC'] }), 1_000);
    expect(new Set(samples.map(({ error }) => error))).toEqual(
      new Set(['prober: no vantage point is called zoneC']),
    );
  });
});

describe('a counter that several vantage points read', () => {
  it('is followed as one', async () => {
    const stands = vantage({
      zoneA: { answers: (dueMs) => ({ status: 200, latencyMs: 20, value: Math.min(dueMs - epoch, 4_000) }) },
      zoneB: { answers: (dueMs) => ({ status: 200, latencyMs: 20, value: Math.min(dueMs - epoch, 4_000) }) },
    });
    const samples = await observe(stands, probesOf({ from: 'inside', growthOf: '$.n' }));
    const last = samples.at(-1);
    expect(last?.value).toBeGreaterThan(5.5);
    expect(last?.value).toBeLessThan(6.1);
    expect(samples.filter(({ at, value }) => Date.parse(at) < epoch + 3_900 && (value ?? 0) > 0.2)).toEqual(
      [],
    );
    expect(stands.batches[0]?.batch.probes['it']).toMatchObject({ http: { numberOf: '$.n' } });
  });
});

describe('self-checks of vantage points', () => {
  it('are each tried from where they are', async () => {
    const three = vantage({
      zoneA: {},
      zoneB: { call: () => Promise.reject(new Error('Rate Exceeded.')) },
      zoneC: { call: () => new Promise(() => undefined) },
    });
    expect(await three.prober.selfChecks?.()).toEqual([
      { from: 'outside', url: 'http://x' },
      { from: 'zoneA', url: 'http://x' },
      { from: 'zoneB', url: 'http://x', failed: 'vantage point zoneB: Rate Exceeded.' },
      { from: 'zoneC', url: 'http://x', failed: 'vantage point zoneC: no answer within 10.0 s' },
    ]);
  });

  it('count only where they worked', async () => {
    const two = vantage({ zoneA: {}, zoneB: {} });
    const definition = only(probesOf({ from: 'inside' }));
    const request = (turn: number): ProbeRequest => ({
      probe: 'it',
      definition,
      dueMs: epoch + 3_000,
      timeoutMs: 100,
      turn,
      selfChecks: ['zoneB'],
    });
    await Promise.all([two.prober.ask(request(0)), two.prober.ask(request(1))]);
    expect(two.batches.map(({ point, batch }) => [point, batch.selfCheckWorks])).toEqual([
      ['zoneA', false],
      ['zoneB', true],
    ]);
  });
});

describe('a lab', () => {
  it('is one machine, whatever its vantage points are called', async () => {
    const clock = createVirtualClock({ startMs: epoch });
    const prober = createLocalVantageProber(answering(clock, () => ({ status: 200, latencyMs: 1 })));
    const placesOf = async (from: object) =>
      (await observe({ clock: createVirtualClock({ startMs: epoch }), prober }, probesOf(from), 200)).map(
        (sample) => sample.from,
      );
    expect(await placesOf({})).toEqual([undefined, undefined, undefined, undefined]);
    expect(await placesOf({ from: 'inside' })).toEqual(['inside', 'inside', 'inside', 'inside']);
    expect(await placesOf({ from: ['zoneA', 'zoneB'] })).toEqual(['zoneA', 'zoneB', 'zoneA', 'zoneB']);
  });
});
