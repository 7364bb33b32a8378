import { existsSync, statSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { type LoadedExperiment, loadExperiment } from '../definitions/load-definition.ts';
import { loadProject, type Project, projectRootOf } from '../definitions/project.ts';
import { endings } from '../definitions/read-document.ts';
import { resolveLanguage } from '../definitions/resolve-language.ts';
import { suggest } from '../definitions/suggest.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';

/** Whether an argument is meant as a file: it has a definition's ending, or a separator. */
export const isFile = (argument: string): boolean =>
  argument.includes('/') || endings.some((ending) => extname(argument) === ending);

/** The project of the folder that the command runs in. */
export const projectOf = (cwd: string): Promise<Project> => loadProject(projectRootOf(cwd));

/**
 * The experiment of an id or file, with the project it belongs to.
 *
 * @throws SteadfastError `unknown-id`, or `invalid` with all problems of its document
 */
export async function findExperiment(
  argument: string,
  cwd: string,
): Promise<{ experiment: LoadedExperiment; project: Project }> {
  if (!isFile(argument)) {
    const project = await projectOf(cwd);
    return { experiment: byId(argument, project), project };
  }
  const file = resolve(cwd, argument);
  if (!existsSync(file) || !statSync(file).isFile())
    throw new SteadfastError('unknown-id', `there is no file ${argument}`);
  resolveLanguage();
  const result = await loadExperiment(file);
  if ('problems' in result) {
    throw new SteadfastError('invalid', `${argument} is no valid experiment`, { problems: result.problems });
  }
  return { experiment: result.loaded, project: await loadProject(projectRootOf(dirname(file))) };
}

function byId(id: string, project: Project): LoadedExperiment {
  const found = project.experiments.find((experiment) => experiment.id === id);
  if (found !== undefined) return found;
  const known = project.experiments.map((experiment) => experiment.id);
  const broken = project.problems.filter((problem) => problem.file?.includes(id) === true);
  if (broken.length > 0)
    throw new SteadfastError('invalid', `the experiment '${id}' is not valid`, { problems: broken });
  const meant = suggest(id, known);
  throw new SteadfastError('unknown-id', `there is no experiment '${id}'`, {
    hint:
      meant !== undefined
        ? `did you mean '${meant}'?`
        : known.length > 0
          ? `there are: ${known.join(', ')}`
          : 'there is none under experiments/; steadfast init writes a first one',
  });
}
