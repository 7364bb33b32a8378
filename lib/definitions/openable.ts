import * as z from 'zod';
import { isOpenable } from '../experiment/opened.ts';

type Schema = z.core.JSONSchema.BaseSchema;

const written = z.custom<Schema>();

const node = z.record(z.string(), z.unknown());

const mapOf = (value: unknown): Readonly<Record<string, unknown>> => node.safeParse(value).data ?? {};

const opened = {
  type: 'object',
  properties: {
    opened: { type: 'string', description: 'A name under `opens`, whose value stands here.' },
  },
  required: ['opened'],
  additionalProperties: false,
} as const;

/** The JSON Schema of an experiment in which each parameter that may be opened may hold `{ opened: name }`. */
export function openable(schema: Schema): Schema {
  const faults = mapOf(schema.properties?.['faults']);
  const fault = mapOf(faults['additionalProperties']);
  const alternatives: unknown = fault['oneOf'];
  if (!Array.isArray(alternatives)) return schema;
  const additionalProperties = { ...fault, oneOf: alternatives.map(withOpenedParameters) };
  return written.parse({
    ...schema,
    $defs: { ...schema.$defs, opened },
    properties: { ...schema.properties, faults: { ...faults, additionalProperties } },
  });
}

function withOpenedParameters(alternative: unknown): unknown {
  const properties = mapOf(mapOf(alternative)['properties']);
  const action: unknown = mapOf(properties['action'])['const'];
  const parameters = mapOf(properties['parameters']);
  const each = Object.entries(mapOf(parameters['properties']));
  if (each.length === 0) return alternative;
  const opens = each.map(([name, value]): [string, unknown] => [
    name,
    isOpenable(action, name) ? withOpened(mapOf(value)) : value,
  ]);
  const opened: Record<string, unknown> = Object.fromEntries(opens);
  return {
    ...mapOf(alternative),
    properties: { ...properties, parameters: { ...parameters, properties: opened } },
  };
}

const withOpened = ({ description, ...plain }: Readonly<Record<string, unknown>>) => ({
  ...(description === undefined ? {} : { description }),
  anyOf: [plain, { $ref: '#/$defs/opened' }],
});
