import type { KilledReplica } from '../process-faults.ts';
import type { Bite } from './action-handler.ts';

/** What shows that processes were ended, with what came after each. */
export const endedBite = (ended: readonly (KilledReplica & { readonly after: string })[]): Bite => {
  const bit = ended.some(({ gone }) => gone);
  return {
    bit,
    evidence:
      ended.map(({ evidence, after }) => `${evidence}, ${after}`).join('; ') || 'no process was ended',
    ...(bit || ended.length === 0 ? {} : { likely: 'none of their processes was running' }),
  };
};
