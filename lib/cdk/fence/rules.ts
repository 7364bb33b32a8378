import type { Rule } from './breach.ts';
import { knownActions } from './rules/actions.ts';
import { environmentTag } from './rules/environment-tag.ts';
import { limits } from './rules/limits.ts';
import { namedInParameters } from './rules/named-in-parameters.ts';
import { namedResources } from './rules/named-resources.ts';
import { place } from './rules/place.ts';
import { role } from './rules/role.ts';
import { guards, ownAlarms, stopCondition } from './rules/stop-conditions.ts';
import { targetAccounts } from './rules/target-accounts.ts';

/** The rules about FIS templates, in the order in which their breaches are told. */
export const templateRules: readonly Rule[] = [
  place,
  environmentTag,
  namedResources,
  namedInParameters,
  stopCondition,
  ownAlarms,
  guards,
  role,
  knownActions,
  limits,
];

/** What is written so that nothing can be told of it is refused. */
export const unreadable = {
  id: 'unreadable',
  asks: 'targets, actions and stop conditions are written out, so that they can be judged',
};

/** All rules: what each is called, and what it asks. */
export const fenceRules: readonly Pick<Rule, 'id' | 'asks'>[] = [
  ...templateRules,
  targetAccounts,
  unreadable,
];
