import { defaultMs } from '../experiment/default-ms.ts';
import { defaults } from '../experiment/defaults.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { approvalMsIn } from '../plan/approval.ts';
import type { PlanTarget } from '../plan/plan-target.ts';
import { stageTemplateOf } from '../plan/stage-template.ts';
import { baselineMsOf } from '../steady-state/baseline-length.ts';
import { recoveryRule, stayMs } from '../steady-state/recovery/recovery-rule.ts';

/** As long as the runner lets admission take (`Admit` in lib/run/runner.asl.json). */
const admissionMs = 120_000;
/** For starting a stage's fault, looking at its targets, and asking FIS for its end: seconds each, with room for a second try. */
const aroundStageMs = 60_000;
/** For writing the journal and telling people: seconds, with room for a second try. */
const conclusionMs = 60_000;

/**
 * How long a run can take in an environment, in whole milliseconds: every step as long as it may take. What goes wrong can take longer still,
 * which is why whoever follows a plan waits for what is under way, and never starts by the clock alone.
 */
export function longestRunMs(experiment: Experiment, target: PlanTarget): number {
  const stages = experiment.stages.map(
    (stage) => stageTemplateOf(experiment, stage, target).durationMs + aroundStageMs,
  );
  const rollbacks = Object.values(experiment.rollbacks ?? {}).map(
    ({ timeout }) => timeout?.ms ?? defaultMs(defaults.rollbackTimeout),
  );
  const rule = recoveryRule(experiment.recovery, target.pace);
  const parts = [
    admissionMs,
    approvalMsIn(experiment, target) ?? 0,
    baselineMsOf(experiment, target.pace),
    ...stages,
    ...rollbacks,
    rule.objectiveMs,
    stayMs(rule, rule.objectiveMs),
    conclusionMs,
  ];
  return Math.ceil(parts.reduce((sum, ms) => sum + ms, 0));
}
