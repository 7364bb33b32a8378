import type * as z from 'zod';
import { quantityIssue } from '../fis/quantity.ts';

type Issue = z.core.$ZodIssue;

/** Farther than any number of wrong keys: what stands there is of another sort altogether. */
const otherSort = 10_000;

/**
 * The issues of the alternative of a union that was meant: the one that knows the keys that are there. Undefined where
 * several are as near.
 */
export function meantAlternative(
  alternatives: readonly (readonly Issue[])[],
  got: unknown,
): readonly Issue[] | undefined {
  const ranked = alternatives
    .map((issues) => ({ issues, distance: distanceOf(issues, got) }))
    .toSorted((a, b) => a.distance - b.distance);
  const [nearest, next] = ranked;
  if (nearest === undefined || nearest.distance === next?.distance) return undefined;
  return nearest.issues;
}

/** An unknown key at its top is far, a missing or mistaken one less so, what is wrong deeper inside hardly counts. */
const distanceOf = (issues: readonly Issue[], got: unknown): number =>
  issues.reduce((sum, issue) => {
    const atTop = issue.path.length === 0;
    if (atTop && issue.code === 'unrecognized_keys') return sum + 100 * issue.keys.length;
    if (atTop && isOfOtherSort(issue, got)) return sum + otherSort;
    return sum + (issue.path.length <= 1 && issue.code === 'invalid_type' ? 10 : 1);
  }, 0);

/** Whether an alternative wants a text or number where a map or list stands, or the other way round. */
function isOfOtherSort(issue: Issue, got: unknown): boolean {
  if (issue.code === 'invalid_type') return true;
  const isMap = typeof got === 'object' && got !== null;
  return (
    isMap &&
    (issue.code === 'invalid_value' ||
      (issue.code === 'custom' && issue.params?.['code'] === quantityIssue.code))
  );
}
