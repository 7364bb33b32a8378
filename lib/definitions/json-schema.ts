import * as z from 'zod';
import { environmentSchema } from '../experiment/environment.ts';
import { experimentSchema, settledSchema } from '../experiment/experiment.ts';
import { gameDaySchema } from '../experiment/game-day.ts';
import { labSchema } from '../experiment/lab.ts';
import { openable } from './openable.ts';
import { valueAt } from './value-at.ts';

/** The kinds of definitions, with the schema that owns each. */
export const schemas = {
  experiment: experimentSchema,
  environment: environmentSchema,
  lab: labSchema,
  gameDay: gameDaySchema,
} as const;

export type DefinitionKind = keyof typeof schemas;

export const definitionKinds = [
  'experiment',
  'environment',
  'lab',
  'gameDay',
] as const satisfies readonly DefinitionKind[];

/** A kind as people call it. */
export const kindInWords = (kind: DefinitionKind): string => (kind === 'gameDay' ? 'game day' : kind);

const made = new Map<DefinitionKind, z.core.JSONSchema.BaseSchema>();

/** The JSON Schema of a kind of definition as it is written, for editors. */
export function jsonSchemaOf(kind: DefinitionKind): z.core.JSONSchema.BaseSchema {
  const known = made.get(kind);
  if (known !== undefined) return known;
  const plain = z.toJSONSchema(kind === 'experiment' ? settledSchema : schemas[kind], {
    io: 'input',
    unrepresentable: 'any',
  });
  const schema = kind === 'experiment' ? openable(plain) : plain;
  const properties = {
    // A data file names its schema by this key; reading takes it away.
    $schema: { type: 'string', description: 'The JSON Schema that editors check this file with.' },
    ...schema.properties,
  } as const;
  const whole = { ...schema, title: `Steadfast ${kindInWords(kind)}`, properties };
  made.set(kind, whole);
  return whole;
}

const node = z.looseObject({
  properties: z.record(z.string(), z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
  propertyNames: z.looseObject({ enum: z.array(z.string()).optional() }).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
});

/** The keys that a kind of definition knows at a path of a document, in the alternatives that the document can be meant as. */
export function keysAt(
  kind: DefinitionKind,
  document: unknown,
  path: readonly (string | number)[],
): string[] {
  let level: unknown[] = [jsonSchemaOf(kind)];
  path.forEach((step, depth) => {
    const value = valueAt(document, path.slice(0, depth));
    level = level.flatMap((schema) => below(schema, step, value));
  });
  const value = valueAt(document, path);
  const keys = level
    .flatMap((schema) => branches(schema, value))
    .map((branch) => node.parse(branch))
    .flatMap(({ properties = {}, propertyNames }) => [
      ...Object.keys(properties),
      ...(propertyNames?.enum ?? []),
    ]);
  return [...new Set(keys)].filter((key) => key !== '$schema');
}

/** A schema, or the alternatives it stands for that do not contradict the value. */
function branches(schema: unknown, value: unknown): unknown[] {
  const parsed = node.safeParse(schema);
  if (!parsed.success) return [];
  const alternatives = [...(parsed.data.anyOf ?? []), ...(parsed.data.oneOf ?? [])];
  if (alternatives.length === 0) return [schema];
  const possible = alternatives.filter((alternative) => !contradicts(alternative, value));
  return (possible.length === 0 ? alternatives : possible).flatMap((next) => branches(next, value));
}

const constant = z.looseObject({ const: z.unknown() });

/** Whether a schema asks for a constant where the value has another text: then another alternative was meant. */
function contradicts(schema: unknown, value: unknown): boolean {
  const properties = node.safeParse(schema).data?.properties ?? {};
  return Object.entries(properties).some(([key, property]) => {
    const wanted = constant.safeParse(property);
    const got = valueAt(value, [key]);
    return (
      wanted.success &&
      wanted.data.const !== undefined &&
      typeof got === 'string' &&
      got !== wanted.data.const
    );
  });
}

function below(schema: unknown, step: string | number, value: unknown): unknown[] {
  return branches(schema, value).flatMap((branch) => {
    const { properties, additionalProperties, items } = node.parse(branch);
    const property = properties?.[String(step)];
    if (property !== undefined) return [property];
    return [additionalProperties, items].filter((next) => typeof next === 'object' && next !== null);
  });
}
