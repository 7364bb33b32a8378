import type { Stage } from '../../experiment/fault.ts';
import { percentOf } from '../../fis/quantity.ts';
import { experimentOf, type RunnerInput } from '../runner-input.ts';
import type { StageRisk } from './exposure.ts';

/** How many resources a stage hits of a fault's; undefined where nobody has counted them. */
export interface Draw {
  readonly fault: string;
  readonly count?: number;
}

/** How many of `found` targets a stage draws: FIS rounds a percentage down (user guide, "Selection mode"). */
export function drawnOf({ share }: Pick<Stage, 'share'>, found: number): number {
  if (share === 'one') return Math.min(1, found);
  return 'text' in share ? Math.floor((found * percentOf(share)) / 100) : found;
}

/** What each stage draws of each fault, by how many targets were found. */
export const drawsOf = (input: RunnerInput, found: ReadonlyMap<string, number>): Draw[][] =>
  experimentOf(input).stages.map((stage, index) =>
    (input.stages[index]?.faults ?? []).map(({ name }) => {
      const all = found.get(name);
      return all === undefined ? { fault: name } : { fault: name, count: drawnOf(stage, all) };
    }),
  );

/** The share of its targets that one fault of a stage hits; at most all of them where nobody has counted. */
function shareOf(
  { share }: Pick<Stage, 'share'>,
  all: number | undefined,
): { share: number; isAtMost: boolean } {
  // Of traffic: each target passes on the rest.
  if (typeof share === 'object' && !('text' in share)) return { share: share.share.ratio, isAtMost: false };
  if (all !== undefined && all > 0) return { share: drawnOf({ share }, all) / all, isAtMost: false };
  return { share: share === 'one' ? 1 : share.ratio, isAtMost: true };
}

/** What each stage puts at risk. Several faults may hit different targets: their shares add up, to all of them at most. */
export const stageRisksOf = (input: RunnerInput, found: ReadonlyMap<string, number>): StageRisk[] =>
  experimentOf(input).stages.flatMap((stage, index) => {
    const planned = input.stages[index];
    if (planned === undefined) return [];
    const shares = planned.faults.map(({ name }) => shareOf(stage, found.get(name)));
    return [
      {
        label: planned.label,
        durationMs: planned.durationMs,
        share: Math.min(
          1,
          shares.reduce((sum, one) => sum + one.share, 0),
        ),
        isAtMost: shares.length > 1 || shares.some(({ isAtMost }) => isAtMost),
      },
    ];
  });
