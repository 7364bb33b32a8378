import type { Experiment } from '../experiment/experiment.ts';
import { type Verdict, worstVerdict } from '../experiment/verdict.ts';
import { baselineMsOf } from './baseline-length.ts';
import { type Baseline, BaselineSeries } from './baseline-series.ts';
import type { Finding } from './finding.ts';
import {
  biteFindings,
  missingStageFindings,
  recoveryFindings,
  stageFindings,
  underpoweredFindings,
  unhealthyFindings,
} from './findings.ts';
import { type GatheredPhase, gatherPhase, type PhaseJudgement } from './gather-phase.ts';
import type { BaselineProbe, PowerStatement } from './judgement.ts';
import { isMark, type Observation } from './observation.ts';
import { phasesOf } from './phases.ts';
import { powerStatements } from './power-statements.ts';
import { controlSpecs, controlsOf, type ProbeSpec, probeSpecs, see } from './probe-spec.ts';
import { inOrderOfTime, readAhead } from './read-ahead.ts';
import type { RecoveryJudgement } from './recovery/judge-recovery.ts';
import { soakFindings } from './soak-findings.ts';
import type { Window } from './window.ts';

interface StageJudgement extends PhaseJudgement {
  readonly label: string;
  readonly bite: boolean | undefined;
  /** The time after it without any fault, where it was soaked. */
  readonly soak: PhaseJudgement | undefined;
}

/** What recorded observations say. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly findings: Finding[];
  readonly baseline:
    | (PhaseJudgement & { readonly probes: BaselineProbe[]; readonly series: Baseline })
    | undefined;
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

export type ReadObservations = () => AsyncIterable<Observation> | Iterable<Observation>;

export interface JudgeOptions {
  readonly pace?: number;
  readonly leastRatePerSecond?: number;
}

/**
 * Judges the phases of what was observed. Without `recoveryOf`, which is larger than all the rest and which nobody needs before the end of a
 * run, no recovery counts as seen.
 */
export async function judgePhases(
  read: ReadObservations,
  experiment: Experiment,
  options: JudgeOptions,
  recoveryOf?: RecoveryOf,
): Promise<Judgement> {
  const pace = options.pace ?? 1;
  const specs = probeSpecs(experiment.steadyState, options.leastRatePerSecond);
  const controls = controlSpecs(experiment);
  const { marks, ordered } = await readAhead(read());
  const known = new Map([...specs, ...controls].map((spec) => [spec.name, spec]));
  const series = new Map([...known.keys()].map((name) => [name, new BaselineSeries()]));
  const leastMs = baselineMsOf(experiment, pace);
  const phases = phasesOf(marks).map((phase) =>
    gatherPhase(phase, specs, controls, controlsOf(experiment), series, leastMs),
  );
  for await (const observation of ordered ? read() : await inOrderOfTime(read())) {
    if (isMark(observation)) continue;
    const spec = known.get(observation.probe);
    const seen = spec && see(spec, observation);
    const phase = seen && phases.find((one) => seen.atMs >= one.phase.startMs && seen.atMs < one.phase.endMs);
    if (spec !== undefined && seen !== undefined) phase?.add(spec.name, seen);
  }

  const gathered = phases.find((one) => one.phase.kind === 'baseline');
  const baseline = gathered && {
    ...gathered.judge(),
    probes: [...series].map(([probe, one]) => one.figures(probe)),
    series,
  };
  const power = baseline === undefined ? [] : powerStatements(experiment, specs, series, pace);
  const stages = phases
    .filter((one) => one.phase.kind === 'stage')
    .map((one) => stageJudgement(one, soakOf(phases, one)));
  const after = phases.find((one) => one.phase.kind === 'recovery');
  const recovery = after && recoveryOf?.({ after, experiment, specs, series, pace });

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

const soakOf = (phases: readonly GatheredPhase[], { phase }: GatheredPhase): GatheredPhase | undefined =>
  phases.find((one) => one.phase.kind === 'soak' && one.phase.stage === phase.stage);

const stageJudgement = (one: GatheredPhase, soak: GatheredPhase | undefined): StageJudgement => ({
  ...one.judge(),
  label: one.phase.label ?? `stage ${one.phase.stage + 1}`,
  bite: one.phase.bite,
  soak: soak?.judge(),
});

function wouldHaveMissed(stages: readonly StageJudgement[], probes: readonly string[]): string[] {
  const judged = stages.flatMap((stage) => [...stage.tolerances, ...(stage.soak?.tolerances ?? [])]);
  if (!judged.some((one) => one.state === 'missed')) return [];
  return probes.filter((name) => !judged.some((one) => one.probe === name && one.state !== 'met'));
}
