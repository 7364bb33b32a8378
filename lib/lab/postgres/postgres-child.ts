import { readFile } from 'node:fs/promises';
import type { PGlite as PGliteDatabase } from '@electric-sql/pglite';
import type { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import * as z from 'zod';
import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import { importOptional } from '../import-optional.ts';
import { runHelper } from '../processes/helper-child.ts';
import { registryFolder } from '../processes/registry.ts';
import { createDatabase } from './create-database.ts';
import { initialDataIn } from './initial-data.ts';
import { awaySchema, type Told } from './messages.ts';

/** More than the pools of a lab's twenty replicas open together. */
const maxConnections = 200;

const neededFor = 'a service with `postgres`';
const packages = ['@electric-sql/pglite', '@electric-sql/pglite-socket'] as const;

/** PostgreSQL tells the position of a mistake in characters from 1. */
function lineOf(thrown: unknown, schema: string): string {
  if (typeof thrown !== 'object' || thrown === null || !('position' in thrown)) return '';
  return `:${schema.slice(0, Number(thrown.position)).split('\n').length}`;
}

const tell = (told: Told) => process.send?.(told);
const say = (text: string) => process.stdout.write(`${text}\n`);

/**
 * Does what it is asked over its channel: closes its port and every connection, and listens there again after a while. What was
 * committed stays, and new connections find no transaction, setting or prepared statement of an old one.
 */
function goAwayWhenAsked(
  db: PGliteDatabase,
  port: number,
  first: PGLiteSocketServer,
  open: () => PGLiteSocketServer,
) {
  let server: PGLiteSocketServer | undefined = first;
  let awayUntilMs = 0;
  let timer: NodeJS.Timeout | undefined;
  const asking: number[] = [];

  const comeBack = async () => {
    const next = open();
    if (db.isInTransaction()) await db.exec('ROLLBACK');
    await db.exec('DISCARD ALL');
    await next.start();
    server = next;
    say(`PostgreSQL listens again on 127.0.0.1:${port}`);
    for (const id of asking.splice(0)) tell({ isBack: { id } });
  };

  const leave = async (id: number, forMs: number) => {
    const leaving = server;
    server = undefined;
    asking.push(id);
    awayUntilMs = Math.max(awayUntilMs, performance.now() + forMs);
    const connections = leaving?.getStats().activeConnections ?? 0;
    await leaving?.stop();
    say(`PostgreSQL broke ${connections} connections, and is away for ${Math.round(forMs)} ms`);
    tell({ isAway: { id, connections } });
    // Asked twice, it comes back once, after the longer of both.
    clearTimeout(timer);
    timer = setTimeout(() => void comeBack().catch(giveUp), Math.max(0, awayUntilMs - performance.now()));
  };

  process.on('message', (message) => {
    const asked = awaySchema.safeParse(message);
    if (asked.success) void leave(asked.data.away.id, asked.data.away.forMs).catch(giveUp);
  });
}

/** Whoever started it sees the process end. */
const giveUp = (thrown: unknown) => process.stderr.write(`${messageOf(thrown)}\n`, () => process.exit(1));

await runHelper(z.strictObject({ schemaFile: z.string().optional() }), async ({ schemaFile }) => {
  const [{ PGlite }, { PGLiteSocketServer }, schema] = await Promise.all([
    importOptional(() => import('@electric-sql/pglite'), packages[0], neededFor, packages),
    importOptional(() => import('@electric-sql/pglite-socket'), packages[1], neededFor, packages),
    schemaFile === undefined ? '' : readFile(schemaFile, 'utf8'),
  ]);
  const initial = initialDataIn(registryFolder(), import.meta.resolve(packages[0]));
  const db = await createDatabase<PGliteDatabase>((options) => PGlite.create(options), initial);
  try {
    if (schema !== '') await db.exec(schema);
  } catch (thrown) {
    const where = `${schemaFile}${lineOf(thrown, schema)}`;
    throw new SteadfastError('cannot-begin', `${where}: ${messageOf(thrown)}`, { cause: thrown });
  }
  const listenOn = (port: number) => new PGLiteSocketServer({ db, host: '127.0.0.1', port, maxConnections });
  const server = listenOn(0);
  await server.start();
  const port = Number(server.getServerConn().split(':').at(-1));
  goAwayWhenAsked(db, port, server, () => listenOn(port));
  say(`PostgreSQL listens on 127.0.0.1:${port}`);
  return port;
});
