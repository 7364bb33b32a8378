import type { Actor, Person } from './actor.ts';
import type { GameDayInput } from './input.ts';

/** Whether somebody may be taken for the same person as another: unknown counts as the same. */
export function maySame(one: Actor, other: Actor, principals: GameDayInput['principals']): boolean {
  if (one.proof === 'steadfast' || other.proof === 'steadfast') return false;
  // A session of an assumed role has an ARN of its own: the same role with another session name is somebody else.
  if (one.proof === 'iam' && other.proof === 'iam') return one.principal === other.principal;
  return !areApart(one.role, other.role, principals);
}

/** Nobody can act in both roles. */
function areApart(
  one: Person['role'],
  other: Person['role'],
  principals: GameDayInput['principals'],
): boolean {
  if (one === other) return false;
  const ofOther = new Set(principals[other] ?? []);
  return (principals[one] ?? []).every((principal) => !ofOther.has(principal));
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
