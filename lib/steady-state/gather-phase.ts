import { type BaselineSeries, effectIn } from './baseline-series.ts';
import { withControl } from './control.ts';
import { createToleranceJudge, type ToleranceJudge } from './judge-tolerance.ts';
import type { ToleranceJudgement } from './judgement.ts';
import type { Phase } from './phases.ts';
import type { ProbeSpec, Seen } from './probe-spec.ts';
import { Tally } from './tally.ts';
import { createWatch, type Watch } from './watch.ts';
import type { Window } from './window.ts';

export interface PhaseJudgement {
  readonly startMs: number;
  /** The last sample's time where the end was never marked. */
  readonly endMs: number;
  readonly tolerances: ToleranceJudgement[];
  readonly windows: Window[];
}

/** What is kept of one phase while the observations pass. */
export interface GatheredPhase {
  readonly phase: Phase;
  /** Of a recovery only, whose stretches are judged afterwards. */
  readonly seen: ReadonlyMap<string, readonly Seen[]>;
  add(probe: string, seen: Seen): void;
  endMs(): number;
  windows(): Window[];
  judge(): PhaseJudgement;
}

/** The watch is here for its windows alone: looking more often than one closes would find nothing more. */
const tickMs = 1_000;

/**
 * Gathers a phase. A probe's own samples of the baseline come before those of any later phase, so that how they follow one another is
 * known by then. Controls are kept for the recovery, and judged by nothing of their own.
 */
export function gatherPhase(
  phase: Phase,
  specs: readonly ProbeSpec[],
  controls: readonly ProbeSpec[],
  controlOf: Readonly<Record<string, string>>,
  series: ReadonlyMap<string, BaselineSeries>,
  leastBaselineMs: number,
): GatheredPhase {
  const judges = new Map<string, ToleranceJudge>();
  const controlTallies = new Map(controls.map((spec) => [spec.name, new Tally()]));
  const judgeOf = (spec: ProbeSpec) => {
    const known =
      judges.get(spec.name) ??
      createToleranceJudge(spec, phase.startMs, (limit) => effectIn(series, spec.name, limit));
    judges.set(spec.name, known);
    return known;
  };
  const watch: Watch = createWatch(specs, phase.startMs);
  const kept = new Map<string, Seen[]>();
  const windows: Window[] = [];
  let lastMs = phase.startMs;
  let nextTickMs = phase.startMs;
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
      if (phase.kind === 'baseline') series.get(probe)?.add(seen);
      if (phase.kind === 'recovery') {
        const before = kept.get(probe);
        if (before === undefined) kept.set(probe, [seen]);
        else before.push(seen);
      }
      const spec = specs.find((one) => one.name === probe);
      if (spec !== undefined) judgeOf(spec).add(seen);
      controlTallies.get(probe)?.add(seen);
      watch.add(probe, seen);
      if (lastMs < nextTickMs) return;
      nextTickMs = lastMs + tickMs;
      watch.tick(lastMs);
      windows.push(...watch.takeWindows());
    },
    judge: () => ({
      startMs: phase.startMs,
      endMs: endMs(),
      tolerances: specs.flatMap((spec) => {
        const judge = judgeOf(spec);
        const judged = judge.judge(endMs());
        const name = controlOf[spec.name];
        const [before, after] = name === undefined ? [] : [series.get(name), controlTallies.get(name)];
        const isJudged = phase.kind === 'stage' || phase.kind === 'soak';
        if (!isJudged || name === undefined || before === undefined || after === undefined) return judged;
        return judged.map((one) => withControl(spec, one, judge.tally, { name, before, after }));
      }),
      windows: allWindows(),
    }),
  };
}
