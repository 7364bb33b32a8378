import type { Experiment } from '../experiment/experiment.ts';
import { type Verdict, worstVerdict } from '../experiment/verdict.ts';
import { baselineMsOf } from './baseline-length.ts';
import {
  biteFindings,
  missingStageFindings,
  recoveryFindings,
  stageFindings,
  unhealthyFindings,
} from './findings.ts';
import { createToleranceJudge, type ToleranceJudge } from './judge-tolerance.ts';
import type { BaselineProbe, Finding, ToleranceJudgement } from './judgement.ts';
import { isMark, type Observation } from './observation.ts';
import { type Phase, phasesOf } from './phases.ts';
import { type ProbeSpec, probeSpecs, type Seen, see } from './probe-spec.ts';
import { inOrderOfTime, readAhead } from './read-ahead.ts';
import { judgeRecovery, type RecoveryJudgement, recoveryRule } from './recovery.ts';
import { createWatch, type Watch } from './watch.ts';
import type { Window } from './window.ts';

interface PhaseJudgement {
  readonly startMs: number;
  /** The last sample's time where the end was never marked. */
  readonly endMs: number;
  readonly tolerances: ToleranceJudgement[];
  readonly windows: Window[];
}

interface StageJudgement extends PhaseJudgement {
  readonly label: string;
  readonly bite: boolean | undefined;
}

/** What recorded observations say. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly findings: Finding[];
  readonly baseline: (PhaseJudgement & { readonly probes: BaselineProbe[] }) | undefined;
  readonly stages: StageJudgement[];
  readonly recovery: (RecoveryJudgement & { readonly windows: Window[] }) | undefined;
  /** When something was missed: the probes that saw nothing of it. */
  readonly wouldHaveMissed: string[];
}

/**
 * Judges what was observed, with no knowledge but the experiment and the marks: the same maths for a run as it concludes, and for a
 * file afterwards. `read` is called twice; the observations may be more than fit in memory, as long as each probe's come in the
 * order of time.
 */
export async function judge(
  read: () => AsyncIterable<Observation> | Iterable<Observation>,
  experiment: Experiment,
  options: { readonly pace?: number; readonly leastRatePerSecond?: number } = {},
): Promise<Judgement> {
  const specs = probeSpecs(experiment.steadyState, options.leastRatePerSecond);
  const { marks, ordered } = await readAhead(read());
  const leastMs = baselineMsOf(experiment, options.pace ?? 1);
  const phases = phasesOf(marks).map((phase) => gather(phase, specs, leastMs));
  for await (const observation of ordered ? read() : await inOrderOfTime(read())) {
    if (isMark(observation)) continue;
    const spec = specs.find((one) => one.name === observation.probe);
    const seen = spec && see(spec, observation);
    const phase = seen && phases.find((one) => seen.atMs >= one.phase.startMs && seen.atMs < one.phase.endMs);
    if (spec !== undefined && seen !== undefined) phase?.add(spec.name, seen);
  }

  const baseline = phases.find((one) => one.phase.kind === 'baseline');
  const baselineProbes = baseline?.probes() ?? [];
  const judgedBaseline = baseline && { ...baseline.judge(), probes: baselineProbes };
  const stages = phases
    .filter((one) => one.phase.kind === 'stage')
    .map(
      (one): StageJudgement => ({
        ...one.judge(),
        label: one.phase.label ?? `stage ${one.phase.stage + 1}`,
        bite: one.phase.bite,
      }),
    );
  const after = phases.find((one) => one.phase.kind === 'recovery');
  const recovery = after && {
    ...judgeRecovery({
      specs,
      rule: recoveryRule(experiment.recovery, options.pace ?? 1),
      baseline: baselineProbes,
      faultEndMs: after.phase.startMs,
      untilMs: after.endMs(),
      seen: after.seen,
    }),
    windows: after.windows(),
  };

  const found = [
    ...unhealthyFindings(judgedBaseline?.tolerances, stages.length > 0),
    ...stages.flatMap((stage, index) => [...stageFindings(stage, index), ...biteFindings(stage, index)]),
    ...recoveryFindings(recovery, {
      begun: stages.length > 0,
      marked: after !== undefined && Number.isFinite(after.phase.endMs),
    }),
  ];
  // After anything else that was found, no further stage was to begin.
  const findings = found.length > 0 ? found : missingStageFindings(stages.length, experiment.stages.length);
  return {
    verdict: worstVerdict(findings.map((finding) => finding.verdict)),
    findings,
    baseline: judgedBaseline,
    stages,
    recovery,
    wouldHaveMissed: wouldHaveMissed(stages, specs),
  };
}

interface Gathering {
  readonly phase: Phase;
  /** Of a recovery only, whose stretches are judged afterwards. */
  readonly seen: ReadonlyMap<string, readonly Seen[]>;
  add(probe: string, seen: Seen): void;
  endMs(): number;
  probes(): BaselineProbe[];
  windows(): Window[];
  judge(): PhaseJudgement;
}

function gather(phase: Phase, specs: readonly ProbeSpec[], leastBaselineMs: number): Gathering {
  const judges = new Map<string, ToleranceJudge>(
    specs.map((spec) => [spec.name, createToleranceJudge(spec, phase.startMs)]),
  );
  const watch: Watch = createWatch(specs, phase.startMs);
  const kept = new Map<string, Seen[]>(specs.map((spec) => [spec.name, []]));
  const windows: Window[] = [];
  let lastMs = phase.startMs;
  // Nothing marks the end of a baseline: it is as long as it was asked to be, and what lies between that and the fault's start (FIS
  // takes its time) was not asked about.
  const endMs = () => {
    if (phase.kind === 'baseline')
      return Math.min(phase.endMs, Math.max(lastMs, phase.startMs + leastBaselineMs));
    return Number.isFinite(phase.endMs) ? phase.endMs : lastMs;
  };
  const allWindows = () => {
    watch.finish(endMs());
    windows.push(...watch.takeWindows());
    return windows;
  };
  return {
    phase,
    seen: kept,
    endMs,
    windows: allWindows,
    add(probe, seen) {
      lastMs = Math.max(lastMs, seen.atMs);
      judges.get(probe)?.add(seen);
      watch.add(probe, seen);
      watch.tick(lastMs);
      windows.push(...watch.takeWindows());
      if (phase.kind === 'recovery') kept.get(probe)?.push(seen);
    },
    probes: () => [...judges].map(([probe, { tally }]) => baselineOf(probe, tally)),
    judge: () => ({
      startMs: phase.startMs,
      endMs: endMs(),
      tolerances: [...judges.values()].flatMap((one) => one.judge(endMs())),
      windows: allWindows(),
    }),
  };
}

/** A probe's figures over a stretch. */
function baselineOf(probe: string, tally: ToleranceJudge['tally']): BaselineProbe {
  const figures = {
    errorRate: tally.errorRate,
    p50Ms: tally.finitePercentile(0.5),
    p95Ms: tally.finitePercentile(0.95),
    p99Ms: tally.finitePercentile(0.99),
    highestValue: tally.highestValue,
  };
  const known = Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined));
  return { probe, count: tally.count, ...known };
}

function wouldHaveMissed(stages: readonly StageJudgement[], specs: readonly ProbeSpec[]): string[] {
  const judged = stages.flatMap((stage) => stage.tolerances);
  if (!judged.some((one) => one.state === 'missed')) return [];
  return specs
    .map((spec) => spec.name)
    .filter((name) => !judged.some((one) => one.probe === name && one.state !== 'met'));
}
