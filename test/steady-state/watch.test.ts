import { describe, expect, it } from 'vitest';
import { probesSchema } from '../../lib/experiment/probe.ts';
import { type ProbeSpec, probeSpecs, type Seen } from '../../lib/steady-state/probe-spec.ts';
import { createWatch, type Watch, watchDigestSchema } from '../../lib/steady-state/watch.ts';

const specs = (definition: Readonly<Record<string, unknown>>): ProbeSpec[] =>
  probeSpecs(probesSchema.parse(definition));
const http = { service: 'shop', path: '/products' };
const latency = specs({
  products: { http, rate: '20/s', tolerances: { p95: { below: '250ms', missedFor: '5s' } } },
});
const age = specs({
  freshness: {
    http: { ...http, ageOf: '$.readAt' },
    rate: '20/s',
    tolerances: { age: { below: '5s', missedFor: '5s' } },
  },
});

const seen = (atMs: number, latencyMs: number, value?: number): Seen => ({
  atMs,
  usable: true,
  failed: false,
  latencyMs,
  value,
});

/** Feeds a watch as a run does, every 100 ms, each answer after its latency; gives when and why it would halt. */
function follow(watch: Watch, probe: string, samples: readonly Seen[], untilMs: number) {
  const left = [...samples].sort((a, b) => a.atMs + (a.latencyMs ?? 0) - b.atMs - (b.latencyMs ?? 0));
  for (let nowMs = 100; nowMs <= untilMs; nowMs += 100) {
    while (left[0] !== undefined && left[0].atMs + (left[0].latencyMs ?? 0) <= nowMs) {
      const [next] = left.splice(0, 1);
      if (next !== undefined) watch.add(probe, next);
    }
    const settledMs = Math.min(nowMs, ...left.filter(({ atMs }) => atMs <= nowMs).map(({ atMs }) => atMs));
    const alarm = watch.tick(nowMs, settledMs);
    if (alarm !== undefined) return alarm;
  }
  return undefined;
}

const every = (intervalMs: number, untilMs: number, look: (atMs: number) => Seen): Seen[] =>
  Array.from({ length: Math.ceil(untilMs / intervalMs) }, (_, index) => look(index * intervalMs));

