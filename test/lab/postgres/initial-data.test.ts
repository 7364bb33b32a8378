import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createDatabase } from '../../../lib/lab/postgres/create-database.ts';
import { type InitialData, initialDataIn } from '../../../lib/lab/postgres/initial-data.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';

/** A folder for initial data, and the entry of a package of that version. */
function place(version = '1.2.3') {
  const root = temporaryProject({ 'pglite/package.json': { version }, 'pglite/dist/index.js': '' });
  return { folder: join(root, 'kept'), entry: pathToFileURL(join(root, 'pglite/dist/index.js')).href };
}

const textOf = async (archive: Blob | undefined): Promise<string | undefined> =>
  archive === undefined ? undefined : gunzipSync(await archive.arrayBuffer()).toString();

describe('the initial data of a database', () => {
  it('is what was kept last, whole, and leaves nothing else in the folder', async () => {
    const { folder, entry } = place();
    const [one, other] = [initialDataIn(folder, entry), initialDataIn(folder, entry)];
    expect(await one.read()).toBeUndefined();
    await Promise.all([one.keep(new Blob(['data'])), other.keep(new Blob(['data']))]);
    expect(await textOf(await other.read())).toBe('data');
    expect(readdirSync(folder)).toEqual(['pglite-1.2.3.tar.gz']);
    await one.forget();
    await one.forget();
    expect(await other.read()).toBeUndefined();
  });

  it("is never another version's", async () => {
    const { folder, entry } = place();
    await initialDataIn(folder, entry).keep(new Blob(['data']));
    expect(await initialDataIn(folder, place('1.2.4').entry).read()).toBeUndefined();
  });

  it.each(['../1.2.3', ''])('is not kept for the version %j, which names no file', async (version) => {
    const { folder, entry } = place(version);
    const initial = initialDataIn(folder, entry);
    await initial.keep(new Blob(['data']));
    expect(await initial.read()).toBeUndefined();
  });

  it('is done without where it cannot be written', async () => {
    const { folder, entry } = place();
    writeFileSync(folder, 'a file');
    const initial = initialDataIn(folder, entry);
    await initial.keep(new Blob(['data']));
    expect(await initial.read()).toBeUndefined();
  });
});

/** A class whose databases tell how they were made; what says `broken` cannot be loaded. */
async function madeFrom(kept: string | undefined) {
  const happened: string[] = [];
  const initial: InitialData = {
    read: async () => (kept === undefined ? undefined : new Blob([kept])),
    keep: async (tar) => void happened.push(`kept ${await tar.text()}`),
    forget: async () => void happened.push('forgot'),
  };
  const create = async (options: { readonly loadDataDir?: Blob }) => {
    const loaded = await options.loadDataDir?.text();
    happened.push(loaded === undefined ? 'made' : `loaded ${loaded}`);
    if (loaded === 'broken') throw new Error('no such archive');
    return { dumpDataDir: async () => new Blob(['fresh']) };
  };
  await createDatabase(create, initial);
  // Keeping is not waited for.
  await new Promise(setImmediate);
  return happened;
}

describe('an empty database', () => {
  it('is made, and its data kept for the next one', async () => {
    expect(await madeFrom(undefined)).toEqual(['made', 'kept fresh']);
  });

  it('is loaded from what was kept', async () => {
    expect(await madeFrom('data')).toEqual(['loaded data']);
  });

  it('is made anew where what was kept is broken', async () => {
    expect(await madeFrom('broken')).toEqual(['loaded broken', 'forgot', 'made', 'kept fresh']);
  });
});
