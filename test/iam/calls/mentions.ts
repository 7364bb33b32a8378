import { below, chainOf, isNode, type Node, nameOf, nodesIn } from './syntax.ts';

/** What a piece of code mentions. */
export interface Mentions {
  /** Names that stand for themselves. */
  readonly names: Set<string>;
  /** Names of which a member is asked: `objects.read`. */
  readonly members: Set<string>;
  /** Methods of a run's ports: `faults.start`, `clock.*` where the whole port is handed on. */
  readonly ports: Set<string>;
}

/** Neither a key is a mention, nor the name of a member, nor what is being declared. */
const notMentioned: Readonly<Record<string, string>> = {
  AssignmentPatternProperty: 'key',
  FunctionDeclaration: 'identifier',
  KeyValuePatternProperty: 'key',
  KeyValueProperty: 'key',
  MemberExpression: 'property',
  MethodProperty: 'key',
  VariableDeclarator: 'id',
};

export function mentionsIn(node: Node): Mentions {
  const mentions: Mentions = { names: new Set(), members: new Set(), ports: new Set() };
  collect(node, mentions);
  return mentions;
}

function collect(node: Node, into: Mentions): void {
  const chain = chainOf(node);
  if (chain !== undefined) {
    collectChain(chain, into);
    return;
  }
  const taken = portsTakenBy(node);
  if (taken !== undefined) {
    for (const port of taken) into.ports.add(`${port}.*`);
    return;
  }
  // Types call nobody.
  const inside = node.type.startsWith('Ts') ? nodesIn(node['expression']) : below(node);
  const named = node[notMentioned[node.type] ?? ''];
  const skipped = isNode(named) && named.type === 'Computed' ? undefined : named;
  for (const inner of inside) {
    if (inner === skipped || isHandedOnByName(node, inner) || isParameter(node, inner)) continue;
    collect(inner, into);
  }
}

/** A parameter's own name is no mention of anything. */
const isParameter = (node: Node, inner: Node) =>
  nameOf(inner) !== undefined &&
  (node.type === 'Parameter' ||
    (node.type === 'ArrowFunctionExpression' && nodesIn(node['params']).includes(inner)));

/** `{ ports }` hands all ports on to somebody who calls them so too, and is walked as well. */
const isHandedOnByName = (node: Node, inner: Node) =>
  node.type === 'ObjectExpression' && nameOf(inner) === 'ports';

function collectChain(chain: readonly string[], into: Mentions): void {
  const [first = '', second] = chain;
  const at = chain.indexOf('ports');
  if (at >= 0) into.ports.add(`${chain[at + 1] ?? '*'}.${chain[at + 2] ?? '*'}`);
  else if (second === undefined) into.names.add(first);
  else into.members.add(`${first}.${second}`);
}

/** The ports that `const { clock, rollbacks } = context.ports` takes as a whole. */
function portsTakenBy(node: Node): string[] | undefined {
  const { id } = node;
  if (node.type !== 'VariableDeclarator' || chainOf(node['init'])?.at(-1) !== 'ports' || !isNode(id))
    return undefined;
  return nodesIn(id['properties']).flatMap((one) => nameOf(one['key']) ?? []);
}
