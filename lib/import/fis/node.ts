import type { Path } from '../field.ts';
import { whyNotLiteral } from '../source/python-value.ts';

/** A value of a document, and where it stands. */
export interface Node {
  readonly value: unknown;
  readonly path: Path;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a node is a map of what the source says, and nothing that is worked out later. */
export const isMap = ({ value }: Node): boolean => isRecord(value) && whyNotLiteral(value) === undefined;

/** The members of a map; nothing for anything else. */
export const membersOf = (node: Node | undefined): (readonly [key: string, node: Node])[] =>
  node === undefined || !isRecord(node.value) || !isMap(node)
    ? []
    : Object.entries(node.value).map(([key, value]) => [key, { value, path: [...node.path, key] }] as const);

/** The items of a list; nothing for anything else. */
export const itemsOf = (node: Node | undefined): Node[] =>
  node !== undefined && Array.isArray(node.value)
    ? node.value.map((value: unknown, index) => ({ value, path: [...node.path, index] }))
    : [];

/** A member of a map; undefined where there is none. */
export function memberOf(node: Node | undefined, key: string): Node | undefined {
  if (node === undefined || !isRecord(node.value) || !isMap(node) || !Object.hasOwn(node.value, key))
    return undefined;
  return { value: node.value[key], path: [...node.path, key] };
}

/** What FIS takes as a text: YAML and Python may write a number or a boolean. */
export function textOf(node: Node | undefined): string | undefined {
  const value = node?.value;
  if (typeof value === 'string') return value.toWellFormed();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
