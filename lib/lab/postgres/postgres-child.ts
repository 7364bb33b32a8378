import { readFile } from 'node:fs/promises';
import type { PGlite as PGliteDatabase } from '@electric-sql/pglite';
import * as z from 'zod';
import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import { importOptional } from '../import-optional.ts';
import { runHelper } from '../processes/helper-child.ts';
import { registryFolder } from '../processes/registry.ts';
import { createDatabase } from './create-database.ts';
import { goAwayWhenAsked } from './go-away-when-asked.ts';
import { initialDataIn } from './initial-data.ts';
import type { Told } from './messages.ts';

/** More than the pools of a lab's twenty replicas open together. */
const maxConnections = 200;

const neededFor = 'a service with `postgres`';
const packages = ['@electric-sql/pglite', '@electric-sql/pglite-socket'] as const;

/** PostgreSQL tells the position of a mistake in characters from 1. */
function lineOf(thrown: unknown, schema: string): string {
  if (typeof thrown !== 'object' || thrown === null || !('position' in thrown)) return '';
  return `:${schema.slice(0, Number(thrown.position)).split('\n').length}`;
}

const tell = (told: Told) => void process.send?.(told);
const say = (text: string) => void process.stdout.write(`${text}\n`);

/** Whoever started it sees the process end. */
const giveUp = (thrown: unknown) =>
  void process.stderr.write(`${messageOf(thrown)}\n`, () => process.exit(1));

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
  const asked = goAwayWhenAsked({
    first: server,
    open: () => listenOn(port),
    forget: async () => {
      if (db.isInTransaction()) await db.exec('ROLLBACK');
      await db.exec('DISCARD ALL');
    },
    tell,
    say,
    giveUp,
  });
  process.on('message', asked);
  say(`PostgreSQL listens on 127.0.0.1:${port}`);
  return port;
});
