/** A node of a syntax tree as swc writes it. */
export type Node = Readonly<Record<string, unknown>> & { readonly type: string };

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** The nodes of a value; swc wraps arguments and elements in an object of its own. */
export function nodesIn(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  if (isNode(value)) return [value];
  return typeof value === 'object' && value !== null && 'expression' in value
    ? nodesIn(value.expression)
    : [];
}

/** The nodes right below one. */
export const below = (node: Node): Node[] => Object.values(node).flatMap(nodesIn);

/** The name that an identifier is. */
export const nameOf = (node: unknown): string | undefined =>
  isNode(node) && node.type === 'Identifier' && typeof node['value'] === 'string' ? node['value'] : undefined;

/** `context.ports.faults.stop` as its names; undefined where it begins with anything but a name. */
export function chainOf(node: unknown): string[] | undefined {
  const name = nameOf(node);
  if (name !== undefined) return [name];
  if (!isNode(node) || node.type !== 'MemberExpression') return undefined;
  const [before, member] = [chainOf(node['object']), nameOf(node['property'])];
  return before === undefined || member === undefined ? undefined : [...before, member];
}
