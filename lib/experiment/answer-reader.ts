import * as z from 'zod';

/** A JSON Schema of an answer. */
export type AnswerSchema = Readonly<Record<string, z.core.util.JSONType>>;

export const isMap = (value: unknown): value is AnswerSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A schema in the form whose every keyword zod looks at: it passes over what is required without being described, over the length of a
 * list whose items are not, and takes a default for a value that is there.
 */
function whole(schema: z.core.util.JSONType): z.core.util.JSONType {
  if (Array.isArray(schema)) return schema.map(whole);
  if (!isMap(schema)) return schema;
  const { default: _default, ...rest } = schema;
  const kept = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [
      key,
      key === 'properties' || key === '$defs'
        ? isMap(value)
          ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, whole(one)]))
          : value
        : ['additionalProperties', 'allOf', 'anyOf', 'contains', 'items', 'oneOf', 'prefixItems'].includes(
              key,
            )
          ? whole(value)
          : value,
    ]),
  );
  const required = z.array(z.string()).safeParse(kept['required']).data ?? [];
  const properties = isMap(kept['properties']) ? kept['properties'] : {};
  const undescribed = required.filter((name) => !Object.hasOwn(properties, name));
  return {
    ...kept,
    ...(undescribed.length === 0
      ? {}
      : { properties: { ...properties, ...Object.fromEntries(undescribed.map((name) => [name, true])) } }),
    ...([kept['type']].flat().includes('array') &&
    kept['items'] === undefined &&
    kept['prefixItems'] === undefined
      ? { items: true }
      : {}),
  };
}

const compiled = new WeakMap<AnswerSchema, z.ZodType>();

/**
 * What reads answers by a schema; the same for the same schema.
 *
 * @throws where zod cannot read the schema
 */
export function readerOf(schema: AnswerSchema): z.ZodType {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const made = z.fromJSONSchema(z.record(z.string(), z.json()).parse(whole(schema)), {
    registry: z.registry(),
  });
  compiled.set(schema, made);
  return made;
}
