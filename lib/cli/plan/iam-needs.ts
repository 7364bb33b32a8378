import type { ContextValue, IamNeed } from '../../aws/command/simulate.ts';
import { tagKeys } from '../../plan/aws-names.ts';
import type { RolePlan } from '../../plan/role.ts';
import type { PlannedPermission } from './run-plan-document.ts';

type Conditions = NonNullable<RolePlan['statements'][number]['Condition']>;

/** What a request that a statement allows says under its condition keys. `Null` only asks that a key is there. */
const contextOf = (conditions: Conditions = {}): ContextValue[] =>
  Object.entries(conditions).flatMap(([operator, keys]) =>
    operator === 'Null'
      ? []
      : Object.entries(keys).map(
          ([key, value]): ContextValue => ({
            key,
            values: [value].flat(),
            type: operator.startsWith('ForAllValues:')
              ? 'stringList'
              : operator.startsWith('Numeric')
                ? 'numeric'
                : 'string',
          }),
        ),
  );

/** How its role is told where nobody knows its name. */
export const fisRole = "FIS's role";

/** What FIS's role needs: what its plan grants, each with what its requests say. */
export const needsOfRole = ({ statements }: RolePlan): IamNeed[] =>
  statements.flatMap(({ Action, Resource, Condition }) =>
    Resource.map((resource) => ({ actions: Action, resource, context: contextOf(Condition) })),
  );

/** What whoever starts a run needs. */
export const needsOfStart = (launcherArn: string, environment: string): IamNeed[] => [
  {
    actions: ['states:StartExecution'],
    resource: launcherArn,
    context: [{ key: `aws:ResourceTag/${tagKeys.environment}`, values: [environment], type: 'string' }],
  },
];

/** Needs of which nobody can tell whether they are met. */
export const unknownNeeds = (who: string, needs: readonly IamNeed[], why: string): PlannedPermission[] =>
  needs.flatMap(({ actions, resource }) => actions.map((action) => ({ who, action, resource, why })));
