import type { IConstruct } from 'constructs';
import type { Problem } from '../../experiment/steadfast-error.ts';
import type { Place } from '../../plan/aws-names.ts';
import { accountProblems } from './account-problems.ts';
import { confinedActions } from './confined-actions.ts';
import { declaredProblems, permissionProblems } from './fault-statements.ts';
import { logProblems } from './logs.ts';
import { parseAction } from './parse-action.ts';
import { parseTarget } from './parse-target.ts';
import type { ParsedAction, ParsedTemplate } from './parsed-template.ts';
import { placeOf } from './place.ts';
import { reportProblems } from './report.ts';
import { sequenceProblems } from './sequence.ts';
import { stopProblems } from './stop-problems.ts';
import type { FisExperimentTemplateProps } from './template-props.ts';
import { wholeProblems } from './whole-problems.ts';

/** Reads a template's properties; the problems are all that there are, not the first. */
export function parseTemplate(
  template: IConstruct,
  props: FisExperimentTemplateProps,
): { readonly parsed: ParsedTemplate; readonly problems: readonly Problem[] } {
  const { environmentTag, targets: givenTargets = {}, targetAccounts = [] } = props;
  const isMultiAccount = targetAccounts.length > 0;
  const place = placeOf(template);
  const read = Object.entries(props.actions).map(([name, action]) => parseAction(name, action, place));
  const actions = read.flatMap(({ parsed }) => parsed ?? []);
  const isBroken = actions.length < read.length;
  const targets = Object.entries(givenTargets).flatMap(([name, target]) => {
    const users = actions.filter((action) => action.target === name);
    // An action that cannot be read may be the one that hits it.
    if (isBroken && users.length === 0) return [];
    return [parseTarget(name, target, users, { template, environmentTag, isMultiAccount })];
  });
  const parsed = {
    actions,
    targets: new Map(
      targets.flatMap(({ parsed: target }) => (target === undefined ? [] : [[target.name, target] as const])),
    ),
  };
  return {
    parsed,
    problems: [
      ...wholeProblems(props),
      ...read.flatMap(({ problems }) => problems),
      ...unknownTargets(actions, Object.keys(givenTargets)),
      ...targets.flatMap(({ problems }) => problems),
      ...sequenceProblems(actions, Object.keys(props.actions)),
      ...stopProblems(template, props.stopConditions),
      ...accountProblems(targetAccounts),
      ...(props.logs === undefined ? [] : logProblems(props.logs)),
      ...(props.report === undefined ? [] : reportProblems(props.report)),
      ...declaredProblems(props.declared ?? []),
      ...(props.role === undefined && !isMultiAccount ? roleProblems(parsed, props, place) : []),
    ],
  };
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

/** What a role that is made would lack. Of an action whose target cannot be read nothing can be said. */
function roleProblems(parsed: ParsedTemplate, props: FisExperimentTemplateProps, place: Place): Problem[] {
  const within = { tag: props.environmentTag, place, faultConfiguration: props.faultConfiguration };
  const read = parsed.actions.filter(({ target }) => target === undefined || parsed.targets.has(target));
  return confinedActions({ ...parsed, actions: read }, props, place).flatMap((action) =>
    permissionProblems(action, within),
  );
}
