import type { Experiment } from '../experiment/experiment.ts';
import type { Problem } from '../experiment/steadfast-error.ts';
import { biteNotesOf } from '../plan/bite-notes.ts';
import { planTargetOfEnvironment } from '../plan/environment-target.ts';
import { planTargetOfLab } from '../plan/lab-target.ts';
import { lenientIn } from '../plan/lenient.ts';
import type { PlanTarget } from '../plan/plan-target.ts';
import { problemsOf } from '../plan/problems.ts';
import { jsonPathProblemsOf } from './json-path-problems.ts';
import { type Broken, type LoadedExperiment, placed } from './load-definition.ts';
import { brokenOf, type Project } from './project.ts';
import { withSuggestion } from './suggest.ts';
import { toldOf, toldOfBroken } from './told-of.ts';

/** What keeps an experiment from running in any environment or lab that it names, each problem with file, line and suggestion. */
export const checkExperiment = (loaded: LoadedExperiment, project: Project): Problem[] =>
  toldOf(loaded, problemsIn(loaded.parsed, project));

/** Everything that is wrong with an experiment that does not fit its schema: that, and what the rest of it would do. */
export const checkBroken = (broken: Broken<Experiment>, project: Project): Problem[] =>
  toldOfBroken(broken, (parsed) => problemsIn(parsed, project));

/** Where the steady state of an experiment could not notice its faults: notes, each with what to add. */
export const lenientNotes = (loaded: LoadedExperiment, project: Project): Problem[] =>
  onceEach(
    targetsOf(loaded.parsed, project).targets.flatMap((target) => lenientIn(loaded.parsed, target)),
  ).map((note) => placed(note, loaded));

/** The environments and the lab that an experiment names, and what is wrong with its naming them. */
function targetsOf(
  parsed: Experiment,
  project: Project,
): { readonly targets: readonly PlanTarget[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const targets: PlanTarget[] = [];
  for (const id of Object.keys(parsed.environments ?? {})) {
    const found = project.environments.find((one) => one.id === id);
    if (found !== undefined) targets.push(planTargetOfEnvironment(found.definition, found.parsed));
    else problems.push(noTarget(project, 'environment', id, ['environments', id]));
  }
  if (parsed.lab !== undefined) {
    const found = project.labs.find((one) => one.id === parsed.lab);
    if (found !== undefined) targets.push(planTargetOfLab(found.definition, found.parsed));
    else problems.push(noTarget(project, 'lab', parsed.lab, ['lab']));
  }
  return { targets, problems };
}

function problemsIn(parsed: Experiment, project: Project): Problem[] {
  const { targets, problems } = targetsOf(parsed, project);
  return [
    ...problems,
    ...jsonPathProblemsOf(parsed),
    // That there is FIS's word alone is so of most faults; that no run could hold is worth knowing before.
    ...biteNotesOf(parsed).filter(({ code }) => code === 'bite-unseen'),
    ...onceEach(targets.flatMap((target) => problemsOf(parsed, target))),
  ];
}

/** What is the same wherever an experiment is deployed is said once. */
const onceEach = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
];

function noTarget(project: Project, kind: 'environment' | 'lab', id: string, path: Problem['path']): Problem {
  const broken = brokenOf(project, id, kind);
  if (broken !== undefined) {
    const file = broken.file.slice(project.root.length + 1);
    return {
      code: `broken-${kind}`,
      path,
      message: `the ${kind} '${id}' has problems of its own, so that nothing can be checked against it`,
      hint: `mend them first: steadfast check ${file}`,
    };
  }
  const known = { environment: project.environments, lab: project.labs }[kind];
  const candidates = known.map((one) => one.id);
  return withSuggestion(
    { code: 'unknown-name', path, message: `no ${kind} is called '${id}'`, candidates },
    id,
  );
}
