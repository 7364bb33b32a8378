import * as z from 'zod';

/** The parts of a JSON Schema node that the reference pages speak of. */
export interface JsonNode {
  readonly type?: string | readonly string[] | undefined;
  readonly description?: string | undefined;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[] | undefined;
  readonly pattern?: string | undefined;
  readonly format?: string | undefined;
  readonly examples?: readonly unknown[] | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly exclusiveMinimum?: number | undefined;
  readonly required?: readonly string[] | undefined;
  readonly properties?: Readonly<Record<string, JsonNode>> | undefined;
  readonly additionalProperties?: JsonNode | boolean | undefined;
  readonly items?: JsonNode | undefined;
  readonly anyOf?: readonly JsonNode[] | undefined;
  readonly oneOf?: readonly JsonNode[] | undefined;
}

const nodeSchema: z.ZodType<JsonNode> = z.lazy(() =>
  z.looseObject({
    type: z.union([z.string(), z.array(z.string())]).optional(),
    description: z.string().optional(),
    default: z.unknown().optional(),
    const: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    pattern: z.string().optional(),
    format: z.string().optional(),
    examples: z.array(z.unknown()).optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    exclusiveMinimum: z.number().optional(),
    required: z.array(z.string()).optional(),
    properties: z.record(z.string(), nodeSchema).optional(),
    additionalProperties: z.union([z.boolean(), nodeSchema]).optional(),
    // Of a list of a fixed length it says that nothing follows.
    items: z.preprocess((value) => (value === false ? undefined : value), nodeSchema.optional()),
    anyOf: z.array(nodeSchema).optional(),
    oneOf: z.array(nodeSchema).optional(),
  }),
);

/** A JSON Schema as this generator reads it: as it is written (`input`), or as it is read back (`output`). */
export const jsonNode = (schema: z.core.$ZodType, io: 'input' | 'output'): JsonNode =>
  nodeSchema.parse(z.toJSONSchema(schema, { io, unrepresentable: 'any' }));

/** The alternatives that a node stands for; itself where there is one only. */
export const alternativesOf = (node: JsonNode): readonly JsonNode[] => node.anyOf ?? node.oneOf ?? [node];

/** The value of a map from free names; undefined where the node is no map. */
export const mapValueOf = ({ properties, additionalProperties }: JsonNode): JsonNode | undefined =>
  properties === undefined && typeof additionalProperties === 'object' ? additionalProperties : undefined;

/** Text that is equal for equal nodes, whatever is said of them beside their shape. */
export function shapeOf(node: JsonNode): string {
  const { description: _description, default: _default, ...shape } = node;
  return JSON.stringify({ ...shape, $schema: undefined, $defs: undefined });
}
