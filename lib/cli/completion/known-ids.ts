import { readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { isDefinitionFile } from '../../definitions/definition-file.ts';
import { gameDayFolders } from '../../rehearsal/game-day/files.ts';
import { runsFolder } from '../runs-folder.ts';
import type { Candidate } from './candidate.ts';
import type { Source } from './what-is-taken.ts';

/** Id and title stand near the top of a definition; whoever presses Tab waits for no more than this of each file. */
const bytesRead = 16_384;

/** A project has kept thousands of runs: the newest are what people look at. */
const mostRuns = 200;

/** What a source has for the project in a folder. Files and folders are the shell's own. */
export async function idsFrom(source: Source, root: string): Promise<readonly Candidate[]> {
  switch (source) {
    case 'experiments':
      return definitionsIn(join(root, 'experiments'));
    case 'environments':
      return definitionsIn(join(root, 'experiments', 'environments'));
    case 'labs':
      return definitionsIn(join(root, 'experiments', 'labs'));
    case 'gameDays':
      return definitionsIn(join(root, 'experiments', 'game-days'));
    case 'runs':
      return newestFirst(namesIn(runsFolder(root)));
    case 'editions':
      return newestFirst(namesIn(gameDayFolders(root)));
    case 'faults': {
      const { actions } = await import('../../fis/catalogue.ts');
      const { labFaults } = await import('../../experiment/lab-faults/lab-faults.ts');
      return [...actions, ...labFaults].map(({ id, title }) => ({ value: id, description: title }));
    }
    case 'faultServices': {
      const { actionServices } = await import('../../fis/catalogue.ts');
      return [...actionServices, 'lab'].map((value) => ({ value }));
    }
    case 'recipes': {
      const { recipes } = await import('../../recipes/recipes.ts');
      return recipes.map(({ id, title }) => ({ value: id, description: title }));
    }
    case 'codes': {
      const { areas } = await import('../explanations/areas.ts');
      const told = areas.flatMap(({ codes }) => Object.entries(codes));
      return told.map(([value, { means }]) => ({ value, description: means }));
    }
    case 'verdicts': {
      const { failing } = await import('../pipeline/fail-on.ts');
      return failing.map((value) => ({ value }));
    }
    case 'importFormats': {
      const { formatIds } = await import('../../import/formats.ts');
      return formatIds.map((value) => ({ value }));
    }
    case 'commands':
    case 'files':
    case 'folders':
      return [];
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // There is none, or nobody may read it: nothing is proposed.
  }
}

/** Runs and editions carry the time at which they began in their names. */
function newestFirst(names: readonly string[]): Candidate[] {
  const timeIn = (name: string): string => /-(\d{8}[-T]\d{6}Z?)-/.exec(name)?.[1] ?? '';
  return names
    .toSorted((a, b) => timeIn(b).localeCompare(timeIn(a)))
    .slice(0, mostRuns)
    .map((value) => ({ value }));
}

async function definitionsIn(folder: string): Promise<Candidate[]> {
  const files = namesIn(folder).filter(isDefinitionFile);
  const found = await Promise.all(files.map((name) => definitionIn(join(folder, name))));
  return found.toSorted((a, b) => a.value.localeCompare(b.value));
}

/** A definition by a look at its text: running it, as every other command does, would take too long between two keys. */
async function definitionIn(file: string): Promise<Candidate> {
  const text = await headOf(file).catch(() => '');
  return {
    value: textOf('id', text) ?? basename(file, extname(file)),
    description: textOf('title', text),
  };
}

async function headOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead: length } = await handle.read(Buffer.alloc(bytesRead), 0, bytesRead, 0);
    return buffer.toString('utf8', 0, length);
  } finally {
    await handle.close();
  }
}

/** The first value of a key that is written out: `id: 'slow-database',`, `"id": "slow-database"` or `id: slow-database`. */
function textOf(key: string, text: string): string | undefined {
  const start = `(?:^|[{,])\\s*["']?${key}["']?\\s*:\\s*`;
  const quoted = new RegExp(`${start}(["'])((?:\\\\.|(?!\\1).)*)\\1`, 'm').exec(text)?.[2];
  if (quoted !== undefined) return quoted.replaceAll(/\\(.)/g, '$1');
  return new RegExp(`${start}([^\\s"'\`{\\[&*|>(][^#,\\n(]*?)\\s*(?:#.*)?$`, 'm').exec(text)?.[1];
}
