import type { Path } from '../field.ts';

/** A place in a document and what stands there. */
export interface Node {
  readonly path: Path;
  readonly value: unknown;
}

export type Data = Readonly<Record<string, unknown>>;

export const isData = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands under a key of a map; undefined where it is no map, or has no such key. */
export function under(node: Node | undefined, key: string): Node | undefined {
  if (node === undefined || !isData(node.value) || !Object.hasOwn(node.value, key)) return undefined;
  return { path: [...node.path, key], value: node.value[key] };
}

/** What a map holds, with the key that each stands under; nothing where it is no map. */
export const entriesOf = (node: Node | undefined): [string, Node][] =>
  node === undefined || !isData(node.value)
    ? []
    : Object.entries(node.value).map(([key, value]) => [key, { path: [...node.path, key], value }]);

/** What a list holds; nothing where it is none. */
export const itemsOf = (node: Node | undefined): Node[] =>
  node === undefined || !Array.isArray(node.value)
    ? []
    : node.value.map((value: unknown, index) => ({ path: [...node.path, index], value }));

/** Text that says something; undefined for anything else. */
export const textOf = (node: Node | undefined): string | undefined =>
  typeof node?.value === 'string' && node.value.trim() !== '' ? node.value : undefined;

/** What stands at a key of a record, where it has one of its own: whatever a document calls things. */
export const ownOf = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
