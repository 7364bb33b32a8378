import type { GameDay } from '../experiment/game-day.ts';
import type { RoleName } from '../experiment/role-names.ts';

export const approvalKinds = ['go', 'stages', 'extend'] as const;

export type ApprovalKind = (typeof approvalKinds)[number];

/** Whoever looks on, or is called when it goes wrong: both have reason to say no. */
const usual: readonly RoleName[] = ['observer', 'onCall'];

/** Who may approve what, in the order in which it was written. */
export function approversOf({ approvals = {} }: GameDay): Record<ApprovalKind, RoleName[]> {
  const of = (kind: ApprovalKind) => [...new Set(approvals[kind] ?? usual)];
  return { go: of('go'), stages: of('stages'), extend: of('extend') };
}
