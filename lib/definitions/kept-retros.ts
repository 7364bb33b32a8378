import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type OpenAction, openActionsOf } from '../game-day/retro/open-actions.ts';
import { type ReadRetro, readRetro } from '../game-day/retro/read-retro.ts';

/** The files of an edition's retrospective, in the folder that a project keeps for it. */
export const retroFiles = { markdown: 'retro.md', page: 'retro.html' } as const;

/** Where a project keeps what its game days have shown: people commit it with their code. */
export const retrospectivesFolder = (root: string): string => join(root, 'retrospectives');

/** A retrospective that is kept, and its file below the project's folder. */
export interface KeptRetro extends ReadRetro {
  readonly file: string;
}

/** All that a project keeps, in the order of their names; what cannot be told of one stands among its problems. */
export function keptRetros(root: string): readonly KeptRetro[] {
  const folder = retrospectivesFolder(root);
  return namesIn(folder).flatMap((name) => {
    const file = join(folder, name, retroFiles.markdown);
    const text = textOf(file);
    return text === undefined ? [] : [{ ...readRetro(text), file: relative(root, file) }];
  });
}

/** What is still to be done of former editions of a game day. */
export const openActionsIn = (root: string, gameDay: string): readonly OpenAction[] =>
  openActionsOf(keptRetros(root), gameDay);

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
