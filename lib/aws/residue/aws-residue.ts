import { messageOf } from '../../experiment/steadfast-error.ts';
import type { LeftBehind, Residue } from '../../run/ports.ts';
import { isDenied } from '../aws-error.ts';
import { kindFacts, looks, remembers, residueKinds } from './kinds.ts';
import type { ResidueClients, ResidueKind } from './residue-kind.ts';

/** What stands for a kind that could not be seen before the fault. */
const unseenBefore = { unseen: true } as const;

const isUnseen = (before: unknown): boolean =>
  typeof before === 'object' && before !== null && 'unseen' in before;

function unseen(kind: ResidueKind, why: string, cause?: unknown): LeftBehind {
  const { of, needs } = kindFacts[kind];
  return {
    what: `${of} ${why}`,
    hint: isDenied(cause)
      ? `Allow the functions of Steadfast ${needs}, and look yourself this time.`
      : 'Look yourself this time.',
  };
}

/** What faults leave behind in AWS, by kinds. One kind that AWS refuses or fails to show keeps no other from being looked at. */
export function createAwsResidue(clients: ResidueClients): Residue {
  return {
    remember: async (targets) => {
      const seen: Record<string, unknown> = {};
      for (const kind of residueKinds) {
        try {
          const before = await remembers[kind](clients, targets);
          if (before !== undefined) seen[kind] = before;
        } catch {
          seen[kind] = unseenBefore;
        }
      }
      return seen;
    },
    look: async ({ remembered, hit }) => {
      const left: LeftBehind[] = [];
      const notSeen: LeftBehind[] = [];
      for (const kind of residueKinds) {
        const before = remembered[kind];
        if (isUnseen(before)) {
          notSeen.push(unseen(kind, 'could not be seen before the fault'));
          continue;
        }
        try {
          left.push(...(await looks[kind](clients, { before, hit })));
        } catch (cause) {
          notSeen.push(unseen(kind, `could not be seen after it (${messageOf(cause)})`, cause));
        }
      }
      return { left, unseen: notSeen };
    },
  };
}
