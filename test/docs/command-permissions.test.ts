import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  approverStatements,
  operatorStatements,
  viewerStatements,
} from '../../lib/cdk/environment-statements.ts';
import { gameDayRoleStatements } from '../../lib/cdk/game-day/role-statements.ts';
import { environmentNames } from '../../lib/plan/environment-names.ts';
import { commandPermissions, everyWord } from '../../scripts/docs/command-permissions.ts';

const names = environmentNames({ id: 'staging', account: '111111111111', region: 'eu-west-1' });
const policies = {
  viewers: viewerStatements(names),
  approvers: approverStatements(names),
  operators: operatorStatements(names),
  // What each of them may: the scribe has least.
  roles: gameDayRoleStatements(names, 'scribe', ['observer', 'onCall']),
  gameDayOperators: gameDayRoleStatements(names, 'operator', ['observer', 'onCall']),
};
const told = commandPermissions.flatMap(({ actions, maybe = [], ofOwnRole = [] }) => [
  ...actions,
  ...maybe,
  ...ofOwnRole,
]);

/** What the sources of the words say that they ask. */
function asked(): string[] {
  const root = join(import.meta.dirname, '..', '..');
  const files = globSync(['lib/aws/command/*.ts', 'lib/cli/{aws,campaign,commands,game-day}/*.ts'], {
    cwd: root,
  });
  const found = files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/asking\(\s*\{\s*action: '([^']+)'/g)].flatMap(
      ([, action = '']) => action,
    ),
  );
  return [...new Set(found)];
}

describe('what the words of the command ask of AWS', () => {
  it('is all told of in the reference of permissions', () => {
    const known = [...told, everyWord.free, everyWord.undeclared];
    expect(asked().filter((action) => !known.includes(action))).toEqual([]);
    expect(asked().length).toBeGreaterThan(15);
  });

  it.each(commandPermissions)('is allowed by the policy of those who use it: $words', (one) => {
    const allowed = policies[one.policy].flatMap(({ actions, effect }) => (effect === 'Deny' ? [] : actions));
    const wanted = [...one.actions, ...(one.maybe ?? []), everyWord.undeclared];
    expect(wanted.filter((action) => !allowed.includes(action))).toEqual([]);
  });

  it('is allowed where the command asks it: an execution and a log of each kind that it looks at', () => {
    const on = (action: string) =>
      policies.operators
        .filter(({ actions }) => actions.includes(action))
        .flatMap(({ resources }) => resources);
    expect(on('states:DescribeExecution')).toContain(names.launcherExecutionsArn);
    expect(on('states:DescribeExecution')).toContain(names.haltExecutionsArn);
    expect(on('states:StartExecution')).toEqual(expect.arrayContaining([names.launchersArn, names.haltArn]));
    expect(on('logs:FilterLogEvents')).toContain(`${names.functionLogGroupArn('*')}:*`);
  });
});
