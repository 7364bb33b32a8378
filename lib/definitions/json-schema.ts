import * as z from 'zod';
import { environmentSchema } from '../experiment/environment.ts';
import { experimentSchema } from '../experiment/experiment.ts';
import { labSchema } from '../experiment/lab.ts';

/** The kinds of definitions, with the schema that owns each. */
export const schemas = {
  experiment: experimentSchema,
  environment: environmentSchema,
  lab: labSchema,
} as const;

export type DefinitionKind = keyof typeof schemas;

const jsonSchema = z.looseObject({
  type: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
});

/** The JSON Schema of a kind of definition as it is written, for editors. */
export const jsonSchemaOf = (kind: DefinitionKind): z.core.JSONSchema.BaseSchema =>
  z.toJSONSchema(schemas[kind], { io: 'input', unrepresentable: 'any' });

/**
 * The keys that a kind of definition knows at a path. Of alternatives that a key tells apart, as faults by their `action`, only
 * those count that the document could mean.
 */
export function keysAt(
  kind: DefinitionKind,
  path: readonly (string | number)[],
  document: unknown,
): string[] {
  let level: unknown[] = [jsonSchemaOf(kind)];
  let value = document;
  for (const step of path) {
    level = level
      .flatMap(branches)
      .filter(couldMean(value))
      .flatMap((node) => below(node, step));
    value = typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined;
  }
  return [
    ...new Set(
      level
        .flatMap(branches)
        .filter(couldMean(value))
        .flatMap((node) => Object.keys(jsonSchema.parse(node).properties ?? {})),
    ),
  ];
}

const constant = z.looseObject({ const: z.unknown() });

/** Whether an alternative has no constant that the value contradicts. */
const couldMean = (value: unknown) => (node: unknown) =>
  Object.entries(jsonSchema.parse(node).properties ?? {}).every(([key, property]) => {
    const { const: wanted } = constant.safeParse(property).data ?? {};
    const got: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
    return wanted === undefined || got === undefined || got === wanted;
  });

/** A node and all the alternatives it stands for. */
function branches(node: unknown): unknown[] {
  const parsed = jsonSchema.safeParse(node);
  if (!parsed.success) return [];
  const alternatives = [...(parsed.data.anyOf ?? []), ...(parsed.data.oneOf ?? [])];
  return alternatives.length === 0 ? [node] : alternatives.flatMap(branches);
}

function below(node: unknown, step: string | number): unknown[] {
  return branches(node).flatMap((branch) => {
    const { properties, additionalProperties, items } = jsonSchema.parse(branch);
    const property = properties?.[String(step)];
    if (property !== undefined) return [property];
    return [additionalProperties, items].filter((next) => typeof next === 'object' && next !== null);
  });
}
