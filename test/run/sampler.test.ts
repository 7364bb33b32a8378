import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueTimeMs } from '../../lib/run/due-times.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';
import { dueTimes, epoch, http, seed, slice, tolerances, twenty } from './sampled-slice.ts';

describe('sampling a slice', () => {
  it('asks at exactly the times that are due, however slow the answers', async () => {
    const slow = slice(twenty, { answers: () => ({ status: 200, latencyMs: 1_500 }) });
    const samples = await slow.observe({ fromMs: epoch, untilMs: epoch + 5_000 });
    expect(slow.asked.map(({ sentMs }) => sentMs - epoch)).toEqual(dueTimes('products', 50, 100));
    expect(slow.asked.map(({ dueMs }) => dueMs)).toEqual(slow.asked.map(({ sentMs }) => sentMs));
    expect(slow.most()).toBeGreaterThanOrEqual(29);
    expect(samples).toHaveLength(100);
    expect(samples.map(({ at }) => at)).toEqual(slow.asked.map(({ dueMs }) => new Date(dueMs).toISOString()));
  });

  it('returns once every request is answered or timed out, and not before its time', async () => {
    const hung = slice(twenty, { answers: () => ({ latencyMs: 60_000, error: 'no answer within 2000 ms' }) });
    const samples = await hung.observe({ fromMs: epoch, untilMs: epoch + 1_000 });
    expect(hung.underWay()).toBe(0);
    expect(samples).toHaveLength(20);
    expect(hung.clock.now() - epoch).toBeGreaterThanOrEqual(
      2_000 + (dueTimes('products', 50, 20).at(-1) ?? 0),
    );
    const quick = slice({ products: { http, rate: '1/s', tolerances } });
    await quick.observe({ fromMs: epoch, untilMs: epoch + 1_000 });
    expect(quick.clock.now() - epoch).toBeGreaterThanOrEqual(1_000);
  });

  it('never sends a request twice, and skips none but those due while it was between two slices', async () => {
    const rates = fc.constantFrom('1/s', '3/s', '7/s', '30/s', '33/s', '90/m', '47/m');
    const slices = fc.array(
      fc.record({ lastsMs: fc.integer({ min: 200, max: 4_000 }), pauseMs: fc.integer({ min: 0, max: 700 }) }),
      {
        minLength: 2,
        maxLength: 4,
      },
    );
    await fc.assert(
      fc.asyncProperty(rates, slices, async (rate, parts) => {
        const one = slice({ a: { http, rate, tolerances }, b: { http, rate: '4/s', tolerances } });
        const awake: [number, number][] = [];
        for (const { lastsMs, pauseMs } of parts) {
          const fromMs = one.clock.now();
          await one.observe({ fromMs, untilMs: fromMs + lastsMs });
          awake.push([fromMs, fromMs + lastsMs]);
          if (pauseMs > 0) await one.clock.sleep(pauseMs);
        }
        const due = one.asked.filter(({ probe }) => probe === 'a').map(({ dueMs }) => dueMs);
        expect(new Set(due).size).toBe(due.length);
        const [number, unit] = rate.split('/');
        const intervalMs = 1_000 / (Number(number) / (unit === 'm' ? 60 : 1));
        const expected = [];
        for (let index = 0; epoch + index * intervalMs < one.clock.now(); index += 1) {
          const dueMs = dueTimeMs({ seed, probe: 'a', index, startMs: epoch, intervalMs });
          // At the very edge of a slice rounding may put it on either side.
          if (awake.some(([from, until]) => dueMs >= from + 0.001 && dueMs < until - 0.001))
            expected.push(dueMs);
        }
        for (const dueMs of expected) expect(due.some((one) => Math.abs(one - dueMs) < 0.001)).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  it('goes on with the same beat in the next slice', async () => {
    const one = slice({ products: { http, rate: '30/s', tolerances } });
    await one.observe({ fromMs: epoch, untilMs: epoch + 1_000 });
    await one.observe({ fromMs: one.clock.now(), untilMs: epoch + 2_000 });
    expect(one.asked.map(({ dueMs }) => dueMs - epoch)).toEqual(dueTimes('products', 1_000 / 30, 60));
  });

  it('does not send what it is late for, and takes the blame', async () => {
    const clock = createVirtualClock({ startMs: epoch });
    const until = { stallMs: 0 };
    const stalling = {
      ...clock,
      // The process is not scheduled for a while, once.
      sleep: async (ms: number, signal?: AbortSignal) => {
        if (ms >= 100 || clock.now() - epoch < 1_000) return clock.sleep(ms, signal);
        if (until.stallMs === 0) until.stallMs = clock.now() + 400;
        return clock.sleep(Math.max(ms, until.stallMs - clock.now()), signal);
      },
    };
    const one = slice({ products: { http, rate: '20/s', tolerances } }, { clock: stalling });
    const samples = await one.observe({ fromMs: epoch, untilMs: epoch + 3_000 });
    const late = samples.filter(({ error }) => error?.startsWith('prober: ') === true);
    for (const { dueMs, sentMs } of one.asked) expect(sentMs - dueMs).toBeLessThanOrEqual(100);
    // Woken 400 ms too late, it sends those of the last 100 ms still.
    expect(late.length).toBeGreaterThanOrEqual(5);
    expect(late.length).toBeLessThanOrEqual(8);
    expect(late[0]?.error).toMatch(/^prober: \d+ ms late in asking$/);
    expect(one.asked).toHaveLength(60 - late.length);
    expect(samples).toHaveLength(60);
  });

  it('takes a prober that throws for a prober that is broken', async () => {
    const one = slice(twenty);
    const samples = await one.observe({
      fromMs: epoch,
      untilMs: epoch + 500,
      prober: { ask: () => Promise.reject(new Error('out of sockets')) },
    });
    expect(samples).toHaveLength(10);
    for (const { error } of samples) expect(error).toBe('prober: out of sockets');
  });

  it('fails when what looks on fails, once the requests under way have ended', async () => {
    const one = slice(twenty, { answers: () => ({ status: 200, latencyMs: 1_900 }) });
    const observing = one.observe({
      fromMs: epoch,
      untilMs: epoch + 5_000,
      onTick: async (nowMs) => {
        if (nowMs > epoch + 1_000) throw new Error('nobody answers');
        return false;
      },
    });
    await expect(observing).rejects.toThrow('nobody answers');
    expect(one.underWay()).toBe(0);
    expect(one.clock.now() - epoch).toBeLessThan(3_200);
  });

  it('ends early when it is told to', async () => {
    const one = slice(twenty);
    await one.observe({
      fromMs: epoch,
      untilMs: epoch + 60_000,
      onTick: async (nowMs) => nowMs >= epoch + 2_000,
    });
    expect(one.clock.now() - epoch).toBeLessThan(2_200);
  });

  it('tells until when every answer is in', async () => {
    const one = slice(twenty, {
      answers: ({ dueMs }) => ({ status: 200, latencyMs: dueMs < epoch + 50 ? 1_200 : 5 }),
    });
    const settled: [number, number][] = [];
    await one.observe({
      fromMs: epoch,
      untilMs: epoch + 2_000,
      onTick: async (nowMs, settledMs) => {
        settled.push([nowMs - epoch, settledMs - epoch]);
        return false;
      },
    });
    for (const [nowMs, settledMs] of settled) {
      if (nowMs > 50 && nowMs < 1_200) expect(settledMs).toBeLessThan(50);
      if (nowMs > 1_250) expect(settledMs).toBeGreaterThanOrEqual(nowMs - 5);
    }
  });

  it('has nothing to ask in a slice whose time is over, or is none', async () => {
    const one = slice(twenty);
    expect(await one.observe({ fromMs: epoch, untilMs: epoch })).toEqual([]);
    expect(await one.observe({ fromMs: epoch, untilMs: epoch - 5_000 })).toEqual([]);
    expect(one.clock.now()).toBe(epoch);
  });

  it('reads each stretch of a metric once, as late as its data may come', async () => {
    const asked: [number, number][] = [];
    const one = slice(
      { orders: { metric: 'orders', every: '5s', delay: '20s', tolerances: { value: { above: 1 } } } },
      {
        read: async (_metric, fromMs, toMs) => {
          asked.push([fromMs - epoch, toMs - epoch]);
          return [{ atMs: fromMs + 1_000, value: 3 }];
        },
      },
    );
    const samples = await one.observe({ fromMs: epoch, untilMs: epoch + 15_000 });
    expect(asked).toEqual([
      [-25_000, -20_000],
      [-20_000, -15_000],
      [-15_000, -10_000],
    ]);
    expect(samples.map(({ at, value }) => [Date.parse(at) - epoch, value])).toEqual([
      [-24_000, 3],
      [-19_000, 3],
      [-14_000, 3],
    ]);
  });

  it('takes a metric that cannot be read for the prober’s own failure', async () => {
    const one = slice(
      { orders: { metric: 'orders', every: '5s', tolerances: { value: { above: 1 } } } },
      { read: () => Promise.reject(new Error('access denied')) },
    );
    const [sample] = await one.observe({ fromMs: epoch, untilMs: epoch + 1_000 });
    expect(sample).toMatchObject({ probe: 'orders', error: 'prober: access denied' });
  });
});
