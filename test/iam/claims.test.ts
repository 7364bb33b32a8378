import { beforeAll, describe, expect, it } from 'vitest';
import type { FisAction } from '../../lib/fis/action.ts';
import { actions } from '../../lib/fis/catalogue.ts';
import { confinementWords, type FisPermission, reads } from '../../lib/fis/permission.ts';
import { textOf } from '../docs/markdown.ts';
import { authorizationOf, isListed, isRead, keyOfFunctionCode, keysOn } from './authorization.ts';
import { deployForProof, environment } from './calls/deployed.ts';
import { fisRoles } from './fis-roles.ts';
import type { Statement } from './simulate.ts';
import { typesOf } from './situations/situations-of.ts';
import { rolesIn } from './synthesized-roles.ts';

const all: readonly FisAction[] = actions;

/** What the catalogue says that IAM cannot confine, with the action it is for. */
const unconfined = all.flatMap((action) =>
  action.permissions.flatMap((permission) => {
    const { confinedBy } = permission;
    return typeof confinedBy === 'object' && 'none' in confinedBy
      ? [{ action, permission, reason: confinedBy.none }]
      : [];
  }),
);
const different = [...new Map(unconfined.map((one) => [JSON.stringify(one.permission), one])).values()].map(
  (one) => [`${one.permission.action} on ${one.permission.on ?? 'all'}`, one] as const,
);

const { confinedBy: read } = reads('any');
const cannotLimit = typeof read === 'object' && 'none' in read ? read.none : '';

/** Calls that change something and are not confined: each can only end what was begun. */
const onlyEnd = ['ssm:CancelCommand', 'ssm:StopAutomationExecution'];

/** Whether the same call is asked on something else too, which is confined and which every such call touches. */
async function isConfinedByAnother({ permissions }: FisAction, { action }: FisPermission): Promise<boolean> {
  const authorization = await authorizationOf(action);
  return permissions.some(
    (other) =>
      other.action === action &&
      !(typeof other.confinedBy === 'object' && 'none' in other.confinedBy) &&
      typesOf(other, authorization).some(({ isRequired }) => isRequired),
  );
}

describe('what the catalogue says that IAM cannot confine', () => {
  it.each(different)(
    'only reads, is confined by what else it is asked on, or can only end: %s',
    async (_name, one) => {
      const { permission, action, reason } = one;
      const authorization = await authorizationOf(permission.action);
      const isHarmless =
        isRead(authorization) ||
        onlyEnd.includes(permission.action) ||
        (await isConfinedByAnother(action, permission));
      expect(isHarmless).toBe(true);
      // The reason that IAM knows no resource is true only where it knows none.
      if (reason === cannotLimit) expect(authorization.types).toEqual([]);
    },
  );

  it('is told with its reason in the reference of faults', () => {
    const page = textOf('docs/reference/faults.md');
    const silent = unconfined.filter(({ permission }) => !page.includes(confinementWords(permission)));
    expect(unconfined.length).toBeGreaterThan(100);
    expect(silent).toEqual([]);
  });
});

describe('the condition keys of every statement', () => {
  const statements: (readonly [role: string, statement: Statement])[] = [];

  beforeAll(() => {
    for (const { action, statements: own } of fisRoles())
      statements.push(...own.map((one) => [action.id, one] as const));
    for (const { logicalId, service, statements: own } of rolesIn(deployForProof().stacks, environment))
      if (service !== 'fis.amazonaws.com') statements.push(...own.map((one) => [logicalId, one] as const));
  }, 120_000);

  it('are listed for each of its actions, or the statement would never match', async () => {
    const unlisted: string[] = [];
    let looked = 0;
    for (const [role, { Action, Resource, Condition = {} }] of statements) {
      const keys = Object.values(Condition).flatMap(Object.keys);
      for (const action of keys.length === 0 ? [] : Action) {
        looked += 1;
        const authorization = await authorizationOf(action);
        const types = authorization.types.filter(({ arn }) =>
          Resource.some((resource) => mayMatch(resource, arn)),
        );
        const listsAll = (listed: readonly string[]) =>
          keys.every((key) => key === keyOfFunctionCode || isListed(key, listed));
        const fits =
          types.length === 0
            ? listsAll(keysOn(authorization, undefined))
            : types.some((type) => listsAll(keysOn(authorization, type)));
        if (!fits) unlisted.push(`${role}: ${action} ${keys.join(', ')}`);
      }
    }
    expect(unlisted).toEqual([]);
    expect(looked).toBeGreaterThan(100);
  });
});

/** Whether a resource of a policy may be of a type: the fixed beginnings of both agree. */
function mayMatch(resource: string, pattern: string): boolean {
  if (resource === '*') return true;
  const [, , service, , , ...rest] = resource.split(':');
  const [, , ofService, , , ...ofRest] = pattern.split(':');
  const beginning = (text: string) => text.split(/[*$?]/)[0] ?? '';
  const [one, other] = [beginning(rest.join(':')), beginning(ofRest.join(':'))];
  return service === ofService && (one.startsWith(other) || other.startsWith(one));
}
