import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { createColors } from 'picocolors';
import { checkBroken, checkExperiment, lenientNotes } from '../../definitions/check-experiment.ts';
import { checkBrokenGameDay, checkGameDay } from '../../definitions/check-game-day.ts';
import { problemsOfPartners } from '../../definitions/check-partners.ts';
import {
  kindOfFile,
  type LoadedExperiment,
  type LoadedLab,
  loadEnvironment,
  loadExperiment,
  loadGameDay,
  loadLab,
  placed,
} from '../../definitions/load-definition.ts';
import { isMeant, loadProject, type Project } from '../../definitions/project.ts';
import { projectRootOf } from '../../definitions/project-root.ts';
import { resolveLanguage } from '../../definitions/resolve-language.ts';
import { withSuggestion } from '../../definitions/suggest.ts';
import { type Problem, SteadfastError } from '../../experiment/steadfast-error.ts';
import { bypassesOf } from '../../lab/bypasses.ts';
import { checkLab } from '../../lab/check-lab.ts';
import { exitCode } from '../exit-code.ts';
import { codesOf, explainHint } from '../explain-hint.ts';
import { isFile, projectOf } from '../find-experiment.ts';
import { foreignFile, foreignProblem } from '../foreign/foreign-file.ts';
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
  for (const line of explainHint(codesOf(errors), io.stdoutColours)) printLine(io.stdout, line);
  return errors.length === 0 ? exitCode.fine : exitCode.refused;
}

function checkAll(project: Project): Checked {
  const { experiments, environments, labs, gameDays, broken, brokenExperiments, brokenGameDays } = project;
  const salvaged = new Set<unknown>(
    [...brokenExperiments, ...brokenGameDays].flatMap(({ problems }) => problems),
  );
  const problems = [
    ...project.problems.filter((problem) => !salvaged.has(problem)),
    ...brokenExperiments.flatMap((one) => checkBroken(one, project)),
    ...labs.flatMap(problemsOfLab),
    ...environments.flatMap((one) => problemsOfPartners(one, project)),
    ...experiments.flatMap((one) => allOf(one, project)),
    ...brokenGameDays.flatMap((one) => checkBrokenGameDay(one, project)),
    ...gameDays.flatMap((one) => checkGameDay(one, project)),
  ];
  const names = [
    ...[...experiments, ...environments, ...labs, ...gameDays].map(({ id }) => id),
    ...broken.map(({ file }) => relative(project.root, file)),
  ];
  if (names.length > 0 || problems.length > 0) return { names, problems };
  const nothing = {
    code: 'nothing-to-check',
    path: [],
    message: `there is no definition under ${project.root}/experiments`,
    hint: 'steadfast init writes a first one',
  };
  return { names, problems: [nothing] };
}

async function checkNamed(io: Io, names: readonly string[]): Promise<Checked> {
  const problems: Problem[] = [];
  for (const name of names)
    problems.push(...(isFile(name) ? await checkFile(io, name) : await checkId(io, name)));
  return { names, problems };
}

/** An id may name definitions of several kinds at once: all of them are meant. */
async function checkId(io: Io, id: string): Promise<Problem[]> {
  const project = await projectOf(io.cwd);
  const all = [...project.experiments, ...project.environments, ...project.labs, ...project.gameDays];
  const broken = project.broken.filter((one) => isMeant(one, id));
  if (broken.length === 0 && all.every((one) => one.id !== id)) {
    const candidates = [...all.map((one) => one.id), ...project.broken.flatMap((one) => one.id ?? [])];
    const problem = { code: 'unknown-id', path: [], message: `there is no definition '${id}'`, candidates };
    return [withSuggestion(problem, id)];
  }
  return [
    ...broken
      .filter(({ kind }) => kind === 'environment' || kind === 'lab')
      .flatMap(({ problems }) => problems),
    ...project.brokenExperiments
      .filter((one) => isMeant(one, id))
      .flatMap((one) => checkBroken(one, project)),
    ...project.brokenGameDays
      .filter((one) => isMeant(one, id))
      .flatMap((one) => checkBrokenGameDay(one, project)),
    ...project.labs.filter((one) => one.id === id).flatMap(problemsOfLab),
    ...project.environments.filter((one) => one.id === id).flatMap((one) => problemsOfPartners(one, project)),
    ...project.experiments.filter((one) => one.id === id).flatMap((one) => allOf(one, project)),
    ...project.gameDays.filter((one) => one.id === id).flatMap((one) => checkGameDay(one, project)),
    ...project.problems.filter(
      ({ code, file }) => code === 'duplicate-id' && all.some((one) => one.id === id && one.file === file),
    ),
  ];
}

async function checkFile(io: Io, name: string): Promise<Problem[]> {
  const file = resolve(io.cwd, name);
  if (!existsSync(file)) return [{ code: 'unknown-id', path: [], message: `there is no file ${name}` }];
  const foreign = await foreignFile(name, io.cwd);
  if (foreign !== undefined) return [foreignProblem(foreign)];
  resolveLanguage();
  switch (await kindOfFile(file)) {
    case 'experiment': {
      const project = await loadProject(projectRootOf(dirname(file)));
      const result = await loadExperiment(file);
      return 'loaded' in result ? allOf(result.loaded, project) : checkBroken(result.broken, project);
    }
    case 'gameDay': {
      const project = await loadProject(projectRootOf(dirname(file)));
      const result = await loadGameDay(file);
      return 'loaded' in result
        ? checkGameDay(result.loaded, project)
        : checkBrokenGameDay(result.broken, project);
    }
    case 'environment': {
      const result = await loadEnvironment(file);
      if ('broken' in result) return [...result.broken.problems];
      return problemsOfPartners(result.loaded, await loadProject(projectRootOf(dirname(file))));
    }
    case 'lab': {
      const result = await loadLab(file);
      return 'loaded' in result ? problemsOfLab(result.loaded) : [...result.broken.problems];
    }
  }
}

/** What is wrong with an experiment, and where it could not notice what it breaks. */
const allOf = (experiment: LoadedExperiment, project: Project): Problem[] => [
  ...checkExperiment(experiment, project),
  ...lenientNotes(experiment, project),
];

/** What would keep a lab that fits its schema from being started, and what is good to know of it. */
function problemsOfLab(lab: LoadedLab): Problem[] {
  try {
    checkLab(lab.parsed);
    return bypassesOf(lab.parsed).map((problem) => placed(problem, lab));
  } catch (cause) {
    if (!(cause instanceof SteadfastError)) throw cause;
    return cause.problems.map((problem) => placed(problem, lab));
  }
}
