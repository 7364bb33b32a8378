import { findAt } from '../../experiment/json-path/json-path.ts';

/** No path into an answer is longer, in letters. */
const longestPath = 500;

/** A JSONPath of Chaos Toolkit as the one that is read here (RFC 9535): its filters compare with a single `=`. Undefined where it is none. */
export function jsonPathOf(written: string): string | undefined {
  if (written.length > longestPath) return undefined;
  const path = written
    .trim()
    .replaceAll(/'[^']*'|"[^"]*"|(?<![=!<>])=(?!=)/g, (part) => (part === '=' ? '==' : part));
  try {
    findAt({}, path);
    return path;
  } catch {
    return undefined;
  }
}

/** A path that leads to one place at most: names and indexes alone. */
const step = /\.([\p{L}_][\p{L}\d_]*)|\[\s*(?:(\d+)|'([^'\\]*)'|"([^"\\]*)")\s*\]/uy;

/** The steps of a path that leads to one place at most; undefined for any other. */
export function stepsOf(path: string): (string | number)[] | undefined {
  const steps: (string | number)[] = [];
  let at = 1;
  while (at < path.length) {
    step.lastIndex = at;
    const [whole, name, index, single, double] = step.exec(path) ?? [];
    if (whole === undefined) return undefined;
    steps.push(index === undefined ? (name ?? single ?? double ?? '') : Number(index));
    at += whole.length;
  }
  return steps;
}

/** The longest list that a schema counts off to get to one of its items. */
const longestList = 50;

/** A schema of an answer in which something stands at the end of the steps; undefined where the language cannot say so. */
export function schemaWith(steps: readonly (string | number)[]): Record<string, unknown> | undefined {
  const [first, ...rest] = steps;
  if (first === undefined) return {};
  const inner = schemaWith(rest);
  if (inner === undefined || first === '__proto__') return undefined;
  if (typeof first === 'string')
    return {
      type: 'object',
      required: [first],
      ...(isEmpty(inner) ? {} : { properties: { [first]: inner } }),
    };
  if (first > longestList) return undefined;
  const items = [...Array.from({ length: first }, () => ({})), inner];
  return { type: 'array', minItems: first + 1, ...(isEmpty(inner) ? {} : { prefixItems: items }) };
}

const isEmpty = (schema: object): boolean => Object.keys(schema).length === 0;
