import type * as z from 'zod';
import type { ToxicAttributes } from '../toxic-type.ts';
import { toxicTypes } from '../toxic-types.ts';
import type { ControlledToxic } from './controlled-toxic.ts';
import { goKind, objectOf, typedField, type WrongType, wrongField } from './go-types.ts';
import { readTimeToLive } from './time-to-live.ts';

/** Why a toxic is refused, always with status 400. */
export interface RefusedToxic {
  readonly refused: string;
  /** The same in our words, where Toxiproxy's are Go's. */
  readonly plain?: string;
  /** Where Toxiproxy would have taken it. */
  readonly hint?: string;
  /** Where in the toxic it is wrong. */
  readonly path: readonly (string | number)[];
}

export interface SentToxic {
  readonly toxic: ControlledToxic;
  /** 0 for none; undefined where nothing is said. */
  readonly ttlMs: number | undefined;
}

const streams: readonly string[] = ['upstream', 'downstream'];

const badBody = (
  { refused, plain = refused }: Omit<WrongType, 'plain'> & Partial<WrongType>,
  path: RefusedToxic['path'] = [],
): RefusedToxic => ({ refused: `bad request body: ${refused}`, plain, path });

/** What Go calls the type of an attribute, by what the schema expects. */
const goTypeOf: Readonly<Record<string, string>> = {
  int: 'int64',
  number: 'int64',
  string: 'string',
  boolean: 'bool',
  array: '[]string',
};

/** The names of Toxiproxy's own structs where they are not those of the type. */
const structs: Readonly<Record<string, string>> = { reset_peer: 'ResetToxic' };

/** `slow_close` is `SlowCloseToxic`. */
const structOf = (type: string): string =>
  structs[type] ??
  `${type
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}Toxic`;

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, step) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined),
    value,
  );

function refusedAttribute(type: string, attributes: unknown, error: z.ZodError): RefusedToxic {
  const [issue] = error.issues;
  const steps = (issue?.path ?? []).map((step) => (typeof step === 'number' ? step : String(step)));
  const path = ['attributes', ...steps];
  const value = valueAt(attributes, steps);
  if (issue?.code === 'invalid_type' && value !== undefined) {
    const wanted = goTypeOf[issue.expected] ?? issue.expected;
    const field = `${structOf(type)}.${path.join('.')}`;
    return badBody(wrongField(goKind(value, wanted === 'int64'), field, wanted), path);
  }
  return {
    ...badBody(
      {
        refused: `${path.join('.')}: ${issue?.message ?? 'is not right'}`,
        plain: issue?.message ?? 'is not right',
      },
      path,
    ),
    hint: `${JSON.stringify(value)} would make no sense here, so it is refused before it does harm`,
  };
}

/** Attributes of a type; null counts as left out, and unknown ones do not count, as in Go. */
function readAttributes(
  type: string,
  sent: Readonly<Record<string, unknown>>,
): { readonly attributes: ToxicAttributes } | RefusedToxic {
  const given = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== null));
  const read = toxicTypes.get(type)?.attributes.safeParse(given);
  if (read === undefined) return { refused: 'invalid toxic type', path: ['type'] };
  return read.success ? { attributes: read.data } : refusedAttribute(type, given, read.error);
}

function attributesSent(fields: Readonly<Record<string, unknown>>, struct: string) {
  const { attributes } = fields;
  if (attributes === undefined || attributes === null) return { fields: {} };
  const read = objectOf(attributes, '');
  return 'fields' in read
    ? read
    : badBody(wrongField(goKind(attributes), `${struct}.attributes`, 'toxics.NoopToxic'), ['attributes']);
}

/**
 * Reads a toxic that a client sends, or a file holds, to be added; what it leaves out has Toxiproxy's defaults.
 *
 * @param isTaken whether a name is another toxic's already: Toxiproxy looks at that before it looks at the attributes
 */
export function readToxic(
  json: unknown,
  isTaken: (name: string) => boolean = () => false,
): SentToxic | RefusedToxic | { readonly taken: string } {
  const object = objectOf(json, 'toxics.ToxicWrapper');
  if (!('fields' in object)) return badBody(object);
  const text = (name: string) => typedField(object.fields, 'ToxicWrapper', name, 'string');
  const name = text('name');
  if (!('value' in name)) return badBody(name, ['name']);
  const type = text('type');
  if (!('value' in type)) return badBody(type, ['type']);
  const stream = text('stream');
  if (!('value' in stream)) return badBody(stream, ['stream']);
  const toxicity = typedField(object.fields, 'ToxicWrapper', 'toxicity', 'number');
  if (!('value' in toxicity)) return badBody(toxicity, ['toxicity']);
  const sent = attributesSent(object.fields, 'ToxicWrapper');
  if (!('fields' in sent)) return sent;

  const { value: way = 'downstream' } = stream;
  if (!streams.includes(way.toLowerCase()))
    return { refused: 'stream was invalid, can be either upstream or downstream', path: ['stream'] };
  const kind = type.value ?? '';
  if (!toxicTypes.has(kind)) return { refused: 'invalid toxic type', path: ['type'] };
  const called = name.value === undefined || name.value === '' ? `${kind}_${way}` : name.value;
  if (isTaken(called)) return { taken: called };
  const read = readAttributes(kind, sent.fields);
  if (!('attributes' in read)) return read;
  const time = readTimeToLive(object.fields['ttl']);
  if (!('ttlMs' in time)) return { ...badBody(time, ['ttl']), hint: time.hint };
  const { value: share = 1 } = toxicity;
  return {
    toxic: { attributes: read.attributes, name: called, type: kind, stream: way, toxicity: share },
    ttlMs: time.ttlMs,
  };
}

/** Reads what a client sends to change a toxic: its attributes one by one, and its toxicity; name, type and stream stay. */
export function readToxicUpdate(json: unknown, before: ControlledToxic): SentToxic | RefusedToxic {
  const object = objectOf(json, 'struct { Attributes interface {}; Toxicity float32 }');
  if (!('fields' in object)) return badBody(object);
  const toxicity = typedField(object.fields, '', 'toxicity', 'number');
  if (!('value' in toxicity)) return badBody(toxicity, ['toxicity']);
  const sent = attributesSent(object.fields, '');
  if (!('fields' in sent)) return sent;
  const given = Object.fromEntries(Object.entries(sent.fields).filter(([, value]) => value !== null));
  const read = readAttributes(before.type, { ...before.attributes, ...given });
  if (!('attributes' in read)) return read;
  const time = readTimeToLive(object.fields['ttl']);
  if (!('ttlMs' in time)) return { ...badBody(time, ['ttl']), hint: time.hint };
  const { value: share = before.toxicity } = toxicity;
  return { toxic: { ...before, attributes: read.attributes, toxicity: share }, ttlMs: time.ttlMs };
}
