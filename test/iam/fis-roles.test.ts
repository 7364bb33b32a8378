import { beforeAll, describe, expect, it } from 'vitest';
import { actionIds } from '../../lib/fis/catalogue.ts';
import { declaring } from '../plan/examples.ts';
import { type FisRole, fisRoles, isolatedRoles, plannedIn } from './fis-roles.ts';
import { type Proof, prove } from './prove.ts';
import { type Statement, singleGrants } from './simulate.ts';

const ids = plannedIn(declaring).map(({ id }) => id);

/** The role of each action is synthesized with a whole environment, and asked about everything that its permissions are for. */
describe("FIS's role", () => {
  let roles: ReadonlyMap<string, FisRole>;
  const proofs = new Map<string, Proof>();

  beforeAll(() => {
    roles = new Map(fisRoles().map((role) => [role.action.id, role]));
  }, 120_000);

  const roleOf = (id: string): FisRole => {
    const role = roles.get(id);
    if (role === undefined) throw new Error(`no role was synthesized for ${id}`);
    return role;
  };

  it('is proven for every action but the wait, which hits nothing', () => {
    expect([...roles.keys()].toSorted()).toEqual(actionIds.filter((id) => id !== 'aws:fis:wait').toSorted());
  });

  it.each(ids)('allows what %s needs, denies all else, and has nothing unused', async (id) => {
    const proof = await prove(roleOf(id));
    proofs.set(id, proof);
    const { missing, escapes, unused } = proof;
    expect({ missing, escapes, unused }).toEqual({ missing: [], escapes: [], unused: [] });
  });

  it('names its actions one by one, so that it allows none that was not asked about', () => {
    const named = [...roles.values()].flatMap(({ statements }) => statements.flatMap(({ Action }) => Action));
    expect(named.filter((action) => action.includes('*'))).toEqual([]);
  });

  it('was asked more than a thousand questions: 0 escapes, 0 missing, 0 unused', () => {
    const all = [...proofs.values()];
    const sum = (of: (proof: Proof) => number) => all.reduce((total, proof) => total + of(proof), 0);
    expect({
      escapes: sum(({ escapes }) => escapes.length),
      missing: sum(({ missing }) => missing.length),
      unused: sum(({ unused }) => unused.length),
    }).toEqual({ escapes: 0, missing: 0, unused: 0 });
    expect(all.length).toBe(ids.length);
    const needed = sum(({ asked }) => asked.needed);
    const escapes = sum(({ asked }) => asked.escape);
    expect(needed).toBeGreaterThan(250);
    expect(escapes).toBeGreaterThan(800);
    expect(needed + escapes).toBeGreaterThan(1_000);
    const granted = [...roles.values()].flatMap(({ statements }) => singleGrants(statements));
    expect(granted.length).toBeGreaterThan(400);
  });

  it('was asked about every action that changes anything in several situations that are not its environment', () => {
    const few = [...proofs].filter(([id, { asked }]) => {
      const changes = roleOf(id).action.permissions.some(
        ({ action }) => !/:(Describe|List|Get)/.test(action),
      );
      return changes && asked.escape < 5;
    });
    expect(few).toEqual([]);
  });
});

describe("FIS's role in an account that shares nothing, where nothing is declared", () => {
  it('reaches all of the account that an action needs, and nothing beyond it', async () => {
    const roles = isolatedRoles();
    expect(roles.length).toBeGreaterThan(5);
    for (const role of roles) {
      const { missing, escapes, asked } = await prove(role);
      expect({ missing, escapes }).toEqual({ missing: [], escapes: [] });
      expect(asked.escape).toBeGreaterThan(2);
    }
  });
});

describe('the proof', () => {
  const stopping = (): FisRole => {
    const found = fisRoles().find(({ action }) => action.id === 'aws:ecs:stop-task');
    if (found === undefined) throw new Error('stopping tasks has no role');
    return found;
  };
  const changed = (change: (statement: Statement) => Statement) => {
    const role = stopping();
    return prove({ ...role, statements: role.statements.map(change) });
  };

  it('finds an escape where a statement has lost its condition', async () => {
    const { escapes } = await changed(({ Condition: _lost, ...statement }) => statement);
    expect(escapes.length).toBeGreaterThan(5);
  });

  it('finds what is missing where an action was taken away', async () => {
    const without = (statement: Statement): Statement => ({
      ...statement,
      Action: statement.Action.filter((action) => action !== 'ecs:StopTask'),
    });
    const { missing } = await changed(without);
    expect(missing).toHaveLength(1);
  });

  it('finds what is unused where an action was added', async () => {
    const { unused } = await changed((statement) => ({
      ...statement,
      Action: [...statement.Action, 'ecs:DeleteCluster'],
    }));
    expect(unused).toHaveLength(stopping().statements.length);
  });
});
