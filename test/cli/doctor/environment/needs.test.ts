import { describe, expect, it } from 'vitest';
import {
  approverStatements,
  operatorStatements,
  viewerStatements,
} from '../../../../lib/cdk/environment-statements.ts';
import {
  approvingNeeds,
  lookingNeeds,
  operatingNeeds,
  type WordNeeds,
} from '../../../../lib/cli/doctor/environment/needs.ts';
import { environmentNames } from '../../../../lib/plan/environment-names.ts';
import { commandPermissions } from '../../../../scripts/docs/command-permissions.ts';

const names = environmentNames({ id: 'staging', account: '111111111111', region: 'eu-west-1' });
const all = [
  ['viewers', lookingNeeds(names), viewerStatements(names)],
  ['operators', operatingNeeds(names), operatorStatements(names)],
  ['approvers', approvingNeeds(names), approverStatements(names)],
] as const;

/** Whether a pattern of a policy covers a resource, itself perhaps a pattern. */
const covers = (pattern: string, resource: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  ).test(resource);

const actionsOf = (words: readonly WordNeeds[]) =>
  words.flatMap(({ needs }) => needs.flatMap(({ actions }) => actions));

describe('what the doctor asks IAM about', () => {
  it.each(all)('is allowed by the policy of %s, on the same resources', (_, words, statements) => {
    const refused = words.flatMap(({ needs }) =>
      needs.flatMap(({ actions, resource }) =>
        actions.filter(
          (action) =>
            !statements.some(
              (one) =>
                one.actions.includes(action) && one.resources.some((pattern) => covers(pattern, resource)),
            ),
        ),
      ),
    );
    expect(refused).toEqual([]);
  });

  it.each(all)('is all that the reference tells of the words of %s', (policy, words) => {
    const told = commandPermissions
      .filter((one) => one.policy === policy)
      .flatMap(({ actions, maybe = [] }) => [...actions, ...maybe]);
    const asked = [...actionsOf(lookingNeeds(names)), ...actionsOf(words)];
    // What it asks of FIS's roles and of the caller's own is not the caller's to be allowed everywhere.
    const beside = ['iam:SimulatePrincipalPolicy'];
    expect(told.filter((action) => !asked.includes(action) && !beside.includes(action))).toEqual([]);
  });
});
