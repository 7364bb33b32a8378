import { describe, expect, it } from 'vitest';
import { epoch, http, slice, tolerances, twenty } from './sampled-slice.ts';

describe('requests under way', () => {
  it('does not wait for ever for a prober that tells nothing, and never has more under way than it can', async () => {
    const one = slice({ products: { http, rate: '100/s', timeout: '100ms', tolerances } });
    let underWay = 0;
    let most = 0;
    const samples = await one.observe({
      fromMs: epoch,
      untilMs: epoch + 5_000,
      prober: {
        ask: () => {
          underWay += 1;
          most = Math.max(most, underWay);
          return new Promise(() => undefined);
        },
      },
    });
    expect(samples).toHaveLength(500);
    const reasons = new Set(samples.map(({ error }) => error));
    expect([...reasons]).toEqual([
      'prober: it did not say what came of this, though its time is long over',
      'prober: 311 requests are under way, more than this rate and time-out can have, so it was not sent',
    ]);
    expect(one.clock.now() - epoch).toBeLessThan(8_500);
  });

  it('hands requests over ahead to a prober that wants them so', async () => {
    const one = slice(twenty);
    const handed: number[] = [];
    await one.observe({
      fromMs: epoch,
      untilMs: epoch + 3_000,
      prober: {
        leadMs: () => 1_000,
        ask: async ({ dueMs }) => {
          handed.push(dueMs - one.clock.now());
          await one.clock.sleep(dueMs - one.clock.now() + 20);
          return { status: 200, latencyMs: 20 };
        },
      },
    });
    expect(handed).toHaveLength(60);
    expect(Math.max(...handed)).toBeLessThanOrEqual(1_000);
    expect(handed.slice(25).every((ms) => Math.abs(ms - 1_000) < 0.001)).toBe(true);
  });

  it('tells every 100 ms which requests are under way', async () => {
    const one = slice(twenty, { answers: ({ dueMs }) => ({ latencyMs: dueMs < epoch + 500 ? 900 : 1 }) });
    let last: readonly number[] = [];
    const oldest: [number, number, number][] = [];
    await one.observe({
      fromMs: epoch,
      untilMs: epoch + 2_000,
      onPending: (probe, dueMs) => {
        expect(probe).toBe('products');
        last = dueMs;
      },
      onTick: async (nowMs) => {
        oldest.push([nowMs - epoch, last.length, nowMs - Math.min(nowMs, ...last)]);
        return false;
      },
    });
    expect(oldest.length).toBeGreaterThanOrEqual(19);
    for (const [nowMs, count, ageMs] of oldest) {
      if (nowMs > 200 && nowMs <= 900) expect(count).toBeGreaterThan(2);
      expect(ageMs).toBeLessThan(901);
      if (nowMs >= 1_500) expect(count).toBe(0);
    }
    expect(oldest.some(([, , ageMs]) => ageMs > 700)).toBe(true);
  });
});
