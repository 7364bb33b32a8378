import { alternativesOf, type JsonNode, mapValueOf } from './json-node.ts';

/** How a value is shown in a page. */
export const code = (value: unknown): string =>
  `\`${typeof value === 'string' && value !== '' ? value : JSON.stringify(value)}\``;

/** The words for a node's type: `a duration`, `a list of names`. `linked` knows the shapes that have a section. */
export function typeWords(node: JsonNode, linked: (node: JsonNode) => string | undefined): string {
  const section = linked(node);
  if (section !== undefined) return section;
  const alternatives = alternativesOf(node);
  if (alternatives.length > 1) return joined(alternatives.map((one) => typeWords(one, linked)));
  if (node.const !== undefined) return code(node.const);
  if (node.enum !== undefined)
    return `${node.enum.length > 1 ? 'one of ' : ''}${joined(node.enum.map(code))}`;
  if (typeof node.type === 'object') return joined(node.type.map((type) => plural.get(type)?.one ?? type));
  if (node.items !== undefined) return `a list of ${severalWords(node.items, linked)}`;
  const value = mapValueOf(node);
  if (value !== undefined) return mapWords(value, linked);
  return scalarWords(node) ?? 'any JSON';
}

/** What the entries of a map are is told below it, unless they have a section or are simple. */
function mapWords(value: JsonNode, linked: (node: JsonNode) => string | undefined): string {
  const isSimple =
    linked(value) !== undefined || alternativesOf(value).every((one) => one.properties === undefined);
  return isSimple ? `a map of names, each to ${typeWords(value, linked)}` : 'a map of names';
}

const plural = new Map([
  ['string', { one: 'text', several: 'texts' }],
  ['number', { one: 'a number', several: 'numbers' }],
  ['integer', { one: 'a whole number', several: 'whole numbers' }],
  ['boolean', { one: '`true` or `false`', several: 'booleans' }],
  ['null', { one: '`null`', several: 'nulls' }],
  ['object', { one: 'a map', several: 'maps' }],
]);

/** Patterns that stand for a word of the language. */
const patternWords: readonly (readonly [beginning: string, words: string, several: string])[] = [
  ['^(\\d+(?:\\.\\d+)?)(ms|', 'a duration', 'durations'],
  ['^(\\d+(?:\\.\\d+)?)%', 'a percentage', 'percentages'],
  ['^(\\d+(?:\\.\\d+)?)\\/', 'a rate', 'rates'],
  ['^[A-Za-z][A-Za-z0-9_-]', 'a name', 'names'],
  ['^[a-z][a-z0-9-]*$', 'an id', 'ids'],
  ['^\\/', 'a path', 'paths'],
  ['^\\$', 'a JSONPath', 'JSONPaths'],
];

function scalarWords(node: JsonNode): string | undefined {
  const named = patternWords.find(([beginning]) => node.pattern?.startsWith(beginning) === true);
  if (named !== undefined) return named[1];
  if (node.format === 'date-time') return 'a time';
  const words = typeof node.type === 'string' ? plural.get(node.type)?.one : undefined;
  return words === undefined ? undefined : `${words}${rangeWords(node)}`;
}

function severalWords(node: JsonNode, linked: (node: JsonNode) => string | undefined): string {
  const section = linked(node);
  if (section !== undefined) return section;
  const named = patternWords.find(([beginning]) => node.pattern?.startsWith(beginning) === true);
  if (named !== undefined) return named[2];
  const words = typeof node.type === 'string' ? plural.get(node.type)?.several : undefined;
  return words ?? typeWords(node, linked);
}

/** JavaScript's own limits say nothing to a reader. */
function rangeWords({ minimum, maximum, exclusiveMinimum }: JsonNode): string {
  const most = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? undefined : maximum;
  const least = minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? undefined : minimum;
  const parts = [
    exclusiveMinimum === undefined ? '' : `above ${exclusiveMinimum}`,
    least === undefined ? '' : `from ${least}`,
    most === undefined ? '' : `up to ${most}`,
  ].filter(Boolean);
  return parts.length === 0 ? '' : ` ${parts.join(' ')}`;
}

const joined = (several: readonly string[]): string => {
  const words = [...new Set(several)];
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
};
