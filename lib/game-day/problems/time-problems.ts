import type { GameDay } from '../../experiment/game-day.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { longestFromBaselineMs } from '../../plan/longest-run.ts';
import { type PlanTarget, targetName } from '../../plan/plan-target.ts';
import { problemsOf } from '../../plan/problems.ts';
import { duration } from '../../steady-state/words.ts';
import type { KnownExperiment } from '../known-definitions.ts';
import { experimentOf, ranOf } from '../stage-experiment.ts';
import { timesOf } from '../times.ts';

/** A stage is not offered when it would not end in time: what can never be offered is a mistake. Times are as written, not paced. */
export function timeProblemsOf(
  gameDay: GameDay,
  experiments: readonly KnownExperiment[],
  target: PlanTarget,
): Problem[] {
  const { experimentMs } = timesOf(gameDay);
  const lengths = gameDay.stages.map((stage) => {
    const experiment = experimentOf(stage, experiments);
    // What is wrong with an experiment itself is told where it is checked.
    if (
      experiment === undefined ||
      problemsOf(experiment, target).some(({ severity }) => severity !== 'note')
    )
      return 0;
    return longestFromBaselineMs(ranOf(experiment, stage), { ...target, pace: 1 });
  });
  const totalMs = lengths.reduce((sum, ms) => sum + ms, 0);
  if (totalMs <= experimentMs) return [];
  return [
    {
      code: 'too-little-time',
      path: ['times', 'experiment'],
      message: `the stages may take ${duration(totalMs)} in ${targetName(target)}, and the experiment ends after ${duration(experimentMs)}: the last would never be offered`,
      hint: 'give it more time, or leave out a stage',
    },
  ];
}
