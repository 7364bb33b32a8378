import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { createColors } from 'picocolors';
import { checkExperiment } from '../../definitions/check-experiment.ts';
import { kindOfFile, loadEnvironment, loadExperiment, loadLab } from '../../definitions/load-definition.ts';
import { loadProject, type Project, projectRootOf } from '../../definitions/project.ts';
import { resolveLanguage } from '../../definitions/resolve-language.ts';
import { withSuggestion } from '../../definitions/suggest.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { exitCode } from '../exit-code.ts';
import { isFile, projectOf } from '../find-experiment.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { problemJson, problemLines } from '../print-problems.ts';

/** What was checked, and what is wrong with it. */
interface Checked {
  readonly names: readonly string[];
  readonly problems: readonly Problem[];
}

/** Validates definitions without running anything: all of the project, or those named by id or file. */
export async function checkCommand(
  io: Io,
  names: readonly string[],
  flags: { readonly json?: boolean | undefined },
): Promise<number> {
  const checked = names.length === 0 ? checkAll(await projectOf(io.cwd)) : await checkNamed(io, names);
  const errors = checked.problems.filter((problem) => problem.severity !== 'note');
  if (flags.json === true) {
    printJson(io, {
      ok: errors.length === 0,
      checked: checked.names,
      problems: checked.problems.map(problemJson),
    });
    return errors.length === 0 ? exitCode.fine : exitCode.refused;
  }
  for (const problem of checked.problems) {
    for (const line of problemLines(problem, io.cwd, io.stdoutColours)) printLine(io.stdout, line);
    printLine(io.stdout);
  }
  const paint = createColors(io.stdoutColours);
  const what = `${checked.names.length} ${checked.names.length === 1 ? 'definition' : 'definitions'} checked`;
  printLine(
    io.stdout,
    errors.length === 0
      ? `${paint.green('fine')}: ${what}`
      : `${paint.red(`${errors.length} ${errors.length === 1 ? 'problem' : 'problems'}`)}: ${what}`,
  );
  return errors.length === 0 ? exitCode.fine : exitCode.refused;
}

function checkAll(project: Project): Checked {
  const all = [...project.experiments, ...project.environments, ...project.labs];
  const broken = new Set(project.problems.map((problem) => problem.file ?? ''));
  const problems = [
    ...project.problems,
    ...project.experiments.flatMap((experiment) => checkExperiment(experiment, project)),
  ];
  if (all.length === 0 && problems.length === 0) {
    return {
      names: [],
      problems: [
        {
          code: 'nothing-to-check',
          path: [],
          message: `there is no definition under ${project.root}/experiments`,
          hint: 'steadfast init writes a first one',
        },
      ],
    };
  }
  return {
    names: [...all.map((one) => one.id), ...[...broken].map((file) => relative(project.root, file))],
    problems,
  };
}

async function checkNamed(io: Io, names: readonly string[]): Promise<Checked> {
  const problems: Problem[] = [];
  for (const name of names)
    problems.push(...(isFile(name) ? await checkFile(io, name) : await checkId(io, name)));
  return { names, problems };
}

async function checkId(io: Io, id: string): Promise<Problem[]> {
  const project = await projectOf(io.cwd);
  const experiment = project.experiments.find((one) => one.id === id);
  if (experiment !== undefined) return checkExperiment(experiment, project);
  if ([...project.environments, ...project.labs].some((one) => one.id === id)) return [];
  const broken = project.problems.filter((problem) => problem.file?.includes(id) === true);
  if (broken.length > 0) return broken;
  const candidates = [...project.experiments, ...project.environments, ...project.labs].map((one) => one.id);
  return [
    withSuggestion(
      { code: 'unknown-id', path: [], message: `there is no definition '${id}'`, candidates },
      id,
    ),
  ];
}

async function checkFile(io: Io, name: string): Promise<Problem[]> {
  const file = resolve(io.cwd, name);
  if (!existsSync(file)) return [{ code: 'unknown-id', path: [], message: `there is no file ${name}` }];
  resolveLanguage();
  const kind = await kindOfFile(file);
  const result = await { experiment: loadExperiment, environment: loadEnvironment, lab: loadLab }[kind](file);
  if ('problems' in result) return [...result.problems];
  if (kind !== 'experiment') return [];
  const experiment = await loadExperiment(file);
  return 'loaded' in experiment
    ? checkExperiment(experiment.loaded, await loadProject(projectRootOf(dirname(file))))
    : [];
}
