import type { Replica } from '../running-lab.ts';
import type { ActionContext, Bite } from './action-handler.ts';
import { sample } from './sample.ts';

/**
 * A share of the running replicas of each resource that is made of some, rounded down as FIS rounds shares of targets (that it does
 * here too is not documented); and what there is to tell where that is none at all.
 */
export function shareOf(
  { resources, random }: Pick<ActionContext, 'resources' | 'random'>,
  percent: number,
): { readonly drawn: readonly Replica[]; readonly vain: Bite | undefined } {
  const drawn = resources.flatMap(({ replicas }) => {
    const running = replicas.filter(({ alive }) => alive);
    return sample(running, Math.floor((running.length * percent) / 100), random);
  });
  const of = resources.map(({ id, replicas }) => `${replicas.length} of ${id}`).join(', ');
  return {
    drawn,
    vain:
      drawn.length > 0
        ? undefined
        : { bit: false, evidence: 'no process was ended', likely: `${percent} % of ${of} is less than one` },
  };
}
