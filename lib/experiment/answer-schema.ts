import * as z from 'zod';
import { type AnswerSchema, isMap, readerOf } from './answer-reader.ts';

type Path = readonly (string | number)[];

/** What keeps a schema from being looked at as it is meant. */
interface SchemaIssue {
  readonly path: Path;
  readonly message: string;
}

/** Keywords that say something of any value, or nothing of it. */
const ofAny = ['type', 'enum', 'const', 'anyOf', 'oneOf', 'allOf', '$ref', '$defs'] as const;
const annotations = ['$schema', '$id', '$comment', 'title', 'description', 'default', 'examples'] as const;

const ofNumber = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'] as const;

/** Keywords that say something of values of one type, by type. */
const ofType: Readonly<Record<string, readonly string[]>> = {
  object: ['properties', 'required', 'additionalProperties', 'minProperties', 'maxProperties'],
  array: ['items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems', 'contains'],
  string: ['minLength', 'maxLength', 'pattern', 'format'],
  number: ofNumber,
  integer: ofNumber,
  boolean: [],
  null: [],
};

const formats = ['date', 'date-time', 'duration', 'email', 'ipv4', 'ipv6', 'time', 'uri', 'uuid'] as const;

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const count = z.number().int().nonnegative();
const typeName = z.enum(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']);

/** What stands at keywords, but for schemas. */
const values: Readonly<Record<string, z.ZodType>> = {
  type: z.union([typeName, z.array(typeName).min(1)]),
  enum: z.array(scalar).min(1),
  const: scalar,
  $ref: z.string().regex(/^#\/\$defs\/[^/]+$/),
  required: z.array(z.string()),
  minProperties: count,
  maxProperties: count,
  minItems: count,
  maxItems: count,
  uniqueItems: z.boolean(),
  minLength: count,
  maxLength: count,
  pattern: z.string(),
  format: z.enum(formats),
  minimum: z.number(),
  maximum: z.number(),
  exclusiveMinimum: z.number(),
  exclusiveMaximum: z.number(),
  multipleOf: z.number().positive(),
};

/** The schemas within a schema, with where each stands. */
const inner = (schema: AnswerSchema): { at: Path; schema: unknown }[] => [
  ...['properties', '$defs'].flatMap((key) =>
    isMap(schema[key])
      ? Object.entries(schema[key]).map(([name, one]) => ({ at: [key, name], schema: one }))
      : [],
  ),
  ...['prefixItems', 'anyOf', 'oneOf', 'allOf'].flatMap((key) => {
    const several = schema[key];
    return Array.isArray(several) ? several.map((one, index) => ({ at: [key, index], schema: one })) : [];
  }),
  ...['items', 'contains', 'additionalProperties'].flatMap((key) =>
    schema[key] === undefined ? [] : [{ at: [key], schema: schema[key] }],
  ),
];

/** What of a schema would not be looked at, or cannot be read. */
function issuesIn(schema: unknown, path: Path): SchemaIssue[] {
  if (typeof schema === 'boolean') return [];
  if (!isMap(schema)) return [{ path, message: 'is no JSON Schema: a map is needed' }];
  const types = [schema['type'] ?? []].flat().map(String);
  const known = [...ofAny, ...types.flatMap((type) => ofType[type] ?? [])];
  const accepted = [...known, ...annotations];
  const own = Object.entries(schema).flatMap(([key, value]): SchemaIssue[] => {
    const at = [...path, key];
    if (!accepted.includes(key)) {
      const meant = Object.keys(ofType).find((type) => ofType[type]?.includes(key) === true);
      const why =
        meant === undefined
          ? `'${key}' is no keyword that an answer is checked by (known here: ${known.join(', ')})`
          : `'${key}' says nothing without type: '${meant}'`;
      return [{ path: at, message: why }];
    }
    const read = values[key]?.safeParse(value);
    if (read === undefined || read.success) return [];
    return [{ path: at, message: `is not what '${key}' takes in JSON Schema` }];
  });
  return [...own, ...inner(schema).flatMap(({ at, schema: one }) => issuesIn(one, [...path, ...at]))];
}

/** What keeps a schema from being looked at as it is meant; none where all of it is. */
function issuesOf(schema: AnswerSchema): SchemaIssue[] {
  const issues = issuesIn(schema, []);
  if (issues.length > 0) return issues;
  try {
    // Looked at once: what refers to itself without end cannot be read.
    readerOf(schema)(null);
    return [];
  } catch (cause) {
    return [
      {
        path: [],
        message: `cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      },
    ];
  }
}

/** A JSON Schema of an answer, as a part of a definition. */
export const answerSchema = () =>
  z.record(z.string(), z.json()).superRefine((schema, context) => {
    for (const { path, message } of issuesOf(schema))
      context.addIssue({ code: 'custom', path: [...path], message });
  });
