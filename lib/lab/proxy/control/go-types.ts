import * as z from 'zod';

/** Why a value of another type is refused, in the words of Go's decoder. */
export interface WrongType {
  readonly refused: string;
  /** The same in our words. */
  readonly plain: string;
}

const objectSchema = z.record(z.string(), z.unknown());

/** What Go calls the type of a JSON value; a number that its type cannot hold is told with the number. */
export function goKind(value: unknown, withNumber = false): string {
  if (Array.isArray(value)) return 'array';
  switch (typeof value) {
    case 'number':
      return withNumber ? `number ${value}` : 'number';
    case 'boolean':
      return 'bool';
    case 'string':
      return 'string';
    default:
      return 'object';
  }
}

/** `json: cannot unmarshal number into Go struct field Proxy.name of type string`. */
export const wrongField = (kind: string, field: string, type: string): WrongType => ({
  refused: `json: cannot unmarshal ${kind} into Go struct field ${field} of type ${type}`,
  plain: notA(kind, type),
});

const plainTypes: Readonly<Record<string, string>> = {
  int64: 'a whole number',
  float32: 'a number',
  string: 'a text',
  bool: 'true or false',
  '[]string': 'a list of texts',
};

const plainKinds: Readonly<Record<string, string>> = {
  number: 'a number',
  string: 'a text',
  bool: 'true or false',
  array: 'a list',
  object: 'a map',
};

const notA = (kind: string, type: string): string =>
  `is ${plainKinds[kind] ?? kind}, where ${plainTypes[type] ?? 'a map'} is needed`;

/** A body that must be an object; null counts as an empty one, as in Go. */
export function objectOf(
  json: unknown,
  type: string,
): { readonly fields: Readonly<Record<string, unknown>> } | WrongType {
  if (json === null || json === undefined) return { fields: {} };
  const read = Array.isArray(json) ? undefined : objectSchema.safeParse(json).data;
  return read === undefined
    ? {
        refused: `json: cannot unmarshal ${goKind(json)} into Go value of type ${type}`,
        plain: notA(goKind(json), type),
      }
    : { fields: read };
}

/** A field by its name, in whatever case it is written, as Go takes it; null is as if it were left out. */
function fieldOf(fields: Readonly<Record<string, unknown>>, name: string): unknown {
  const key = Object.hasOwn(fields, name)
    ? name
    : Object.keys(fields).find((one) => one.toLowerCase() === name);
  return key === undefined ? undefined : (fields[key] ?? undefined);
}

const goTypes = { string: 'string', boolean: 'bool', number: 'float32' } as const;

interface Types {
  readonly string: string;
  readonly boolean: boolean;
  readonly number: number;
}

const isOf = <T extends keyof Types>(value: unknown, type: T): value is Types[T] => typeof value === type;

/** A field of a type, undefined where it is left out. */
export function typedField<T extends keyof Types>(
  fields: Readonly<Record<string, unknown>>,
  struct: string,
  name: string,
  type: T,
): { readonly value: Types[T] | undefined } | WrongType {
  const value = fieldOf(fields, name);
  if (value === undefined) return { value: undefined };
  return isOf(value, type) ? { value } : wrongField(goKind(value), `${struct}.${name}`, goTypes[type]);
}
