import type * as z from 'zod/mini';
import { textFormats } from './text-formats.ts';

/** A JSON Schema of an answer. */
export type AnswerSchema = Readonly<Record<string, z.core.util.JSONType>>;

export const isMap = (value: unknown): value is AnswerSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first place of an answer that is not as its schema says, and why. */
interface Wrong {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Looks at an answer; undefined where it is as its schema says. */
export type AnswerReader = (answer: unknown) => Wrong | undefined;

const wrong = (message: string): Wrong => ({ path: [], message });
const under = (step: string | number, found: Wrong | undefined): Wrong | undefined =>
  found === undefined ? undefined : { path: [step, ...found.path], message: found.message };

/** The first that is wrong; the rest is not looked at. */
const firstOf = (readers: readonly AnswerReader[]): AnswerReader => {
  const [only] = readers;
  if (readers.length === 1 && only !== undefined) return only;
  return (answer) => {
    for (const read of readers) {
      const found = read(answer);
      if (found !== undefined) return found;
    }
    return undefined;
  };
};

/** JSON's types, as JSON Schema calls them. */
const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isMap,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: (value) => Number.isSafeInteger(value),
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
};

const typeOf = (value: unknown): string =>
  Object.keys(types).find((type) => types[type]?.(value) === true) ?? typeof value;

/** A text that is the same for equal values, whatever the order of their keys. */
const equalText = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    isMap(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );

const countIn = (value: unknown): number | undefined => {
  if (typeof value === 'string') return Array.from(value).length;
  if (Array.isArray(value)) return value.length;
  return isMap(value) ? Object.keys(value).length : undefined;
};

/** Keywords that limit a number, and when it is within. */
const limits: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  minimum: (value, limit) => value >= limit,
  maximum: (value, limit) => value <= limit,
  exclusiveMinimum: (value, limit) => value > limit,
  exclusiveMaximum: (value, limit) => value < limit,
  multipleOf: (value, limit) => Math.abs(value / limit - Math.round(value / limit)) < 1e-9,
};

/** Keywords that limit how much there is, by the type that they are about. */
const sizes: readonly (readonly [type: string, least: string, most: string])[] = [
  ['string', 'minLength', 'maxLength'],
  ['array', 'minItems', 'maxItems'],
  ['object', 'minProperties', 'maxProperties'],
];

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What reads by one schema, of whose definitions others are read when they are first met. */
function readerWithin(root: AnswerSchema): AnswerReader {
  const definitions = isMap(root['$defs']) ? root['$defs'] : {};
  const named = new Map<string, AnswerReader>();

  const referred = (ref: string): AnswerReader => {
    const name = ref.replace('#/$defs/', '').replaceAll('~1', '/').replaceAll('~0', '~');
    const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
    if (definition === undefined) throw new Error(`nothing is called ${ref}`);
    if (!named.has(name)) {
      // Known before it is read: it may refer to itself.
      named.set(name, (answer) => reader(answer));
      const reader = compile(definition);
    }
    return (answer) => named.get(name)?.(answer);
  };

  const compile = (schema: unknown): AnswerReader => {
    if (typeof schema === 'boolean') return () => (schema ? undefined : wrong('nothing may stand there'));
    if (!isMap(schema)) throw new Error('a schema is a map');
    return firstOf(
      Object.keys(schema).flatMap((keyword) => keywordReader(schema, keyword, compile, referred) ?? []),
    );
  };
  return compile(root);
}

