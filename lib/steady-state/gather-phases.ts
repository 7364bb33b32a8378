import type { Experiment } from '../experiment/experiment.ts';
import { baselineMsOf } from './baseline-length.ts';
import { type Baseline, BaselineSeries } from './baseline-series.ts';
import { type GatheredPhase, gatherPhase, type PhaseJudgement } from './gather-phase.ts';
import type { BaselineProbe } from './judgement.ts';
import { isMark, type Observation } from './observation.ts';
import { phasesOf } from './phases.ts';
import { controlSpecs, controlsOf, type ProbeSpec, probeSpecs, see } from './probe-spec.ts';
import { inOrderOfTime, readAhead } from './read-ahead.ts';

export interface StageJudgement extends PhaseJudgement {
  readonly label: string;
  readonly bite: boolean | undefined;
  /** The time after it without any fault, where it was soaked. */
  readonly soak: PhaseJudgement | undefined;
}

export interface BaselineJudgement extends PhaseJudgement {
  readonly probes: BaselineProbe[];
  readonly series: Baseline;
}

/** The phases of what was observed, before anything is concluded from them. */
export interface GatheredPhases {
  readonly specs: readonly ProbeSpec[];
  readonly phases: readonly GatheredPhase[];
  /** Empty for each probe where there was no baseline. */
  readonly series: ReadonlyMap<string, BaselineSeries>;
}

export type ReadObservations = () => AsyncIterable<Observation> | Iterable<Observation>;

export interface JudgeOptions {
  readonly pace?: number;
  readonly leastRatePerSecond?: number;
}

/** Gathers the phases of what was observed. */
export async function gatherPhases(
  read: ReadObservations,
  experiment: Experiment,
  options: JudgeOptions,
): Promise<GatheredPhases> {
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
  return { specs, phases, series };
}

/** What the baseline says; undefined where there was none. */
export function baselineOf({ phases, series }: GatheredPhases): BaselineJudgement | undefined {
  const gathered = phases.find((one) => one.phase.kind === 'baseline');
  return (
    gathered && {
      ...gathered.judge(),
      probes: [...series].map(([probe, one]) => one.figures(probe)),
      series,
    }
  );
}

/** What its probes saw before any fault; empty where there was no baseline. */
export const seriesOfBaseline = ({ phases, series }: GatheredPhases): Baseline =>
  phases.some((one) => one.phase.kind === 'baseline') ? series : new Map();

/** What each stage says that was begun, with its soak. */
export const stagesOf = ({ phases }: GatheredPhases): StageJudgement[] =>
  phases.filter((one) => one.phase.kind === 'stage').map((one) => stageJudgement(one, soakOf(phases, one)));

const soakOf = (phases: readonly GatheredPhase[], { phase }: GatheredPhase): GatheredPhase | undefined =>
  phases.find((one) => one.phase.kind === 'soak' && one.phase.stage === phase.stage);

const stageJudgement = (one: GatheredPhase, soak: GatheredPhase | undefined): StageJudgement => ({
  ...one.judge(),
  label: one.phase.label ?? `stage ${one.phase.stage + 1}`,
  bite: one.phase.bite,
  soak: soak?.judge(),
});
