import type { InitialData } from './initial-data.ts';

/**
 * An empty database: from the initial data where it is there, else made anew, and its initial data kept for the next one.
 *
 * @param create makes one, from an archive of data where it gets one
 */
export async function createDatabase<Database extends { dumpDataDir(compression: 'none'): Promise<Blob> }>(
  create: (options: { readonly loadDataDir?: Blob }) => Promise<Database>,
  initial: InitialData,
): Promise<Database> {
  const kept = await initial.read();
  if (kept !== undefined) {
    try {
      return await create({ loadDataDir: kept });
    } catch {
      await initial.forget();
    }
  }
  const database = await create({});
  const tar = await database.dumpDataDir('none').catch(() => undefined);
  // Not waited for: the database can be used meanwhile.
  if (tar !== undefined) void initial.keep(tar);
  return database;
}
