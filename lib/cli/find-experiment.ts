import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { checkBroken } from '../definitions/check-experiment.ts';
import { isDefinitionFile } from '../definitions/definition-file.ts';
import { type LoadedExperiment, loadExperiment } from '../definitions/load-definition.ts';
import { isMeant, loadProject, type Project } from '../definitions/project.ts';
import { projectRootOf } from '../definitions/project-root.ts';
import { resolveLanguage } from '../definitions/resolve-language.ts';
import { hintFor } from '../definitions/suggest.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { refuseForeign } from './foreign/foreign-file.ts';

/** Whether an argument is meant as a file: it has a definition's ending, or a separator. */
export const isFile = (argument: string): boolean => /[\\/]/.test(argument) || isDefinitionFile(argument);

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
  const project = await loadProject(projectRootOf(dirname(file)));
  if ('loaded' in result) return { experiment: result.loaded, project };
  await refuseForeign(argument, cwd);
  const problems = checkBroken(result.broken, project);
  throw new SteadfastError('invalid', `${argument} is no valid experiment`, { problems });
}

function byId(id: string, project: Project): LoadedExperiment {
  const found = project.experiments.find((experiment) => experiment.id === id);
  if (found !== undefined) return found;
  const broken = project.brokenExperiments.find((one) => isMeant(one, id));
  if (broken !== undefined) {
    const problems = checkBroken(broken, project);
    throw new SteadfastError('invalid', `the experiment '${id}' is not valid`, { problems });
  }
  const known = project.experiments.map((experiment) => experiment.id);
  throw new SteadfastError('unknown-id', `there is no experiment '${id}'`, {
    hint: hintFor(id, known, 'there is none under experiments/; steadfast init writes a first one'),
  });
}
