import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import type { Problem } from '../experiment/steadfast-error.ts';
import {
  type Loaded,
  type LoadedEnvironment,
  type LoadedExperiment,
  type LoadedLab,
  type LoadResult,
  loadEnvironment,
  loadExperiment,
  loadLab,
  placed,
} from './load-definition.ts';
import { endings } from './read-document.ts';
import { resolveLanguage } from './resolve-language.ts';

/** All definitions of a project that fit their schemas, and what is wrong with the others. */
export interface Project {
  /** The folder that holds `experiments/`. */
  readonly root: string;
  readonly experiments: readonly LoadedExperiment[];
  readonly environments: readonly LoadedEnvironment[];
  readonly labs: readonly LoadedLab[];
  readonly problems: readonly Problem[];
}

/** Loads `experiments/`, `experiments/environments/` and `experiments/labs/` below a folder; nothing of it need be there. */
export async function loadProject(root: string): Promise<Project> {
  resolveLanguage();
  const folder = join(root, 'experiments');
  const [experiments, environments, labs] = await Promise.all([
    loadAll(folder, loadExperiment),
    loadAll(join(folder, 'environments'), loadEnvironment),
    loadAll(join(folder, 'labs'), loadLab),
  ]);
  return {
    root,
    experiments: experiments.loaded,
    environments: environments.loaded,
    labs: labs.loaded,
    problems: [
      ...[experiments, environments, labs].flatMap(({ problems }) => problems),
      ...[experiments.loaded, environments.loaded, labs.loaded].flatMap(duplicates),
    ],
  };
}

async function loadAll<D, P>(
  folder: string,
  load: (file: string) => Promise<LoadResult<D, P>>,
): Promise<{ loaded: Loaded<D, P>[]; problems: Problem[] }> {
  const files = await definitionFiles(folder);
  const results = await Promise.all(files.map(load));
  return {
    loaded: results.flatMap((result) => ('loaded' in result ? [result.loaded] : [])),
    problems: results.flatMap((result) => ('problems' in result ? result.problems : [])),
  };
}

/** The definition files right in a folder, in the order of their names. */
async function definitionFiles(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter(
      (entry) =>
        entry.isFile() &&
        endings.some((ending) => extname(entry.name) === ending) &&
        !entry.name.endsWith('.d.ts'),
    )
    .map((entry) => join(folder, entry.name))
    .sort();
}

function duplicates(all: readonly Loaded<unknown, unknown>[]): Problem[] {
  return all.flatMap((one, index) => {
    const first = all.findIndex((other) => other.id === one.id);
    if (first === index) return [];
    const problem = {
      code: 'duplicate-id',
      path: ['id'],
      message: `'${one.id}' is the id of ${all[first]?.file ?? 'another definition'} already`,
      hint: 'give it another id',
    };
    return [placed(problem, one)];
  });
}

/** The project that a file or folder belongs to: the nearest folder above that holds `experiments/`, else the folder itself. */
export function projectRootOf(start: string): string {
  const from = resolve(start);
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'experiments'))) return folder;
    if (folder === dirname(folder)) return from;
  }
}
