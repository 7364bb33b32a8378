import { entriesOf, isData, type Node, under } from '../drafting/node.ts';
import { whyNotLiteral } from '../source/python-value.ts';

/** Whether a node is a map of what the source says, and nothing that is worked out later. */
export const isMap = ({ value }: Node): boolean => isData(value) && whyNotLiteral(value) === undefined;

/** The members of a map; nothing for anything else. */
export const membersOf = (node: Node | undefined): [string, Node][] =>
  node !== undefined && isMap(node) ? entriesOf(node) : [];

/** A member of a map; undefined where there is none. */
export const memberOf = (node: Node | undefined, key: string): Node | undefined =>
  node !== undefined && isMap(node) ? under(node, key) : undefined;

/** What FIS takes as a text: YAML and Python may write a number or a boolean. */
export function textOf(node: Node | undefined): string | undefined {
  const value = node?.value;
  if (typeof value === 'string') return value.toWellFormed();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