describe('the watch', () => {
  it.each([0, 3_000, 3_300, 3_700, 3_950])(
    'halts within the allowed time and a second of a latency that rises at %d ms',
    (fromMs) => {
      const slowFrom = every(50, 15_000, (atMs) => seen(atMs, atMs >= fromMs ? 400 : 20));
      const alarm = follow(createWatch(latency, 0), 'products', slowFrom, 15_000);
      expect(alarm).toMatchObject({ by: 'watch', probe: 'products', tolerance: 'p95' });
      expect((alarm?.atMs ?? 0) - fromMs).toBeGreaterThan(4_500);
      expect((alarm?.atMs ?? 0) - fromMs).toBeLessThanOrEqual(6_000 + 400);
    },
  );

  it('halts for an age as soon as it lasts too long', () => {
    const stale = every(50, 15_000, (atMs) => seen(atMs, 10, atMs >= 3_000 ? 9 : 1));
    const alarm = follow(createWatch(age, 0), 'freshness', stale, 15_000);
    expect(alarm).toMatchObject({ by: 'watch', tolerance: 'age' });
    expect((alarm?.atMs ?? 0) - 3_000).toBeGreaterThan(5_000);
    expect((alarm?.atMs ?? 0) - 3_000).toBeLessThan(5_300);
  });

  it('leaves what comes back in time alone', () => {
    const bursts = every(50, 90_000, (atMs) => seen(atMs, atMs % 30_000 < 4_500 ? 400 : 20));
    expect(follow(createWatch(latency, 0), 'products', bursts, 90_000)).toBeUndefined();
  });

  it('does not leave alone what comes back in time again and again', () => {
    const bursts = every(50, 60_000, (atMs) => seen(atMs, atMs % 8_000 < 4_000 ? 400 : 20));
    const alarm = follow(createWatch(latency, 0), 'products', bursts, 60_000);
    expect(alarm).toMatchObject({ by: 'watch', tolerance: 'p95' });
    expect(alarm?.reason).toContain('on the whole');
  });

  it('ends a small rise that no streak shows, once it is sure', () => {
    const rise = every(50, 120_000, (atMs) => seen(atMs, atMs > 20_000 && (atMs / 50) % 7 === 0 ? 400 : 20));
    const alarm = follow(createWatch(latency, 0), 'products', rise, 120_000);
    expect(alarm?.by).toBe('watch');
    expect(alarm?.atMs).toBeGreaterThan(25_000);
    expect(alarm?.sinceMs).toBeGreaterThan(19_000);
  });

  it('counts a request that is under way as soon as it is late', () => {
    const watch = createWatch(latency, 0);
    const under: number[] = [];
    let alarm: ReturnType<Watch['tick']>;
    for (let nowMs = 100; nowMs <= 20_000 && alarm === undefined; nowMs += 100) {
      under.push(nowMs - 100, nowMs - 50);
      watch.pending(
        'products',
        under.filter((dueMs) => nowMs - dueMs < 2_000),
      );
      for (const dueMs of under.filter((due) => nowMs - due === 2_000))
        watch.add('products', { ...seen(dueMs, 2_000), failed: true });
      alarm = watch.tick(nowMs, nowMs - 2_000);
    }
    expect(alarm).toMatchObject({ by: 'watch', tolerance: 'p95' });
    expect(alarm?.atMs).toBeGreaterThan(5_000);
    expect(alarm?.atMs).toBeLessThan(6_000);
  });

  it('leaves a share that the tolerance allows alone', () => {
    const few = every(50, 30_000, (atMs) => seen(atMs, atMs % 1_000 === 0 ? 400 : 20));
    expect(follow(createWatch(latency, 0), 'products', few, 30_000)).toBeUndefined();
  });

  it('is blind when nothing usable comes for longer than it may', () => {
    const until = every(50, 4_000, (atMs) => seen(atMs, 20));
    const alarm = follow(createWatch(latency, 0), 'products', until, 30_000);
    expect(alarm?.by).toBe('blind');
    expect(alarm?.atMs).toBeGreaterThan(13_900);
    expect(alarm?.atMs).toBeLessThan(14_200);
    const nothing = follow(createWatch(latency, 0), 'products', [], 30_000);
    expect(nothing).toMatchObject({ by: 'blind', atMs: 10_100 });
  });

  it('waits for a slow metric three of its intervals and its delay', () => {
    const [metric] = specs({
      orders: { metric: 'orders', every: '20s', delay: '30s', tolerances: { value: { above: 1 } } },
    });
    const alarm = follow(createWatch(metric === undefined ? [] : [metric], 0), 'orders', [], 120_000);
    expect(alarm).toMatchObject({ by: 'blind', atMs: 90_100 });
  });

  it('judges a metric that is slower than any window', () => {
    const slow = specs({
      orders: { metric: 'orders', every: '30s', tolerances: { value: { above: 10, missedFor: '5s' } } },
    });
    const once = every(30_000, 180_000, (atMs) => seen(atMs, 0, atMs === 60_000 ? 5 : 50));
    expect(follow(createWatch(slow, 0), 'orders', once, 180_000)).toBeUndefined();
    const twice = every(30_000, 180_000, (atMs) => seen(atMs, 0, atMs >= 60_000 && atMs <= 90_000 ? 5 : 50));
    expect(follow(createWatch(slow, 0), 'orders', twice, 180_000)).toMatchObject({
      by: 'watch',
      atMs: 90_000,
    });
  });

  it('leaves what a late metric says of the time before alone', () => {
    const late = specs({ orders: { metric: 'orders', every: '5s', tolerances: { value: { above: 10 } } } });
    const watch = createWatch(late, 100_000);
    watch.add('orders', seen(80_000, 0, 1));
    watch.add('orders', seen(99_000, 0, 1));
    expect(watch.tick(100_100)).toBeUndefined();
    watch.add('orders', seen(104_000, 0, 50));
    expect(watch.finish(105_000)).toBeUndefined();
  });

  it('goes on where its digest left off, over the border of a slice', () => {
    const slow = every(50, 4_000, (atMs) => seen(atMs, 400));
    const first = createWatch(latency, 0);
    for (const one of slow) first.add('products', one);
    expect(first.finish(4_000)).toBeUndefined();
    const digest = watchDigestSchema.parse(JSON.parse(JSON.stringify(first.digest())));
    const second = createWatch(latency, 0, digest);
    for (let atMs = 4_000; atMs < 6_000; atMs += 50) second.add('products', seen(atMs, 400));
    expect(second.finish(6_000)).toMatchObject({ by: 'watch', tolerance: 'p95' });
    const fresh = createWatch(latency, 0);
    for (let atMs = 4_000; atMs < 6_000; atMs += 50) fresh.add('products', seen(atMs, 400));
    expect(fresh.finish(6_000)).toBeUndefined();
  });

  it('hands out each window once, whole', () => {
    const watch = createWatch(latency, 0);
    for (let atMs = 0; atMs < 3_000; atMs += 50) watch.add('products', seen(atMs, 20));
    watch.tick(3_000, 2_500);
    expect(watch.takeWindows().map(({ startMs, endMs, count }) => [startMs, endMs, count])).toEqual([
      [0, 1_000, 20],
      [1_000, 2_000, 20],
    ]);
    watch.finish(3_000);
    expect(watch.takeWindows().map(({ startMs }) => startMs)).toEqual([2_000]);
    expect(watch.takeWindows()).toEqual([]);
  });

  it('leaves a probe that it does not know alone', () => {
    const watch = createWatch(latency, 0);
    watch.add('another', seen(0, 400));
    watch.finish(1_000);
    expect(watch.takeWindows()).toEqual([]);
  });
});
