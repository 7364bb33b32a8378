import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import * as z from 'zod';
import type { Problem } from '../../experiment/steadfast-error.ts';
import type { FisAction as CatalogueAction } from '../../fis/action.ts';
import { declarationFor, type FisPermission } from '../../fis/permission.ts';
import { show } from '../../fis/quantity.ts';
import type { Place } from '../../plan/aws-names.ts';
import { grantsOf } from '../../plan/role-grants.ts';
import { type Confinement, statementsOf } from '../../plan/role-statements.ts';
import type { EnvironmentTag } from '../environment-tag.ts';
import { type FaultConfiguration, locationOf } from '../fault-ready/fault-configuration-bucket.ts';
import { isReadable, readable } from './arn-kinds.ts';

/** An action that a role is for, and what is declared for it beside the tag. */
export interface ConfinedAction {
  readonly action: CatalogueAction;
  readonly declared: readonly string[];
  /** As FIS is given them, where they are known: IAM may be told some of them. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Where the action stands in the construct's properties. */
  readonly path: Problem['path'];
}

interface Within {
  readonly tag: EnvironmentTag;
  readonly place: Place;
  readonly faultConfiguration: FaultConfiguration | undefined;
}

const confinementOf = (
  declared: readonly string[],
  { tag, place, faultConfiguration }: Within,
): Confinement => ({
  tag,
  place,
  declared,
  faultConfigurations: faultConfiguration === undefined ? [] : [locationOf(faultConfiguration)],
});

/** The least that actions need, confined to the environment tag, or to what is declared where no tag confines it. */
export function faultStatements(actions: readonly ConfinedAction[], within: Within): PolicyStatement[] {
  const all = [...new Set(actions.flatMap(({ declared }) => declared))];
  const { arns, restore } = readable(all);
  const standIn = (arn: string) => arns[all.indexOf(arn)] ?? arn;
  const statements = statementsOf(
    actions.map(({ action, declared, parameters }) => ({
      permissions: action.permissions,
      within: {
        ...confinementOf(declared.map(standIn), within),
        ...(parameters === undefined ? {} : { parameters: [parameters] }),
      },
    })),
  );
  const restored = z.array(z.unknown()).parse(JSON.parse(restore(JSON.stringify(statements))));
  return restored.map((statement) => PolicyStatement.fromJson(statement));
}

/** What the role would lack, since no tag confines it and nothing is declared. */
export function permissionProblems({ action, declared, path }: ConfinedAction, within: Within): Problem[] {
  const confinement = confinementOf(readable(declared).arns, within);
  const missing = action.permissions.filter(
    (permission) =>
      permission.when === undefined &&
      declarationFor(permission) !== undefined &&
      grantsOf(permission, confinement).length === 0,
  );
  const [first] = missing;
  if (first === undefined) return [];
  const calls = [...new Set(missing.map((permission) => permission.action))].join(', ');
  return [
    {
      code: 'not-declared',
      path,
      message: `FIS's role needs ${calls} for ${action.id}, which IAM cannot confine by tag: only by ${declarationFor(first)}`,
      hint: howToDeclare(first),
    },
  ];
}

const howToDeclare = ({ confinedBy }: FisPermission): string =>
  typeof confinedBy === 'object' && 'prefix' in confinedBy
    ? 'say where: faultConfiguration, such as a FaultConfigurationBucket'
    : "name their ARNs in declared, '*' for any text, or give a role of your own";

/** ARNs of which nobody can tell what they are of, before they are deployed. */
export const declaredProblems = (declared: readonly string[]): Problem[] =>
  declared.flatMap((arn, index): Problem[] =>
    isReadable(arn)
      ? []
      : [
          {
            code: 'arns',
            path: ['declared', index],
            message: `${show(arn)} is no ARN of which one can tell what it is of`,
            hint: 'write it out, or make it by Stack.of(this).formatArn',
          },
        ],
  );
