import { defaultMs } from '../../experiment/default-ms.ts';
import { defaults } from '../../experiment/defaults.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { baselineMsOf } from '../../steady-state/baseline-length.ts';
import { longestProofMs } from '../../steady-state/recovery/recovery-rule.ts';
import { duration } from '../../steady-state/words.ts';
import { approvalMsIn } from '../approval.ts';
import { type PlanTarget, targetName } from '../plan-target.ts';
import { settleMs } from '../stage-template.ts';

/** What one run may come to: how long the runner lives (lib/run/runner.asl.json), and how many events it may make. */
export const runLimits = {
  ms: 57_600_000,
  /** Step Functions keeps 25,000 of an execution (quotas): a fifth is for steps that are tried again. */
  events: 20_000,
} as const;

/** FIS's starting and stopping, and the evidence of the bite, of one stage. */
const stageOverheadMs = 2 * 60_000;

/** A Task makes five events, the choice of what comes next two, a wait two. */
const eventsAStep = 7;
const eventsALook = 9;

/** Start, confirm and end of a stage, each perhaps more than once. */
const stepsAStage = 8;
/** One rollback is tried again and again, a few seconds apart at least, and then at most so often. */
const stepsARollback = 20;

const sliceMs = defaultMs(defaults.slice);
const slicesIn = (ms: number) => Math.ceil(ms / sliceMs) + 1;

/** Looks for an approval: each 15 s for five minutes, then each 30 s (lib/run/ask-for-approval.ts). */
const looksIn = (ms: number) =>
  Math.ceil(Math.min(ms, 300_000) / 15_000 + Math.max(0, ms - 300_000) / 30_000);

/** A run that would outlive the runner, or fill its history, is refused before it is deployed. Times are as written, not paced. */
export function runLengthProblemsOf(experiment: Experiment, target: PlanTarget): Problem[] {
  const { stages, recovery, rollbacks = {} } = experiment;
  const approvalMs = approvalMsIn(experiment, target) ?? 0;
  const waitMs = target.production ? settleMs : 0;
  const parts = {
    approval: approvalMs,
    baseline: baselineMsOf(experiment, 1),
    stages: sum(stages.map((stage) => stage.duration.ms + waitMs + stageOverheadMs)),
    soaks: sum(stages.map(({ soak }) => soak?.ms ?? 0)),
    rollbacks: sum(
      Object.values(rollbacks).map(({ timeout }) => timeout?.ms ?? defaultMs(defaults.rollbackTimeout)),
    ),
    recovery: recovery.objective.ms + longestProofMs,
  };
  const ms = sum(Object.values(parts));
  const told = Object.entries(parts)
    .filter(([, partMs]) => partMs > 0)
    .map(([name, partMs]) => `${name} ${duration(partMs)}`)
    .join(', ');
  if (ms > runLimits.ms) {
    return [
      {
        code: 'too-long-run',
        path: ['stages'],
        message: `a run in ${targetName(target)} may last ${duration(ms)}, and the runner ends after ${duration(runLimits.ms)}: ${told}`,
        hint: 'shorten the stages or their soaks, or split the experiment',
      },
    ];
  }
  const steps =
    slicesIn(parts.baseline) +
    sum(
      stages.map(
        (stage) =>
          slicesIn(stage.duration.ms + waitMs) +
          (stage.soak === undefined ? 0 : slicesIn(stage.soak.ms)) +
          stepsAStage,
      ),
    ) +
    stepsARollback * Object.keys(rollbacks).length +
    slicesIn(parts.recovery);
  const events = eventsAStep * steps + eventsALook * looksIn(approvalMs);
  if (events <= runLimits.events) return [];
  return [
    {
      code: 'too-many-events',
      path: ['stages'],
      message: `a run in ${targetName(target)} may make ${events} events, and Step Functions keeps 25,000 of an execution, of which ${runLimits.events} are for what goes well: ${stages.length} stages, ${told}`,
      hint: 'write fewer stages, or split the experiment',
    },
  ];
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
