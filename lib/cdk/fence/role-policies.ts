import * as z from 'zod';
import { resourceOf, textOf } from './intrinsics.ts';
import type { WrittenTemplate } from './written-template.ts';

/** Something that a role allows, as far as a template says it. */
export interface AllowedStatement {
  /** Patterns of actions; `*` where the statement only says what it leaves out. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Texts by condition key, of conditions that hold only where the key is there and equals one of them. Keys are in lower case. */
  readonly equals: ReadonlyMap<string, readonly string[]>;
  /** All condition keys, in lower case. */
  readonly keys: ReadonlySet<string>;
}

interface RolePolicies {
  readonly statements: readonly AllowedStatement[];
  /** ARNs of managed policies that are not in the template. */
  readonly managed: readonly string[];
}

const many = z.union([z.array(z.unknown()), z.unknown().transform((one) => [one])]);
const conditionsSchema = z.record(z.string(), z.record(z.string(), z.unknown())).catch({});
const statementSchema = z.looseObject({
  Effect: z.unknown(),
  Action: many.optional(),
  Resource: many.optional(),
  Condition: conditionsSchema.default({}),
});
const documentSchema = z.looseObject({ Statement: many }).catch({ Statement: [] });
const withDocument = z.looseObject({ PolicyDocument: documentSchema });
const roleSchema = z.looseObject({
  Policies: z.array(withDocument).catch([]).default([]),
  ManagedPolicyArns: z.array(z.unknown()).catch([]).default([]),
});
const attachedSchema = withDocument.extend({
  Roles: z.array(z.unknown()).catch([]).default([]),
  RoleName: z.unknown().optional(),
});

/** What the role that a value names may do; undefined where no template of the app makes it. */
export function policiesOf(roleArn: unknown, within: WrittenTemplate): RolePolicies | undefined {
  const role = resourceOf(roleArn, within);
  if (role?.type !== 'AWS::IAM::Role') return undefined;
  const { template } = role;
  const { Policies, ManagedPolicyArns } = roleSchema.parse(role.properties ?? {});
  const { byArn, byRole } = indexOf(template);
  const arns = ManagedPolicyArns.map((arn) => textOf(arn, template));
  const attached = new Set([
    ...(byRole.get(textOf({ Ref: role.id }, template)) ?? []),
    ...arns.flatMap((arn) => byArn.get(arn) ?? []),
  ]);
  return {
    statements: [...Policies, ...attached].flatMap(({ PolicyDocument }) =>
      PolicyDocument.Statement.flatMap((statement) => allowed(statement, template)),
    ),
    managed: arns.filter((arn) => !byArn.has(arn)),
  };
}

type Attached = z.output<typeof attachedSchema>;

/** The policies of a template by what names them, and by the roles that they name, both as text. */
interface PolicyIndex {
  readonly byArn: ReadonlyMap<string, Attached>;
  readonly byRole: ReadonlyMap<string, readonly Attached[]>;
}

/** A stack may hold a hundred roles, each with a policy of its own, so a template's policies are read once. */
const indexes = new WeakMap<WrittenTemplate, PolicyIndex>();

function indexOf(template: WrittenTemplate): PolicyIndex {
  const index = indexes.get(template) ?? readPolicies(template);
  indexes.set(template, index);
  return index;
}

function readPolicies(template: WrittenTemplate): PolicyIndex {
  const byArn = new Map<string, Attached>();
  const byRole = new Map<string, Attached[]>();
  for (const [id, { type, properties }] of template.resources) {
    if (!['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy'].includes(type)) continue;
    const { data } = attachedSchema.safeParse(properties);
    if (data === undefined) continue;
    byArn.set(textOf({ Ref: id }, template), data);
    for (const role of [...data.Roles, ...(data.RoleName === undefined ? [] : [data.RoleName])]) {
      const name = textOf(role, template);
      byRole.set(name, [...(byRole.get(name) ?? []), data]);
    }
  }
  return { byArn, byRole };
}

function allowed(value: unknown, template: WrittenTemplate): AllowedStatement[] {
  const { data } = statementSchema.safeParse(value);
  if (data === undefined || textOf(data.Effect, template) !== 'Allow') return [];
  const texts = (list: readonly unknown[] | undefined) =>
    list === undefined ? ['*'] : list.map((one) => textOf(one, template));
  const equals = new Map<string, string[]>();
  const keys = new Set<string>();
  for (const [operator, conditions] of Object.entries(data.Condition)) {
    for (const [key, expected] of Object.entries(conditions)) {
      keys.add(key.toLowerCase());
      // IfExists holds where the tag is missing, ForAllValues where there are none.
      if (/^String(Equals|Like)$/i.test(operator)) equals.set(key.toLowerCase(), texts(many.parse(expected)));
    }
  }
  return [{ actions: texts(data.Action), resources: texts(data.Resource), equals, keys }];
}
