/** How an answer came about: from an entry that is fresh enough, from a stale one while a new one is read, or after waiting for a new one. */
export type Served = 'HIT' | 'STALE' | 'MISS';

export interface CacheOptions<Value> {
  readonly read: () => Promise<Value>;
  /** An entry older than this is stale; it is still served while it is read anew in the background. */
  readonly ttlMs: number;
  /** An entry older than this is read anew in the background; as soon as it is stale by default. */
  readonly refreshAfterMs?: number;
  /** An entry older than this is not served any more: the answer waits for a new one. */
  readonly servedForMs: number;
  readonly onRefreshFailed: (error: unknown) => void;
}

/** How soon after a failure the next read may begin, so that a database in trouble is not asked without a pause. */
const pauseAfterFailureMs = 100;

/** A read-through cache of one value that refreshes itself in the background, one read at a time. */
export function refreshingCache<Value>({
  read,
  ttlMs,
  refreshAfterMs = ttlMs,
  servedForMs,
  onRefreshFailed,
}: CacheOptions<Value>) {
  let entry: { readonly value: Value; readonly atMs: number } | undefined;
  let refreshing: Promise<Value> | undefined;
  let failedAtMs = Number.NEGATIVE_INFINITY;

  const refresh = (): Promise<Value> => {
    refreshing ??= read()
      .then((value) => {
        entry = { value, atMs: performance.now() };
        return value;
      })
      .catch((error: unknown) => {
        failedAtMs = performance.now();
        throw error;
      })
      .finally(() => {
        refreshing = undefined;
      });
    return refreshing;
  };

  return {
    get: async (): Promise<{ readonly value: Value; readonly served: Served }> => {
      const nowMs = performance.now();
      const ageMs = entry === undefined ? Number.POSITIVE_INFINITY : nowMs - entry.atMs;
      if (entry === undefined || ageMs > servedForMs) return { value: await refresh(), served: 'MISS' };
      const mayRefresh = refreshing === undefined && nowMs - failedAtMs > pauseAfterFailureMs;
      if (ageMs > refreshAfterMs && mayRefresh) refresh().catch(onRefreshFailed);
      return { value: entry.value, served: ageMs <= ttlMs ? 'HIT' : 'STALE' };
    },
  };
}
