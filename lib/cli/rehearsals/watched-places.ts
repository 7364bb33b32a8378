import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { LoadedExperiment, LoadedLab } from '../../definitions/load-definition.ts';
import type { Project } from '../../definitions/project.ts';

/** What is looked at for changes. */
export interface Places {
  readonly folders: readonly string[];
  /** Whether a file or folder is none of the rehearsal's. */
  readonly ignores: (path: string) => boolean;
}

/** What is written by tools and by services while they run, not by people: by name, whatever folder it is in. */
const written =
  /^(?:\..*|node_modules|dist|coverage|cdk\.out|__pycache__|.*~|.*\.(?:log|tmp|swp|pid|pyc|db|db-\w+|sqlite\d?(?:-\w+)?))$/;

/** The files and folders of its services that a lab names: programs, their arguments, schemas. */
function namedBy(lab: LoadedLab): string[] {
  const folder = dirname(lab.file);
  const words = [
    ...Object.values(lab.parsed.services),
    ...Object.values(lab.parsed.functions ?? {}),
    ...Object.values(lab.parsed.stateMachines ?? {}),
    ...Object.values(lab.parsed.documents ?? {}),
  ].flatMap((service): readonly string[] => {
    if ('command' in service) return service.command;
    return 'postgres' in service && service.postgres.schema !== undefined ? [service.postgres.schema] : [];
  });
  return words.flatMap((word) => {
    const path = resolve(folder, word);
    // A word that is no path leads to nothing, and what is installed is not worked on.
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined || /[\\/](?:node_modules|bin)[\\/]/.test(path)) return [];
    return [found.isDirectory() ? path : dirname(path)];
  });
}

/** Where the files of an experiment, of its lab and of the lab's services are. */
export function placesOf(experiment: LoadedExperiment, lab: LoadedLab, project: Project): Places {
  const own = [experiment.file, lab.file];
  const others = new Set(
    [...project.experiments, ...project.environments, ...project.labs, ...project.broken]
      .map(({ file }) => file)
      .filter((file) => !own.includes(file)),
  );
  return {
    folders: [...new Set([...own.map((file) => dirname(file)), ...namedBy(lab)])],
    ignores: (path) => written.test(basename(path)) || others.has(path),
  };
}
