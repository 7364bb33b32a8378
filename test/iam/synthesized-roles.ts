import * as z from 'zod';
import type { Place } from '../../lib/plan/aws-names.ts';
import type { CloudFormation } from '../cdk/synthesis.ts';
import type { Statement } from './simulate.ts';

/** A role as it was synthesized, its inline policies and those attached to it taken together. */
export interface SynthesizedRole {
  readonly stack: string;
  readonly logicalId: string;
  readonly description: string;
  /** Who takes it on: `lambda.amazonaws.com`. */
  readonly service: string;
  readonly statements: readonly Statement[];
}

const oneOrMany = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.literal('Allow'),
  Action: oneOrMany,
  Resource: oneOrMany,
  Condition: z
    .record(z.string(), z.record(z.string(), z.union([z.string(), z.array(z.string())])))
    .optional(),
});
const policySchema = z.looseObject({
  PolicyDocument: z.looseObject({ Statement: z.array(statementSchema) }),
});
const refSchema = z.strictObject({ Ref: z.string() });
const roleSchema = z.looseObject({
  AssumeRolePolicyDocument: z.looseObject({
    Statement: z.tuple([z.looseObject({ Principal: z.strictObject({ Service: z.string() }) })]),
  }),
  Description: z.string().default(''),
  Policies: z.array(policySchema).default([]),
  // What AWS or somebody else keeps would be a permission that nobody here has proven.
  ManagedPolicyArns: z.undefined().optional(),
});

/** Every role of an environment's stacks. */
export function rolesIn(stacks: ReadonlyMap<string, CloudFormation>, place: Place): SynthesizedRole[] {
  return [...stacks].flatMap(([stack, template]) => {
    const resolve = resolver(template, place);
    const of = (wanted: string) =>
      Object.entries(template.Resources).filter(([, { Type: type }]) => type === wanted);
    const attached = of('AWS::IAM::Policy').map(([, { Properties }]) => ({
      roles: z.array(refSchema).parse(Properties['Roles']),
      policy: policySchema.parse(resolve(Properties)),
    }));
    return of('AWS::IAM::Role').map(([logicalId, { Properties }]): SynthesizedRole => {
      const role = roleSchema.parse(resolve(Properties));
      const own = attached.filter(({ roles }) => roles.some(({ Ref }) => Ref === logicalId));
      return {
        stack,
        logicalId,
        description: role.Description,
        service: role.AssumeRolePolicyDocument.Statement[0].Principal.Service,
        statements: [...role.Policies, ...own.map(({ policy }) => policy)].flatMap(
          ({ PolicyDocument }) => PolicyDocument.Statement,
        ),
      };
    });
  });
}

/** What CloudFormation would make of a policy: references to resources become their ARNs. */
function resolver({ Resources }: CloudFormation, place: Place) {
  const attribute = z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) });
  const join = z.strictObject({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) });

  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const got = attribute.safeParse(value);
    if (got.success) {
      const [logicalId] = got.data['Fn::GetAtt'];
      return arnOf(Resources[logicalId], place);
    }
    const joined = join.safeParse(value);
    if (joined.success) {
      const [separator, parts] = joined.data['Fn::Join'];
      return parts.map((part) => z.string().parse(resolve(part))).join(separator);
    }
    if (refSchema.safeParse(value).success) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner)]));
  };
  return resolve;
}

const functionSchema = z.looseObject({
  Type: z.literal('AWS::Lambda::Function'),
  Properties: z.looseObject({ FunctionName: z.string() }),
});

/** The ARN of what a policy refers to; all else it names itself. */
function arnOf(resource: CloudFormation['Resources'][string] | undefined, place: Place): string {
  const { FunctionName } = functionSchema.parse(resource).Properties;
  return `arn:aws:lambda:${place.region}:${place.account}:function:${FunctionName}`;
}
