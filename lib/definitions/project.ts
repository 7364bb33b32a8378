import { readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { Experiment } from '../experiment/experiment.ts';
import type { GameDay } from '../experiment/game-day.ts';
import { messageOf, type Problem } from '../experiment/steadfast-error.ts';
import { isDefinitionFile } from './definition-file.ts';
import type { DefinitionKind } from './json-schema.ts';
import {
  type Broken,
  folderOf,
  type Loaded,
  type LoadedEnvironment,
  type LoadedExperiment,
  type LoadedGameDay,
  type LoadedLab,
  type LoadResult,
  loadEnvironment,
  loadExperiment,
  loadGameDay,
  loadLab,
  placed,
} from './load-definition.ts';
import { isFolder } from './project-root.ts';
import { resolveLanguage } from './resolve-language.ts';

/** All definitions of a project: those that fit their schemas, and those that do not, with what is wrong with them. */
export interface Project {
  /** The folder that holds `experiments/`. */
  readonly root: string;
  readonly experiments: readonly LoadedExperiment[];
  readonly environments: readonly LoadedEnvironment[];
  readonly labs: readonly LoadedLab[];
  readonly gameDays: readonly LoadedGameDay[];
  readonly brokenExperiments: readonly Broken<Experiment>[];
  readonly brokenGameDays: readonly Broken<GameDay>[];
  /** Everything that does not fit its schema, experiments and game days too. */
  readonly broken: readonly Broken<unknown>[];
  /** What is wrong with what is broken, and between definitions: ids that two have. */
  readonly problems: readonly Problem[];
}

/** Loads `experiments/` below a folder, with its environments, labs and game days; nothing of it need be there. */
export async function loadProject(root: string): Promise<Project> {
  resolveLanguage();
  const folder = join(root, 'experiments');
  const all = await Promise.all([
    loadAll(folder, loadExperiment),
    loadAll(join(folder, folderOf.environment), loadEnvironment),
    loadAll(join(folder, folderOf.lab), loadLab),
    loadAll(join(folder, folderOf.gameDay), loadGameDay),
  ]);
  const [experiments, environments, labs, gameDays] = all;
  const broken = all.flatMap((kind): readonly Broken<unknown>[] => kind.broken);
  return {
    root,
    experiments: experiments.loaded,
    environments: environments.loaded,
    labs: labs.loaded,
    gameDays: gameDays.loaded,
    brokenExperiments: experiments.broken,
    brokenGameDays: gameDays.broken,
    broken,
    problems: [
      ...all.flatMap(({ problems }) => problems),
      ...broken.flatMap(({ problems }) => problems),
      ...all.flatMap(({ loaded }) => duplicates(loaded, root)),
    ],
  };
}

/** The environments alone: whoever ends a fault waits for no experiment to be read. */
export async function loadEnvironments(
  root: string,
): Promise<Pick<Project, 'root' | 'environments' | 'broken'>> {
  resolveLanguage();
  const { loaded, broken } = await loadAll(join(root, 'experiments', 'environments'), loadEnvironment);
  return { root, environments: loaded, broken };
}

/** Whether a broken definition was meant by an id: it gives itself that id, or its file is named so. */
export const isMeant = ({ id: own, file }: Broken<unknown>, id: string): boolean =>
  own === id || basename(file, extname(file)) === id;

/** The broken definition of a kind that was meant by an id. */
export const brokenOf = (
  project: Pick<Project, 'broken'>,
  id: string,
  kind: DefinitionKind,
): Broken<unknown> | undefined => project.broken.find((one) => one.kind === kind && isMeant(one, id));

async function loadAll<D, P>(folder: string, load: (file: string) => Promise<LoadResult<D, P>>) {
  const { files, problems } = await definitionFiles(folder);
  const results = await Promise.all(files.map(load));
  return {
    loaded: results.flatMap((result) => ('loaded' in result ? [result.loaded] : [])),
    broken: results.flatMap((result) => ('broken' in result ? [result.broken] : [])),
    problems,
  };
}

/** The definition files right in a folder, in the order of their names. */
async function definitionFiles(folder: string): Promise<{ files: string[]; problems: Problem[] }> {
  if (!isFolder(folder)) return { files: [], problems: [] };
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const files = entries
      .filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && isDefinitionFile(entry.name))
      .map((entry) => join(folder, entry.name))
      .sort();
    return { files, problems: [] };
  } catch (cause) {
    const message = `cannot be read: ${messageOf(cause)}`;
    return { files: [], problems: [{ code: 'unreadable', path: [], file: folder, message }] };
  }
}

function duplicates(all: readonly Loaded<unknown, unknown>[], root: string): Problem[] {
  return all.flatMap((one, index) => {
    const first = all.findIndex((other) => other.id === one.id);
    if (first === index) return [];
    const problem = {
      code: 'duplicate-id',
      path: ['id'],
      message: `'${one.id}' is the id of ${all[first]?.file.slice(root.length + 1) ?? 'another definition'} already`,
      hint: 'give it another id',
    };
    return [placed(problem, one)];
  });
}
