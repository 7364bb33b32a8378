import type { Verdict } from '../../lib/experiment/verdict.ts';
import { judge } from '../../lib/steady-state/judge.ts';
import type { Observation } from '../../lib/steady-state/observation.ts';
import { drawFor } from './draw.ts';
import { experimentOf, type Scene } from './scene.ts';
import { singleSampleVerdict } from './single-sample.ts';
import { traceOf } from './trace.ts';
import { labelOf } from './truth.ts';
import type { VerdictClass } from './verdict-class.ts';

/** A run of a class: what is true, and what was recorded of it. */
export interface SimulatedRun {
  readonly scene: Scene;
  readonly label: Verdict;
  readonly trace: readonly Observation[];
}

export interface Outcome {
  readonly class: string;
  readonly seed: number;
  readonly label: Verdict;
  readonly verdict: Verdict;
  readonly singleSample: Verdict;
  readonly samples: number;
  /** The first finding. */
  readonly finding?: string;
}

const mostTries = 2_000;
/** A run of more samples takes long to judge and tells nothing new. */
const mostSamples = 24_000;

/** Draws parameters until they lie outside the margin in which the run's own power leaves the verdict open. */
export function simulate({ name, labels, draw }: VerdictClass, seed: number): SimulatedRun {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const source = drawFor(`${name}/${tries}`, seed);
    const scene = draw(source);
    const samples = Object.values(scene.probes).reduce(
      (sum, { everyS }) => sum + scene.times.end / everyS,
      0,
    );
    if (samples > mostSamples) continue;
    const label = labelOf(scene);
    if (label !== undefined && labels.includes(label)) return { scene, label, trace: traceOf(scene, source) };
  }
  throw new Error(`no parameters of ${name} with seed ${seed} lie outside the margin`);
}

export async function runOne(kind: VerdictClass, seed: number): Promise<Outcome> {
  const { scene, label, trace } = simulate(kind, seed);
  const experiment = experimentOf(scene);
  const { verdict, findings } = await judge(() => trace, experiment);
  const finding = findings.find((one) => one.verdict === verdict) ?? findings[0];
  return {
    class: kind.name,
    seed,
    label,
    verdict,
    singleSample: singleSampleVerdict(trace, experiment),
    samples: trace.length,
    ...(finding === undefined ? {} : { finding: `${finding.code}: ${finding.message}` }),
  };
}
