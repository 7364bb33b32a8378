import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from '@swc/core';
import * as z from 'zod';

/** What a piece of code mentions. */
export interface Mentions {
  /** Names that stand for themselves. */
  readonly names: Set<string>;
  /** Names of which a member is asked: `objects.read`. */
  readonly members: Set<string>;
  /** Methods of a run's ports: `faults.start`, `clock.*` where the whole port is handed on. */
  readonly ports: Set<string>;
}

/** Something that a file gives a name to. */
export interface Value {
  readonly mentions: Mentions;
  /** Where it is what a call gives back: `createS3Objects` of `const objects = createS3Objects(s3, bucket)`. */
  readonly madeBy?: string;
}

/** A source file as far as it says who calls whom. */
export interface SourceFile {
  /** Local name to where it comes from; relative paths are those of files of the project. */
  readonly imports: ReadonlyMap<string, { readonly from: string; readonly name: string }>;
  /** What is declared at the top, and directly inside functions of the top. */
  readonly values: ReadonlyMap<string, Value>;
  /** The members of the object that a function of the top gives back, by function. */
  readonly gives: ReadonlyMap<string, ReadonlyMap<string, Value>>;
  /** What is declared inside those members, where they are functions. */
  readonly inside: ReadonlyMap<string, Value>;
}

type Node = Readonly<Record<string, unknown>> & { readonly type: string };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
/** The nodes of a value; swc wraps arguments and elements in an object of its own. */
function nodesIn(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  if (isNode(value)) return [value];
  return typeof value === 'object' && value !== null && 'expression' in value
    ? nodesIn(value.expression)
    : [];
}
const below = (node: Node): Node[] => Object.values(node).flatMap(nodesIn);
const nameOf = (node: unknown): string | undefined =>
  isNode(node) && node.type === 'Identifier' && typeof node['value'] === 'string' ? node['value'] : undefined;
const textOf = (value: unknown) => z.looseObject({ value: z.string() }).parse(value).value;

const read = new Map<string, SourceFile>();

/** A file of the project, by its path from the root. */
export function sourceFile(path: string): SourceFile {
  const found = read.get(path) ?? parse(path);
  read.set(path, found);
  return found;
}

const root = join(import.meta.dirname, '../../..');

function parse(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const program: unknown = parseSync(text, { syntax: 'typescript', target: 'es2022' });
  const top = nodesIn(z.object({ body: z.unknown() }).parse(program).body);
  const imports = new Map<string, { from: string; name: string }>();
  const values = new Map<string, Value>();
  const gives = new Map<string, ReadonlyMap<string, Value>>();
  const inside = new Map<string, Value>();
  for (const statement of top) {
    if (statement.type === 'ImportDeclaration') {
      if (statement['typeOnly'] === true) continue;
      const source = textOf(statement['source']);
      const from = source.startsWith('.') ? join(dirname(path), source) : source;
      for (const one of nodesIn(statement['specifiers'])) {
        const local = nameOf(one['local']);
        if (one['isTypeOnly'] === true || local === undefined) continue;
        imports.set(local, { from, name: nameOf(one['imported']) ?? local });
      }
      continue;
    }
    const declaration = isNode(statement['declaration']) ? statement['declaration'] : statement;
    for (const [name, node] of declared(declaration)) {
      values.set(name, valueOf(node));
      const body = statementsOf(node);
      for (const inner of body.flatMap(declared)) values.set(inner[0], valueOf(inner[1]));
      const members = membersOf(body);
      gives.set(name, new Map(members.map(([member, value]) => [member, valueOf(value)])));
      for (const inner of members.flatMap(([, value]) => statementsOf(value).flatMap(declared)))
        inside.set(inner[0], valueOf(inner[1]));
    }
  }
  return { imports, values, gives, inside };
}

