import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { type ReadRetro, readRetro } from '../../game-day/retro/read-retro.ts';

/** The files of an edition's retrospective, in the folder that a project keeps for it. */
export const retroFiles = { markdown: 'retro.md', page: 'retro.html' } as const;

/** Where a project keeps what its game days have shown: people commit it with their code. */
export const retrospectivesFolder = (root: string): string => join(root, 'retrospectives');

/**
 * The folder of an edition.
 *
 * @throws SteadfastError `usage` for what names no edition
 */
export function folderOfEdition(root: string, edition: string): string {
  if (/^[a-z0-9][a-z0-9-]*$/.test(edition)) return join(retrospectivesFolder(root), edition);
  throw new SteadfastError('usage', `'${edition}' names no edition of a game day`, {
    hint: 'an edition is named like payment-outage-20261201-180000-4fzk; steadfast gameday status tells which there are',
  });
}

/** A retrospective that is kept, and its file below the project's folder. */
export interface KeptRetro extends ReadRetro {
  readonly file: string;
}

/** All that a project keeps; what cannot be told of one stands among its problems. */
export async function keptRetros(root: string): Promise<readonly KeptRetro[]> {
  const folder = retrospectivesFolder(root);
  const names = await readdir(folder).catch((): string[] => []);
  const found = await Promise.all(
    names.toSorted().map(async (name) => {
      const file = join(folder, name, retroFiles.markdown);
      const text = await readFile(file, 'utf8').catch(() => undefined);
      return text === undefined ? [] : [{ ...readRetro(text), file: relative(root, file) }];
    }),
  );
  return found.flat();
}
