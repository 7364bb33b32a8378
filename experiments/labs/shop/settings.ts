/** What the shop is told by its environment. */
export interface Settings {
  readonly port: number;
  readonly databaseUrl: string;
  /** How old an entry of the cache may get before it is stale; it is read anew in the background long before. 0: there is no cache. */
  readonly ttlMs: number;
  /** How long the database may take. */
  readonly queryTimeoutMs: number;
  /** What to do with an old entry when it cannot be read anew. */
  readonly onError: 'fail' | 'serve-stale';
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`the environment variable ${name} is missing`);
  return value;
}

export const settingsFromEnvironment = (): Settings => ({
  port: Number(required('PORT')),
  databaseUrl: required('DATABASE_URL'),
  ttlMs: Number(process.env['CACHE_TTL_MS'] ?? 2_000),
  queryTimeoutMs: Number(process.env['QUERY_TIMEOUT_MS'] ?? 2_000),
  onError: process.env['CACHE_ON_ERROR'] === 'serve-stale' ? 'serve-stale' : 'fail',
});
