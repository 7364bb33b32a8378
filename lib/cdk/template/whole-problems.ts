import { Token } from 'aws-cdk-lib';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { fisLimits } from '../../fis/limits.ts';
import { show } from '../../fis/quantity.ts';
import type { FisExperimentTemplateProps } from './template-props.ts';

/** FIS takes descriptions of at most so many characters (API model). */
const longestDescription = 512;

/** What is wrong with a template as a whole. */
export const wholeProblems = (props: FisExperimentTemplateProps): Problem[] => [
  ...countProblems(props),
  ...tagProblems(props.environmentTag),
];

function countProblems({ description, actions, role, roleName }: FisExperimentTemplateProps): Problem[] {
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
