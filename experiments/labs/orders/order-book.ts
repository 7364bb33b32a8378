import { Pool } from 'pg';
import { log } from '../regional/serve.ts';

const patienceMs = 2_000;

/** How long an order that was received stays hidden from the next look: longer than a payment may take. */
const hidden = "interval '5 seconds'";

/** The pause before an order is tried again doubles with each try, up to half a second, so that a payment that is down is not flooded. */
const pause =
  "least(interval '500 milliseconds', interval '50 milliseconds' * power(2, least(received, 10)))";

/** The orders and their queue, in PostgreSQL. Each call is one statement, so that nothing is ever half done. */
export function orderBook(databaseUrl: string) {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 2,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
  });
  pool.on('error', (error) => log(`an idle connection broke: ${error.message}`));
  const idsOf = async (sql: string, values: readonly unknown[]): Promise<readonly string[]> => {
    const { rows } = await pool.query<{ readonly id: string }>(sql, [...values]);
    return rows.map(({ id }) => id);
  };

  return {
    /** Writes an order down and queues it, or neither. */
    place: async (): Promise<string> => {
      const [id] = await idsOf(
        `with placed as (insert into orders default values returning id)
         insert into queue (order_id) select id from placed returning order_id as id`,
        [],
      );
      if (id === undefined) throw new Error('the database gave the order no number');
      return id;
    },
    /** The oldest orders that wait and are not hidden; from now on they are. */
    receive: (atMost: number) =>
      idsOf(
        `update queue set visible_at = clock_timestamp() + ${hidden}, received = received + 1
         where order_id in (
           select order_id from queue where visible_at <= clock_timestamp() order by order_id limit $1
         )
         returning order_id as id`,
        [atMost],
      ),
    /** Takes orders out of the queue, paid or not. */
    takeOut: (ids: readonly string[]) =>
      idsOf('delete from queue where order_id = any($1) returning order_id as id', [ids]),
    /** Writes down that orders were paid. */
    markPaid: (ids: readonly string[]) =>
      idsOf('update orders set paid_at = clock_timestamp() where id = any($1) returning id', [ids]),
    /** Lets orders that could not be paid be received again, after a pause. */
    putBack: (ids: readonly string[]) =>
      idsOf(
        `update queue set visible_at = clock_timestamp() + ${pause} where order_id = any($1) returning order_id as id`,
        [ids],
      ),
  };
}
