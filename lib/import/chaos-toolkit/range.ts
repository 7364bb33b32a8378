/** By how much a limit is moved, as a share of it: what lies on the limit counts as met in Chaos Toolkit, and here what lies beyond. */
const hair = 1e-6;

const movedBy = (limit: number, sign: -1 | 1): number =>
  Number((limit + sign * hair * Math.max(1, Math.abs(limit))).toPrecision(12));

/** Two numbers, or texts of numbers, the lesser first. */
export function rangeOf(value: unknown): { readonly low: number; readonly high: number } | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [low = Number.NaN, high = Number.NaN] = value.map((one: unknown) =>
    typeof one === 'number' || (typeof one === 'string' && one.trim() !== '') ? Number(one) : Number.NaN,
  );
  return Number.isFinite(low) && Number.isFinite(high) && low <= high ? { low, high } : undefined;
}

/** The tolerance on a value within two limits, which count as within. */
export const withinLimits = ({ low, high }: { readonly low: number; readonly high: number }) => ({
  value: { above: movedBy(low, -1), below: movedBy(high, 1) },
});

export const limitsMoved =
  'the limits themselves count as met there, and here a value must lie between them: they are moved by a millionth';
