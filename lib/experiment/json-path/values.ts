import type * as z from 'zod/mini';

export type Json = z.core.util.JSONType;

/** A value in a filter; undefined is the specification's Nothing. */
export type Value = Json | undefined;

export const isMap = (value: Value): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const childrenOf = (value: Json): Json[] =>
  Array.isArray(value) ? value : isMap(value) ? Object.values(value) : [];

/** A value and all below it, each before what is below it. */
export const withDescendants = (value: Json): Json[] => [
  value,
  ...childrenOf(value).flatMap(withDescendants),
];

function isEqual(a: Value, b: Value): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => isEqual(item, b[index]));
  if (!isMap(a) || !isMap(b)) return a === b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isEqual(a[key], b[key]))
  );
}

const isLess = (a: Value, b: Value): boolean =>
  (typeof a === 'number' && typeof b === 'number' && a < b) ||
  (typeof a === 'string' && typeof b === 'string' && a < b);

/** How two values compare (RFC 9535, 2.3.5.2.2): what is neither two numbers nor two texts has no order. */
export const comparisons: Readonly<Record<string, (a: Value, b: Value) => boolean>> = {
  '==': isEqual,
  '!=': (a, b) => !isEqual(a, b),
  '<': isLess,
  '<=': (a, b) => isLess(a, b) || isEqual(a, b),
  '>': (a, b) => isLess(b, a),
  '>=': (a, b) => isLess(b, a) || isEqual(a, b),
};

const patterns = new Map<string, RegExp | undefined>();

/** A regular expression of RFC 9485, whose dot matches no line ends; undefined where it is none, which matches nothing. */
function patternOf(text: string): RegExp | undefined {
  if (patterns.has(text)) return patterns.get(text);
  const source = text.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]|\./gsu, (part) =>
    part === '.' ? '[^\\n\\r]' : part,
  );
  let pattern: RegExp | undefined;
  try {
    pattern = new RegExp(source, 'u');
  } catch {
    pattern = undefined;
  }
  patterns.set(text, pattern);
  return pattern;
}

const fits = (text: Value, pattern: Value, around: (pattern: string) => string): boolean =>
  typeof text === 'string' && typeof pattern === 'string' && patternOf(around(pattern))?.test(text) === true;

function lengthOf(value: Value): Value {
  if (typeof value === 'string') return Array.from(value).length;
  if (Array.isArray(value)) return value.length;
  return isMap(value) ? Object.keys(value).length : undefined;
}

/** The specification's functions (RFC 9535, 2.4) that take values: what they are handed, and whether they tell a value or only yes or no. */
export const valueFunctions: Readonly<
  Record<
    string,
    { readonly takes: number; readonly of: (a: Value, b: Value) => Value; readonly isTest: boolean }
  >
> = {
  length: { takes: 1, of: lengthOf, isTest: false },
  match: { takes: 2, of: (a, b) => fits(a, b, (pattern) => `^(?:${pattern})$`), isTest: true },
  search: { takes: 2, of: (a, b) => fits(a, b, (pattern) => pattern), isTest: true },
};

/** And those that take the nodes that a query finds. */
export const nodeFunctions: Readonly<Record<string, (nodes: readonly Json[]) => Value>> = {
  count: (nodes) => nodes.length,
  value: (nodes) => (nodes.length === 1 ? nodes[0] : undefined),
};