/** The names that a statement declares, with what they stand for. */
function declared(statement: Node): [string, Node][] {
  if (statement.type === 'FunctionDeclaration') {
    const name = nameOf(statement['identifier']);
    return name === undefined ? [] : [[name, statement]];
  }
  if (statement.type !== 'VariableDeclaration') return [];
  return nodesIn(statement['declarations']).flatMap((one): [string, Node][] => {
    const name = nameOf(one['id']);
    return name === undefined || !isNode(one['init']) ? [] : [[name, one['init']]];
  });
}

/** The statements of a function's body; an arrow's expression counts as what it returns. */
function statementsOf(node: Node): Node[] {
  const body = node['body'];
  if (!isNode(body)) return [];
  const statements = nodesIn(body['stmts']);
  return statements.length > 0 ? statements : [{ type: 'ReturnStatement', argument: body }];
}

const unwrapped = (node: unknown): unknown =>
  isNode(node) && (node.type === 'ParenthesisExpression' || node.type.startsWith('Ts'))
    ? unwrapped(node['expression'])
    : node;

/** The members of the object that the last return of these statements gives back. */
function membersOf(statements: readonly Node[]): [string, Node][] {
  const given = unwrapped(statements.findLast(({ type }) => type === 'ReturnStatement')?.['argument']);
  if (!isNode(given) || given.type !== 'ObjectExpression') return [];
  return nodesIn(given['properties']).flatMap((member): [string, Node][] => {
    const name = nameOf(member) ?? nameOf(member['key']);
    const value = member.type === 'KeyValueProperty' ? member['value'] : member;
    return name !== undefined && isNode(value) ? [[name, value]] : [];
  });
}

function valueOf(node: Node): Value {
  const mentions: Mentions = { names: new Set(), members: new Set(), ports: new Set() };
  collect(node, mentions);
  const made = node.type === 'BinaryExpression' ? node['right'] : node;
  const callee = isNode(made) && made.type === 'CallExpression' ? nameOf(made['callee']) : undefined;
  return { mentions, ...(callee === undefined ? {} : { madeBy: callee }) };
}

/** `context.ports.faults.stop` as its names; undefined where it begins with anything but a name. */
function chainOf(node: unknown): string[] | undefined {
  const name = nameOf(node);
  if (name !== undefined) return [name];
  if (!isNode(node) || node.type !== 'MemberExpression') return undefined;
  const [before, member] = [chainOf(node['object']), nameOf(node['property'])];
  return before === undefined || member === undefined ? undefined : [...before, member];
}

function collect(node: Node, into: Mentions): void {
  // Types call nobody.
  if (node.type.startsWith('Ts')) return nodesIn(node['expression']).forEach((inner) => collect(inner, into));
  const name = nameOf(node);
  if (name !== undefined) return void into.names.add(name);
  const chain = chainOf(node);
  if (chain !== undefined) return collectChain(chain, into);
  if (node.type === 'VariableDeclarator' && chainOf(node['init'])?.at(-1) === 'ports' && isNode(node['id']))
    return nodesIn(node['id']['properties']).forEach((one) => into.ports.add(`${nameOf(one['key'])}.*`));
  // Neither a key is a mention, nor the name of a member, nor what is being declared.
  const notMentions: Readonly<Record<string, string>> = {
    AssignmentPatternProperty: 'key',
    FunctionDeclaration: 'identifier',
    KeyValuePatternProperty: 'key',
    KeyValueProperty: 'key',
    MemberExpression: 'property',
    MethodProperty: 'key',
    VariableDeclarator: 'id',
  };
  const named = node[notMentions[node.type] ?? ''];
  const skipped = isNode(named) && named.type === 'Computed' ? undefined : named;
  for (const inner of below(node)) if (inner !== skipped) collect(inner, into);
}

function collectChain(chain: readonly string[], into: Mentions): void {
  const [first = '', second = ''] = chain;
  const at = chain.indexOf('ports');
  if (at >= 0) return void into.ports.add(`${chain[at + 1] ?? '*'}.${chain[at + 2] ?? '*'}`);
  into.members.add(`${first}.${second}`);
}
