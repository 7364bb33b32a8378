import { messageOf } from '../../experiment/steadfast-error.ts';
import type { BiteEvidence } from '../../run/ports.ts';

/** What one look saw of a fault; `evidence` is a phrase that begins with whom it asked. */
export type Sight = Omit<BiteEvidence, 'fault'>;

/** A look that fails is no evidence of anything: nobody can tell. */
export async function seenOr(asked: string, look: () => Promise<Sight>): Promise<Sight> {
  try {
    return await look();
  } catch (cause) {
    return { bit: undefined, evidence: `${asked} could not be asked: ${messageOf(cause)}` };
  }
}

/** All looks together: each must have seen it. One that saw that it did not bite decides; then one that could not tell. */
export function together(sights: readonly Sight[]): Sight {
  const likely = sights.flatMap((sight) => sight.likely ?? []).join('; ');
  return {
    bit: sights.some(({ bit }) => bit === false)
      ? false
      : sights.length > 0 && sights.every(({ bit }) => bit === true)
        ? true
        : undefined,
    evidence: sights.map(({ evidence }) => evidence).join('; '),
    ...(likely === '' ? {} : { likely }),
  };
}
