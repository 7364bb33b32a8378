import { checkBroken } from '../../definitions/check-experiment.ts';
import type { LoadedExperiment } from '../../definitions/load-definition.ts';
import type { Project } from '../../definitions/project.ts';
import { planTargetOfLab } from '../../plan/lab-target.ts';
import { problemsOf } from '../../plan/problems.ts';
import { pathText } from '../print-problems.ts';

/** An experiment that is left out, and why. */
export interface LeftOut {
  readonly experiment: string;
  readonly reasons: readonly string[];
}

/** What of a project is rehearsed when everything is. */
export interface Selection {
  readonly experiments: readonly LoadedExperiment[];
  /** No lab can play it, or none is named: that is no failure. */
  readonly notRehearsable: readonly LeftOut[];
  /** What cannot be read as an experiment: nobody knows whether it would hold. */
  readonly broken: readonly LeftOut[];
}

/** Why an experiment is not rehearsable, where that is all that keeps it from being rehearsed. */
function whyNot(experiment: LoadedExperiment, project: Project): readonly string[] {
  if (experiment.parsed.lab === undefined) return ['it names no lab'];
  const lab = project.labs.find(({ id }) => id === experiment.parsed.lab);
  if (lab === undefined) return [];
  const problems = problemsOf(experiment.parsed, planTargetOfLab(lab.definition, lab.parsed));
  const isWrong = problems.some(({ code, severity }) => severity !== 'note' && code !== 'not-rehearsable');
  return isWrong
    ? []
    : problems.flatMap(({ code, message }) => (code === 'not-rehearsable' ? [message] : []));
}

/** Everything that can be rehearsed, and what cannot, with why. */
export function selectAll(project: Project): Selection {
  const looked = project.experiments.map((experiment) => ({
    experiment,
    reasons: [...new Set(whyNot(experiment, project))],
  }));
  return {
    experiments: looked.flatMap(({ experiment, reasons }) => (reasons.length === 0 ? [experiment] : [])),
    notRehearsable: looked.flatMap(({ experiment, reasons }) =>
      reasons.length === 0 ? [] : [{ experiment: experiment.id, reasons }],
    ),
    broken: project.brokenExperiments.map((one) => ({
      experiment: one.id ?? one.file.slice(project.root.length + 1),
      reasons: checkBroken(one, project).flatMap(({ path, message, severity }) =>
        severity === 'note' ? [] : [path.length === 0 ? message : `${pathText(path)} ${message}`],
      ),
    })),
  };
}
