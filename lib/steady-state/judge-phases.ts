import type { Experiment } from '../experiment/experiment.ts';
import { type Verdict, worstVerdict } from '../experiment/verdict.ts';
import type { Baseline } from './baseline-series.ts';
import type { Finding } from './finding.ts';
import {
  biteFindings,
  missingStageFindings,
  recoveryFindings,
  stageFindings,
  underpoweredFindings,
  unhealthyFindings,
} from './findings.ts';
import type { GatheredPhase } from './gather-phase.ts';
import {
  type BaselineJudgement,
  baselineOf,
  gatherPhases,
  type JudgeOptions,
  type ReadObservations,
  type StageJudgement,
  stagesOf,
} from './gather-phases.ts';
import type { PowerStatement } from './judgement.ts';
import { powerStatements } from './power-statements.ts';
import type { ProbeSpec } from './probe-spec.ts';
import type { RecoveryJudgement } from './recovery/judge-recovery.ts';
import { soakFindings } from './soak-findings.ts';
import type { Window } from './window.ts';

/** What recorded observations say. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly findings: Finding[];
  readonly baseline: BaselineJudgement | undefined;
  /** What the stages can tell, by the baseline; empty where there is no baseline. */
  readonly power: PowerStatement[];
  readonly stages: StageJudgement[];
  readonly recovery: (RecoveryJudgement & { readonly windows: Window[] }) | undefined;
  /** When something was missed: the probes that saw nothing of it. */
  readonly wouldHaveMissed: string[];
}

/** What judges the time after the fault. */
export type RecoveryOf = (seen: {
  readonly after: GatheredPhase;
  readonly experiment: Experiment;
  readonly specs: readonly ProbeSpec[];
  readonly series: Baseline;
  readonly pace: number;
}) => Judgement['recovery'];

/** Judges the phases of what was observed, and says what they mean together. */
export async function judgePhases(
  read: ReadObservations,
  experiment: Experiment,
  options: JudgeOptions,
  recoveryOf: RecoveryOf,
): Promise<Judgement> {
  const gathered = await gatherPhases(read, experiment, options);
  const { phases, series, specs } = gathered;
  const pace = options.pace ?? 1;
  const baseline = baselineOf(gathered);
  const power = baseline === undefined ? [] : powerStatements(experiment, specs, series, pace);
  const stages = stagesOf(gathered);
  const after = phases.find((one) => one.phase.kind === 'recovery');
  const recovery = after && recoveryOf({ after, experiment, specs, series, pace });

  const begun = stages.length > 0;
  const unhealthy = unhealthyFindings(baseline?.tolerances, begun);
  // Of a system that was ill before any fault nothing can be said, and no run goes on from there.
  const isRejected = unhealthy.some(({ verdict }) => verdict === 'rejected');
  const further = [
    ...stages.flatMap((stage, index) => [
      ...stageFindings(stage, index),
      ...biteFindings(stage, index),
      ...soakFindings(stage, index),
    ]),
    ...(begun ? underpoweredFindings(power) : []),
    ...recoveryFindings(recovery, {
      begun,
      marked: after !== undefined && Number.isFinite(after.phase.endMs),
    }),
  ];
  const found = isRejected ? unhealthy : [...unhealthy, ...further];
  // After anything else that was found, no further stage was to begin.
  const findings = found.length > 0 ? found : missingStageFindings(stages.length, experiment.stages.length);
  return {
    verdict: worstVerdict(findings.map((finding) => finding.verdict)),
    findings,
    baseline,
    power,
    stages,
    recovery,
    wouldHaveMissed: wouldHaveMissed(
      stages,
      specs.map((spec) => spec.name),
    ),
  };
}

function wouldHaveMissed(stages: readonly StageJudgement[], probes: readonly string[]): string[] {
  const judged = stages.flatMap((stage) => [...stage.tolerances, ...(stage.soak?.tolerances ?? [])]);
  if (!judged.some((one) => one.state === 'missed')) return [];
  return probes.filter((name) => !judged.some((one) => one.probe === name && one.state !== 'met'));
}
