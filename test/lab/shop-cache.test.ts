import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refreshingCache } from '../../experiments/labs/shop/cache.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A cache over a source whose answers the test gives. */
function cacheOver(servedForMs: number) {
  const pending: { readonly resolve: (value: number) => void; readonly reject: (error: Error) => void }[] =
    [];
  const failures: unknown[] = [];
  const cache = refreshingCache<number>({
    read: () => new Promise((resolve, reject) => pending.push({ resolve, reject })),
    ttlMs: 500,
    servedForMs,
    onRefreshFailed: (error) => failures.push(error),
  });
  return { cache, pending, failures };
}

async function warmCache(servedForMs = 2_500) {
  const parts = cacheOver(servedForMs);
  const first = parts.cache.get();
  parts.pending[0]?.resolve(1);
  expect(await first).toEqual({ value: 1, served: 'MISS' });
  return parts;
}

describe("the shop's cache", () => {
  it('serves a fresh entry without reading', async () => {
    const { cache, pending } = await warmCache();
    vi.advanceTimersByTime(500);
    expect(await cache.get()).toEqual({ value: 1, served: 'HIT' });
    expect(pending).toHaveLength(1);
  });

  it('serves an old entry at once, and reads a new one in the background, once', async () => {
    const { cache, pending } = await warmCache();
    vi.advanceTimersByTime(501);
    expect(await Promise.all([cache.get(), cache.get()])).toEqual([
      { value: 1, served: 'STALE' },
      { value: 1, served: 'STALE' },
    ]);
    expect(pending).toHaveLength(2);
    pending[1]?.resolve(2);
    await Promise.resolve();
    await Promise.resolve();
    expect(await cache.get()).toEqual({ value: 2, served: 'HIT' });
  });

  it('waits for a new entry rather than serve one that is too old', async () => {
    const { cache, pending } = await warmCache();
    vi.advanceTimersByTime(2_501);
    const waiting = cache.get();
    pending[1]?.resolve(2);
    expect(await waiting).toEqual({ value: 2, served: 'MISS' });
  });

  it('keeps the old entry when a new one cannot be read, tells it once, and pauses before it tries again', async () => {
    const { cache, pending, failures } = await warmCache(Number.POSITIVE_INFINITY);
    vi.advanceTimersByTime(60_000);
    await Promise.all([cache.get(), cache.get()]);
    pending[1]?.reject(new Error('too late'));
    await vi.waitUntil(() => failures.length > 0);
    expect(await cache.get()).toEqual({ value: 1, served: 'STALE' });
    expect(failures).toHaveLength(1);
    expect(pending).toHaveLength(2);
    vi.advanceTimersByTime(101);
    await cache.get();
    expect(pending).toHaveLength(3);
  });
});
