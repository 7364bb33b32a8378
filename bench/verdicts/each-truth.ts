import type { Tolerances } from '../../lib/experiment/tolerance.ts';
import { isGauge, type Watched } from './scene.ts';
import { ageAt } from './service.ts';

type Given = Pick<Tolerances, 'age' | 'count' | 'value'>;
type MissedFor = { readonly missedFor?: { readonly ms: number } | undefined };

/** For each tolerance that compares single samples: when what is seen is truly beyond it. */
export function readingsBeyond(
  { of }: Watched,
  { age, count, value }: Given,
): readonly (readonly [MissedFor, (t: number) => boolean])[] {
  const found: (readonly [MissedFor, (t: number) => boolean])[] = [];
  if (!isGauge(of)) {
    const { cache, items } = of;
    // A replica that serves what is stale is met every few requests: as long as it does, the tolerance is being missed.
    if (age !== undefined && cache !== undefined)
      found.push([age, (t) => ageAt(cache, t, true) * 1_000 >= age.below.ms]);
    if (count !== undefined && items !== undefined) found.push([count, (t) => items(t) < count.atLeast]);
  } else if (value !== undefined) {
    const { above = Number.NEGATIVE_INFINITY, below = Number.POSITIVE_INFINITY } = value;
    found.push([value, (t) => of.level(t) >= below || of.level(t) <= above]);
  }
  return found;
}
