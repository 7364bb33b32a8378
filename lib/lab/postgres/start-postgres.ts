import { accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { Clock } from '../../run/ports.ts';
import type { OwnedProcesses } from '../processes/owned-processes.ts';
import { siblingFile, startHelper } from '../processes/start-helper.ts';

/** The one role and database of a lab's PostgreSQL; it listens on loopback alone and lives as long as the lab. */
const postgresLogin = { user: 'postgres', password: 'postgres', database: 'postgres' } as const;

/** How a client reaches a lab's PostgreSQL at an address (`host:port`). */
export const postgresUrl = (address: string): string =>
  `postgresql://${postgresLogin.user}:${postgresLogin.password}@${address}/${postgresLogin.database}`;

/**
 * Starts a PostgreSQL in a process of its own, with its schema in place. Its data is gone when it ends.
 *
 * @throws SteadfastError `cannot-begin` when it does not start, for example because of a mistake in the schema
 */
export async function startPostgres(
  processes: OwnedProcesses,
  options: { readonly name: string; readonly schema: string | undefined; readonly folder: string },
  clock: Clock,
) {
  const schemaFile = options.schema === undefined ? undefined : resolve(options.folder, options.schema);
  if (schemaFile !== undefined) {
    try {
      accessSync(schemaFile, constants.R_OK);
    } catch (thrown) {
      throw new SteadfastError(
        'cannot-begin',
        `${options.name}: the schema file ${schemaFile} cannot be read`,
        {
          hint: "write its path relative to the lab's file",
          cause: thrown,
        },
      );
    }
  }
  const file = siblingFile(import.meta.url, 'postgres-child');
  return startHelper(
    processes,
    { name: options.name, file, settings: { schemaFile }, folder: options.folder },
    clock,
  );
}
