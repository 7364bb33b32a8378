import { Pool } from 'pg';

export interface Products {
  readonly products: readonly unknown[];
  /** When the database read these rows, by its own clock. */
  readonly readAt: string;
}

interface Row {
  readonly products: readonly unknown[];
  readonly read_at: Date;
}

const query = `
  select coalesce(json_agg(p order by p.id), '[]') as products, clock_timestamp() as read_at
  from products as p`;

/** Reads all products, each time anew. */
export function productsFrom(databaseUrl: string, timeoutMs: number) {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 2,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
  });
  pool.on('error', (error) => process.stdout.write(`an idle connection broke: ${error.message}\n`));

  return {
    read: async (): Promise<Products> => {
      // The pool drops the connection of a query that fails or is late, and hears what happens to it meanwhile.
      const { rows } = await pool.query<Row>(query);
      const [row] = rows;
      if (row === undefined) throw new Error('the database answered no row');
      return { products: row.products, readAt: row.read_at.toISOString() };
    },
    close: () => pool.end(),
  };
}
