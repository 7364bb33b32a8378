import { resolve } from 'node:path';
import { loadExperiment } from '../../definitions/load-definition.ts';
import { resolveLanguage } from '../../definitions/resolve-language.ts';
import { type Experiment, experimentSchema } from '../../experiment/experiment.ts';
import { type Problem, SteadfastError } from '../../experiment/steadfast-error.ts';
import { hashOf } from '../../plan/hash.ts';
import type { Journal } from '../../run/journal.ts';
import { findExperiment, isFile } from '../find-experiment.ts';
import { refuseForeign } from '../foreign/foreign-file.ts';
import { sizeOfFile } from './file-lines.ts';

/** A definition to judge by. Nothing of it is looked up: neither an environment nor a lab need be there. */
export interface AskedExperiment {
  readonly parsed: Experiment;
  readonly hash: string;
}

/** The definition of a file, or of an id in the project. Throws `invalid` with its problems. */
export async function askedExperiment(argument: string, cwd: string): Promise<AskedExperiment> {
  if (!isFile(argument)) {
    const { experiment } = await findExperiment(argument, cwd);
    return { parsed: experiment.parsed, hash: hashOf(experiment.definition) };
  }
  const file = resolve(cwd, argument);
  await sizeOfFile(file, argument);
  resolveLanguage();
  const result = await loadExperiment(file);
  if ('loaded' in result) return { parsed: result.loaded.parsed, hash: hashOf(result.loaded.definition) };
  await refuseForeign(argument, cwd);
  throw new SteadfastError('invalid', `${argument} is no valid experiment`, {
    problems: result.broken.problems,
  });
}

/** The definition that a journal's run was carried out by. */
export function experimentOfJournal(journal: Journal, shown: string): AskedExperiment {
  const parsed = experimentSchema.safeParse(journal.experiment.definition);
  if (parsed.success) return { parsed: parsed.data, hash: journal.experiment.hash };
  const { definition, importedFrom } = journal.experiment;
  if (definition === null && importedFrom !== undefined) {
    throw new SteadfastError('invalid', `${shown} holds no definition: none came of ${importedFrom.file}`, {
      hint: 'its findings say why; name a definition with --experiment FILE',
    });
  }
  const problems = parsed.error.issues.slice(0, 5).map(
    ({ path, message }): Problem => ({
      code: 'invalid',
      path: path.map((step) => (typeof step === 'number' ? step : String(step))),
      message,
    }),
  );
  throw new SteadfastError('invalid', `the definition in ${shown} is none that can be read`, {
    problems,
    hint: 'name one with --experiment FILE',
  });
}
