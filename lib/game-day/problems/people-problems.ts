import type { GameDay } from '../../experiment/game-day.ts';
import type { RoleName } from '../../experiment/role-names.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { approvalKinds, approversOf } from '../approvers.ts';
import { mayBeSame } from '../principals.ts';

/**
 * Nobody approves what they have proposed: it is the operator who proposes, so that somebody else must be able to approve, and an approver
 * who may also act as operator could do both from two dashboards, which know the role of whoever presses a button and not the person.
 */
export function peopleProblemsOf(gameDay: GameDay): Problem[] {
  const approvers = approversOf(gameDay);
  const alone = approvalKinds.flatMap((kind): Problem[] =>
    approvers[kind].some((role) => role !== 'operator')
      ? []
      : [
          {
            code: 'own-approval',
            path: ['approvals', kind],
            message: 'the operator proposes, and would approve it as well: nobody else may',
            hint: 'name another role, such as observer or onCall',
          },
        ],
  );
  const everyApprover = new Set(approvalKinds.flatMap((kind) => approvers[kind]));
  const places = Object.entries(gameDay.environments ?? {}).flatMap(([id, { roles }]) => [
    ...unfilled(id, roles, approvers),
    ...common(id, roles, [...everyApprover]),
  ]);
  return [...alone, ...places];
}

type Roles = NonNullable<GameDay['environments']>[string]['roles'];

function unfilled(id: string, roles: Roles, approvers: ReturnType<typeof approversOf>): Problem[] {
  const path = ['environments', id, 'roles'];
  const operator: Problem[] =
    roles.operator === undefined
      ? [{ code: 'unfilled-role', path, message: 'nobody is operator, so that nothing could be proposed' }]
      : [];
  const missing = approvalKinds.filter(
    (kind) =>
      approvers[kind].some((role) => role !== 'operator') &&
      approvers[kind].every((role) => role === 'operator' || roles[role] === undefined),
  );
  if (missing.length === 0) return operator;
  const wanted = [...new Set(missing.flatMap((kind) => approvers[kind]))].filter(
    (role) => role !== 'operator',
  );
  return [
    ...operator,
    {
      code: 'unfilled-role',
      path,
      message: `nobody could approve ${missing.map((kind) => words[kind]).join(', ')}: nobody is ${wanted.join(' or ')}`,
      hint: 'say who may act in that role, or name an approver that is filled',
    },
  ];
}

const words = { go: 'go', stages: 'a stage', extend: 'more time' } as const;

function common(id: string, roles: Roles, approvers: readonly RoleName[]): Problem[] {
  return approvers.flatMap((role): Problem[] => {
    if (role === 'operator') return [];
    const shared = (roles[role] ?? []).flatMap((principal, index) =>
      (roles.operator ?? []).some((other) => mayBeSame(principal, other)) ? [{ principal, index }] : [],
    );
    return shared.map(({ principal, index }) => ({
      code: 'common-principal',
      path: ['environments', id, 'roles', role, index],
      message: `'${principal}' may act as operator too, and could approve what it proposed itself`,
      hint: 'give the two roles principals of their own',
    }));
  });
}
