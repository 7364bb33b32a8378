import type { Pool } from 'pg';
import { importOptional } from '../import-optional.ts';

/** How long one reading may take. */
const readTimeoutMs = 2_000;

/** Reads numbers from a database, past the links, so that a fault on a link does not blind the metric. */
export interface SqlReader {
  read(sql: string): Promise<number | undefined>;
  close(): Promise<void>;
}

/** @throws SteadfastError `cannot-begin` when the package `pg` is not installed */
export async function openSqlReader(url: string): Promise<SqlReader> {
  const { Pool } = await importOptional(() => import('pg'), 'pg', 'a metric with `sql`');
  const pool: Pool = new Pool({
    connectionString: url,
    max: 2,
    connectionTimeoutMillis: readTimeoutMs,
    query_timeout: readTimeoutMs,
    allowExitOnIdle: true,
  });
  // A connection that breaks while idle is replaced at the next reading, which tells whether the database is there.
  pool.on('error', () => undefined);
  return {
    read: async (sql) => {
      const { rows } = await pool.query<unknown[]>({ text: sql, rowMode: 'array' });
      const value = rows[0]?.[0];
      if (value === undefined || value === null || value === '') return undefined;
      const number = Number(value);
      return Number.isFinite(number) ? number : undefined;
    },
    close: () => pool.end(),
  };
}
