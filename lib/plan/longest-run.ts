import { defaultMs } from '../experiment/default-ms.ts';
import { defaults } from '../experiment/defaults.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { baselineMsOf } from '../steady-state/baseline-length.ts';
import { recoveryRule, stayMs } from '../steady-state/recovery/recovery-rule.ts';
import { approvalMsIn } from './approval.ts';
import type { PlanTarget } from './plan-target.ts';
import { stageTemplateOf } from './stage-template.ts';

/** As long as the runner lets admission take (`Admit` in lib/run/runner.asl.json). */
const admissionMs = 120_000;

const inAws = {
  /** For starting a stage's fault, looking at its targets, and asking FIS for its end: seconds each, with room for a second try. */
  aroundStageMs: 60_000,
  /** For writing the journal and telling people: seconds, with room for a second try. */
  conclusionMs: 60_000,
} as const;

/** The same on this machine, where nothing is far: each takes a second or so when it is busy. */
const inLab = { aroundStageMs: 5_000, conclusionMs: 5_000 } as const;

/**
 * How long a run can take in an environment, in whole milliseconds: every step as long as it may take. What goes wrong can take longer still,
 * which is why whoever follows a plan waits for what is under way, and never starts by the clock alone.
 */
export const longestRunMs = (experiment: Experiment, target: PlanTarget): number =>
  admissionMs + (approvalMsIn(experiment, target) ?? 0) + longestFromBaselineMs(experiment, target);

/** The same from the moment at which a run that was admitted, and approved where that is asked for, begins to look. */
export function longestFromBaselineMs(experiment: Experiment, target: PlanTarget): number {
  const { aroundStageMs, conclusionMs } = target.kind === 'lab' ? inLab : inAws;
  const stages = experiment.stages.map(
    (stage) =>
      stageTemplateOf(experiment, stage, target).durationMs +
      (stage.soak?.ms ?? 0) * target.pace +
      aroundStageMs,
  );
  const rollbacks = Object.values(experiment.rollbacks ?? {}).map(
    ({ timeout }) => timeout?.ms ?? defaultMs(defaults.rollbackTimeout),
  );
  const rule = recoveryRule(experiment.recovery, target.pace);
  const parts = [
    baselineMsOf(experiment, target.pace),
    ...stages,
    ...rollbacks,
    rule.objectiveMs,
    stayMs(rule, rule.objectiveMs),
    conclusionMs,
  ];
  return Math.ceil(parts.reduce((sum, ms) => sum + ms, 0));
}