/** What looks at an answer for one keyword of a schema; undefined for a keyword that says nothing by itself. */
function keywordReader(
  schema: AnswerSchema,
  keyword: string,
  compile: (schema: unknown) => AnswerReader,
  referred: (ref: string) => AnswerReader,
): AnswerReader | undefined {
  const said = schema[keyword];
  const limit = limits[keyword];
  if (limit !== undefined && typeof said === 'number')
    return (value) =>
      typeof value !== 'number' || limit(value, said)
        ? undefined
        : wrong(`it is ${value}, against ${keyword} ${said}`);
  const size = sizes.find(([, least, most]) => keyword === least || keyword === most);
  if (size !== undefined && typeof said === 'number') {
    const [type, least] = size;
    return (value) => {
      const count = types[type]?.(value) === true ? countIn(value) : undefined;
      const fits = count === undefined || (keyword === least ? count >= said : count <= said);
      return fits ? undefined : wrong(`there are ${count}, against ${keyword} ${said}`);
    };
  }
  // Of the keywords that say a text it is one: the schema was compiled when it was written.
  const text = typeof said === 'string' ? said : '';
  switch (keyword) {
    case '$ref':
      return referred(text);
    case 'type': {
      const wanted = [said].flat().map(String);
      return (value) =>
        wanted.some((type) => types[type]?.(value) === true)
          ? undefined
          : wrong(`${wanted.join(' or ')} expected, and it is ${typeOf(value)}`);
    }
    case 'enum':
    case 'const': {
      const wanted: readonly unknown[] = keyword === 'enum' ? asList(said) : [said];
      return (value) =>
        wanted.includes(value)
          ? undefined
          : wrong(`${wanted.map((one) => JSON.stringify(one)).join(' or ')} expected`);
    }
    case 'pattern': {
      const pattern = new RegExp(text);
      return (value) =>
        typeof value !== 'string' || pattern.test(value) ? undefined : wrong(`it does not match ${text}`);
    }
    case 'format': {
      const format = textFormats[text];
      return (value) =>
        typeof value !== 'string' || format?.(value) !== false ? undefined : wrong(`it is no ${text}`);
    }
    case 'allOf':
      return firstOf(asList(said).map(compile));
    case 'anyOf':
    case 'oneOf': {
      const choices = asList(said).map(compile);
      return (value) => {
        const fitting = choices.filter((read) => read(value) === undefined).length;
        if (fitting === 1 || (fitting > 1 && keyword === 'anyOf')) return undefined;
        return wrong(`it is ${fitting === 0 ? 'none' : 'several'} of what it may be`);
      };
    }
    case 'required': {
      const names = asList(said).map(String);
      return (value) => {
        const missing = isMap(value) ? names.find((name) => !Object.hasOwn(value, name)) : undefined;
        return missing === undefined ? undefined : under(missing, wrong('it is missing'));
      };
    }
    case 'properties': {
      const properties = Object.entries(isMap(said) ? said : {}).map(
        ([name, one]) => [name, compile(one)] as const,
      );
      return (value) =>
        isMap(value)
          ? properties
              .values()
              .map(([name, read]) =>
                Object.hasOwn(value, name) ? under(name, read(value[name])) : undefined,
              )
              .find((found) => found !== undefined)
          : undefined;
    }
    case 'additionalProperties': {
      const described = new Set(Object.keys(isMap(schema['properties']) ? schema['properties'] : {}));
      const read = compile(said);
      return (value) =>
        isMap(value)
          ? Object.keys(value)
              .values()
              .filter((name) => !described.has(name))
              .map((name) => under(name, read(value[name])))
              .find((found) => found !== undefined)
          : undefined;
    }
    case 'prefixItems': {
      const places = asList(said).map(compile);
      return (value) =>
        asList(value)
          .values()
          .map((item, index) => under(index, places[index]?.(item)))
          .find((found) => found !== undefined);
    }
    case 'items': {
      const from = asList(schema['prefixItems']).length;
      const read = compile(said);
      return (value) =>
        asList(value)
          .values()
          .map((item, index) => (index < from ? undefined : under(index, read(item))))
          .find((found) => found !== undefined);
    }
    case 'contains': {
      const read = compile(said);
      return (value) =>
        !Array.isArray(value) || value.some((item) => read(item) === undefined)
          ? undefined
          : wrong('nothing in it is what it must contain');
    }
    case 'uniqueItems':
      return (value) => {
        const texts = said === true ? asList(value).map(equalText) : [];
        return new Set(texts).size === texts.length ? undefined : wrong('two of its items are equal');
      };
    default:
      return undefined;
  }
}

const compiled = new WeakMap<AnswerSchema, AnswerReader>();

/**
 * What reads answers by a schema; the same for the same schema.
 *
 * @throws where the schema cannot be read: a pattern that is none, a reference to nothing
 */
export function readerOf(schema: AnswerSchema): AnswerReader {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const made = readerWithin(schema);
  compiled.set(schema, made);
  return made;
}
