import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { fisLimits } from '../../fis/limits.ts';
import { show } from '../../fis/quantity.ts';
import { accountProblems } from './account-problems.ts';
import { permissionProblems } from './fault-statements.ts';
import { logProblems } from './logs.ts';
import { parseAction } from './parse-action.ts';
import { type ParsedTarget, parseTarget } from './parse-target.ts';
import type { ParsedAction } from './parsed-action.ts';
import { reportProblems } from './report.ts';
import { sequenceProblems } from './sequence.ts';
import { stopProblems } from './stop-problems.ts';
import type { FisExperimentTemplateProps } from './template-props.ts';

/** FIS takes descriptions of at most so many characters (API model). */
const longestDescription = 512;

/** The actions and targets of a template, all of which fit each other and what FIS allows. */
export interface ParsedTemplate {
  readonly actions: readonly ParsedAction[];
  readonly targets: ReadonlyMap<string, ParsedTarget>;
}

/** Reads a template's properties; the problems are all that there are, not the first. */
export function parseTemplate(
  template: IConstruct,
  props: FisExperimentTemplateProps,
): { readonly parsed: ParsedTemplate; readonly problems: readonly Problem[] } {
  const { environmentTag, targets: givenTargets = {}, targetAccounts = [] } = props;
  const isMultiAccount = targetAccounts.length > 0;
  const read = Object.entries(props.actions).map(([name, action]) => parseAction(name, action));
  const actions = read.flatMap(({ parsed }) => parsed ?? []);
  const isBroken = actions.length < read.length;
  const targets = Object.entries(givenTargets).flatMap(([name, target]) => {
    const users = actions.filter((action) => action.target === name);
    // An action that cannot be read may be the one that hits it.
    if (isBroken && users.length === 0) return [];
    return [parseTarget(name, target, users, { template, environmentTag, isMultiAccount })];
  });
  return {
    parsed: {
      actions,
      targets: new Map(
        targets.flatMap(({ parsed }) => (parsed === undefined ? [] : [[parsed.name, parsed]])),
      ),
    },
    problems: [
      ...wholeProblems(props),
      ...tagProblems(environmentTag),
      ...read.flatMap(({ problems }) => problems),
      ...unknownTargets(actions, Object.keys(givenTargets)),
      ...targets.flatMap(({ problems }) => problems),
      ...sequenceProblems(actions, Object.keys(props.actions)),
      ...stopProblems(template, props.stopConditions),
      ...accountProblems(targetAccounts),
      ...(props.logs === undefined ? [] : logProblems(props.logs)),
      ...(props.report === undefined ? [] : reportProblems(props.report)),
      ...(props.role === undefined && !isMultiAccount
        ? actions.flatMap(({ name, action }) => permissionProblems(action, ['actions', name, 'action']))
        : []),
    ],
  };
}

function wholeProblems({ description, actions, role, roleName }: FisExperimentTemplateProps): Problem[] {
  const problems: Problem[] = [];
  const count = Object.keys(actions).length;
  if (
    typeof description !== 'string' ||
    description.trim() === '' ||
    description.length > longestDescription
  ) {
    problems.push({
      code: 'description',
      path: ['description'],
      message: `${show(description)} is no text of 1 to ${longestDescription} characters, which FIS asks for`,
    });
  }
  if (count === 0) {
    problems.push({
      code: 'no-action',
      path: ['actions'],
      message: 'has no action, so nothing would happen',
      hint: 'add one',
    });
  }
  if (count > fisLimits.actionsPerTemplate) {
    problems.push({
      code: 'too-many-actions',
      path: ['actions'],
      message: `has ${count} actions, and FIS allows ${fisLimits.actionsPerTemplate} a template`,
      hint: 'split the template',
    });
  }
  if (role !== undefined && roleName !== undefined) {
    problems.push({
      code: 'role-name',
      path: ['roleName'],
      message: 'names a role that is given',
      hint: 'remove it, or the role',
    });
  }
  return problems;
}

function tagProblems({ key, value }: FisExperimentTemplateProps['environmentTag']): Problem[] {
  return Object.entries({ key, value }).flatMap(([part, text]): Problem[] => {
    const path = ['environmentTag', part];
    if (typeof text !== 'string' || text === '')
      return [
        { code: 'missing', path, message: 'is missing: nothing would keep faults within the environment' },
      ];
    if (!Token.isUnresolved(text)) return [];
    return [
      {
        code: 'unknown-tag',
        path,
        message: 'is known only when it is deployed, so that nothing can be checked against it',
        hint: 'write the tag out',
      },
    ];
  });
}

const unknownTargets = (actions: readonly ParsedAction[], names: readonly string[]): Problem[] =>
  actions.flatMap(({ name, target }): Problem[] =>
    target === undefined || names.includes(target)
      ? []
      : [
          {
            code: 'unknown-name',
            path: ['actions', name, 'target'],
            message: `no target is called '${target}'`,
            ...(names.length === 0 ? { hint: `add it to targets` } : { candidates: names }),
          },
        ],
  );
