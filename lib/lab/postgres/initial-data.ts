import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';

/** The data of a PostgreSQL in which nothing has happened yet, kept for the next ones: making it is most of what a start takes. */
export interface InitialData {
  /** As an archive that PGlite loads; undefined where there is none yet. */
  read(): Promise<Blob | undefined>;
  /** Keeps it for others, whole or not at all. Never rejects: without it the next start only takes longer. */
  keep(tar: Blob): Promise<void>;
  /** Takes away what could not be loaded. */
  forget(): Promise<void>;
}

const mediaType = 'application/x-gzip';

/**
 * Initial data in a folder of this user alone.
 *
 * @param entry the URL of the module that PGlite is loaded from: each version of it makes data of its own, by its manifest
 */
export function initialDataIn(folder: string, entry: string): InitialData {
  const file = fileFor(folder, entry);
  return {
    read: async () => {
      const archive = file === undefined ? undefined : await readFile(file).catch(() => undefined);
      return archive === undefined ? undefined : new Blob([archive], { type: mediaType });
    },
    keep: async (tar) => {
      if (file === undefined) return;
      const unfinished = `${file}.${randomUUID()}`;
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const archive = await promisify(gzip)(await tar.arrayBuffer(), { level: constants.Z_BEST_SPEED });
        await writeFile(unfinished, archive, { mode: 0o600 });
        // Where two start at once, both make the same: the later one takes the earlier one's place.
        await rename(unfinished, file);
      } catch {
        await rm(unfinished, { force: true }).catch(() => undefined);
      }
    },
    forget: async () => {
      if (file !== undefined) await rm(file, { force: true }).catch(() => undefined);
    },
  };
}

/** Undefined where the version cannot be told: what is of an unknown version is neither kept nor used. */
function fileFor(folder: string, entry: string): string | undefined {
  try {
    // The manifest is one folder above the modules, and not among what the package exports.
    const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', entry), 'utf8'));
    if (typeof manifest !== 'object' || manifest === null || !('version' in manifest)) return undefined;
    const version = String(manifest.version);
    return /^[\w.+-]+$/.test(version) ? join(folder, `pglite-${version}.tar.gz`) : undefined;
  } catch {
    return undefined;
  }
}
