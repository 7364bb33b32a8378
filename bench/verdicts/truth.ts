import { type Verdict, worstVerdict } from '../../lib/experiment/verdict.ts';
import { probeSpecs } from '../../lib/steady-state/probe-spec.ts';
import { powerTruth } from './power-truth.ts';
import { recoveryState } from './recovery-truth.ts';
import { experimentOf, type Scene } from './scene.ts';
import { tolerancesTruth } from './tolerances-truth.ts';

/**
 * The verdict that a scene deserves, from its parameters alone; undefined where the truth lies so near to a limit that the run's own
 * power says it may be found either way.
 */
export function labelOf(scene: Scene): Verdict | undefined {
  const specs = probeSpecs(experimentOf(scene).steadyState);
  const { faultStart, faultEnd } = scene.times;
  const over = (from: number, to: number) =>
    specs.flatMap((spec) => {
      const watched = scene.probes[spec.name];
      return watched === undefined ? [] : tolerancesTruth(spec, watched, { from, to }, scene.times);
    });
  const before = over(0, faultStart);
  if (before.includes('margin')) return undefined;
  const found: Verdict[] = before.some((state) => state !== 'met') ? ['rejected'] : [];
  if (scene.ended !== undefined) return worstVerdict(found);

  const during = over(faultStart, faultEnd);
  const after = recoveryState(scene, specs);
  const power = specs.flatMap((spec) => {
    const watched = scene.probes[spec.name];
    return watched === undefined ? [] : powerTruth(spec, watched, scene);
  });
  if (during.includes('margin') || power.includes('margin') || after === 'margin') return undefined;
  if (during.includes('missed')) found.push('deviated');
  if (during.includes('unknown') || power.includes('unknown') || scene.bite !== true)
    found.push('inconclusive');
  if (after === 'unknown') found.push('inconclusive');
  if (after === 'missed' || after === 'unseen') found.push('unrecovered');
  return worstVerdict(found);
}
