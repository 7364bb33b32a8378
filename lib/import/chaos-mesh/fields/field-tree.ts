import { isData } from '../../drafting/node.ts';
import type { Path } from '../../field.ts';

/**
 * What may stand at a field: a text, a number, a truth value; a map of any keys to texts; anything, where nothing below is ever
 * taken over; fields of their own; a list.
 */
export type FieldNode = 'text' | 'number' | 'flag' | 'map' | 'anything' | FieldTree | readonly [FieldNode];

/** The fields that the published schema has at one place. */
export interface FieldTree {
  readonly [name: string]: FieldNode;
}

/** A value held against the schema. */
export interface Sorted {
  /** What of it the schema knows, in the shape that the schema asks for; undefined where nothing is left. */
  readonly kept: unknown;
  /** Every field that the schema knows, down to where nothing is below it or its kind lets anything be. */
  readonly known: readonly Path[];
  /** Fields that the schema knows and that hold something of another shape. */
  readonly misshapen: readonly Path[];
}

const nothing: Sorted = { kept: undefined, known: [], misshapen: [] };

/** Holds a value against the schema. What the schema does not know comes out nowhere. */
export function sortOut(value: unknown, node: FieldNode, path: Path): Sorted {
  if (value === null || value === undefined || node === 'anything') return { ...nothing, known: [path] };
  if (node === 'text' || node === 'number' || node === 'flag') {
    const read = readers[node](value);
    return read === undefined ? misshapen(path) : { kept: read, known: [path], misshapen: [] };
  }
  if (node === 'map') return sortMap(value, path);
  if (isList(node)) return sortList(value, node[0], path);
  return isData(value) ? sortTree(value, node, path) : misshapen(path);
}

/** Values as the schema has them, also where YAML or a person wrote a number as a text, or a text without quotes. */
const readers = {
  text: (value: unknown) => (isScalar(value) ? String(value).toWellFormed() : undefined),
  number: (value: unknown) =>
    Number.isFinite(typeof value === 'string' && value.trim() !== '' ? Number(value) : value)
      ? Number(value)
      : undefined,
  flag: (value: unknown) =>
    typeof value === 'boolean' ? value : value === 'true' ? true : value === 'false' ? false : undefined,
} as const;

/** A list or map with nothing in it. */
const empty = (path: Path): Sorted => ({ ...nothing, known: [path] });

const misshapen = (path: Path): Sorted => ({ ...nothing, misshapen: [path] });

function sortMap(value: unknown, path: Path): Sorted {
  if (!isData(value)) return misshapen(path);
  const entries = Object.entries(value);
  if (entries.length === 0) return empty(path);
  const odd = entries.filter(([, item]) => !isMapItem(item));
  const kept = entries
    .filter(([, item]) => isMapItem(item))
    .map(([key, item]): [string, unknown] => [key.toWellFormed(), textsOf(item)]);
  return {
    kept: kept.length === 0 ? undefined : Object.fromEntries(kept),
    known: kept.length === 0 ? [] : [path],
    misshapen: odd.map(([key]) => [...path, key]),
  };
}

/** Maps of Chaos Mesh hold values, or lists of them. */
const isMapItem = (item: unknown): boolean =>
  isScalar(item) || (Array.isArray(item) && item.length > 0 && item.every(isScalar));

function sortList(value: unknown, node: FieldNode, path: Path): Sorted {
  if (!Array.isArray(value)) return misshapen(path);
  if (value.length === 0) return empty(path);
  const sorted = value.map((item: unknown, index) => sortOut(item, node, [...path, index]));
  const kept = sorted.flatMap((one) => (one.kept === undefined ? [] : [one.kept]));
  return joined(sorted, kept.length === 0 ? undefined : kept);
}

function sortTree(value: Record<string, unknown>, tree: FieldTree, path: Path): Sorted {
  if (Object.keys(value).length === 0) return empty(path);
  const sorted = Object.entries(value).flatMap(([key, item]): (readonly [string, Sorted])[] => {
    const node = Object.hasOwn(tree, key) ? tree[key] : undefined;
    return node === undefined ? [] : [[key, sortOut(item, node, [...path, key])]];
  });
  const kept = sorted.filter(([, one]) => one.kept !== undefined).map(([key, one]) => [key, one.kept]);
  return joined(
    sorted.map(([, one]) => one),
    kept.length === 0 ? undefined : Object.fromEntries(kept),
  );
}

const joined = (sorted: readonly Sorted[], kept: unknown): Sorted => ({
  kept,
  known: sorted.flatMap(({ known }) => known),
  misshapen: sorted.flatMap((one) => one.misshapen),
});

const isList = (node: FieldNode): node is readonly [FieldNode] => Array.isArray(node);

/** A value as a text; empty where it is a list or map. */
export const textIn = (value: unknown): string => (isScalar(value) ? String(value) : '');

/** A text, a number that JSON has, or a truth value. */
const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);

/** Texts without halves of letters, which no file could hold. */
const textsOf = (item: unknown): unknown =>
  Array.isArray(item) ? item.map((one) => String(one).toWellFormed()) : String(item).toWellFormed();
