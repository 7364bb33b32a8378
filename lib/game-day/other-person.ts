import type { Actor, Person } from './actor.ts';
import type { GameDayInput } from './input.ts';
import { mayBeSame } from './principals.ts';

/** Whether somebody may be taken for the same person as another: unknown counts as the same. */
export function maySame(one: Actor, other: Actor, principals: GameDayInput['principals']): boolean {
  if (one.proof === 'steadfast' || other.proof === 'steadfast') return false;
  if (one.proof === 'iam' && other.proof === 'iam')
    return callsItself(one.principal) === callsItself(other.principal);
  return !areApart(one.role, other.role, principals);
}

/**
 * The name of a user or of a session. Single sign-on names a person's sessions alike in every role, so a name that comes back in another
 * role is the same person. Whoever may choose the name of a session could pass for two: a role's trust policy keeps them from that
 * (`sts:RoleSessionName`).
 */
const callsItself = (principal: string): string => principal.split('/').at(-1)?.toLowerCase() ?? principal;

/** Nobody can act in both roles. */
function areApart(
  one: Person['role'],
  other: Person['role'],
  principals: GameDayInput['principals'],
): boolean {
  if (one === other) return false;
  const ofOther = principals[other] ?? [];
  return (principals[one] ?? []).every((principal) =>
    ofOther.every((another) => !mayBeSame(principal, another)),
  );
}

/** Word for word the same: whoever does the same again has done it before. */
export const isSame = (one: Actor, other: Actor): boolean =>
  JSON.stringify(keyOf(one)) === JSON.stringify(keyOf(other));

function keyOf(actor: Actor): readonly unknown[] {
  switch (actor.proof) {
    case 'iam':
      return ['iam', actor.principal];
    case 'role':
    case 'link':
      return [actor.proof, actor.role, actor.claimed];
    case 'steadfast':
      return ['steadfast'];
  }
}
