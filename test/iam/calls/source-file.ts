import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from '@swc/core';
import * as z from 'zod';
import { type Mentions, mentionsIn } from './mentions.ts';
import { isNode, type Node, nameOf, nodesIn } from './syntax.ts';

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

const read = new Map<string, SourceFile>();

/** A file of the project, by its path from the root. */
export function sourceFile(path: string): SourceFile {
  const found = read.get(path) ?? parse(path);
  read.set(path, found);
  return found;
}

const root = join(import.meta.dirname, '../../..');
const programSchema = z.object({ body: z.array(z.unknown()) });
const textSchema = z.looseObject({ value: z.string() });

function parse(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const { body } = programSchema.parse(parseSync(text, { syntax: 'typescript', target: 'es2022' }));
  const file = {
    imports: new Map<string, { from: string; name: string }>(),
    values: new Map<string, Value>(),
    gives: new Map<string, ReadonlyMap<string, Value>>(),
    inside: new Map<string, Value>(),
  };
  for (const statement of nodesIn(body)) {
    if (statement.type === 'ImportDeclaration') {
      for (const [local, from] of importsOf(statement, dirname(path))) file.imports.set(local, from);
      continue;
    }
    const declaration = isNode(statement['declaration']) ? statement['declaration'] : statement;
    for (const [name, node] of declared(declaration)) {
      const statements = statementsOf(node);
      for (const [local, from] of statements.flatMap(importedInside)) file.imports.set(local, from);
      const members = membersOf(statements);
      file.values.set(name, madeOf(node));
      for (const [inner, value] of statements.flatMap(declared)) file.values.set(inner, madeOf(value));
      file.gives.set(name, new Map(members.map(([member, value]) => [member, madeOf(value)])));
      for (const [inner, value] of members.flatMap(([, member]) => statementsOf(member).flatMap(declared)))
        file.inside.set(inner, madeOf(value));
    }
  }
  return file;
}

/** What an import gives a name to; types call nobody. */
function importsOf(statement: Node, folder: string) {
  if (statement['typeOnly'] === true) return [];
  const source = textSchema.parse(statement['source']).value;
  const from = source.startsWith('.') ? join(folder, source) : source;
  return nodesIn(statement['specifiers']).flatMap((one) => {
    const local = nameOf(one['local']);
    return one['isTypeOnly'] === true || local === undefined
      ? []
      : [[local, { from, name: nameOf(one['imported']) ?? local }] as const];
  });
}

/** What `const { X } = await import('a-package')` gives a name to: what is loaded only by those who need it. */
function importedInside(statement: Node) {
  return nodesIn(statement['declarations']).flatMap((one) => {
    const { id, init } = one;
    const call = isNode(init) && init.type === 'AwaitExpression' ? init['argument'] : undefined;
    if (!isNode(call) || !isNode(call['callee']) || call['callee'].type !== 'Import' || !isNode(id))
      return [];
    const [argument] = z.array(z.looseObject({ expression: textSchema })).parse(call['arguments']);
    return nodesIn(id['properties']).flatMap((property) => {
      const name = nameOf(property['key']);
      const from = argument?.expression.value;
      return name === undefined || from === undefined ? [] : [[name, { from, name }] as const];
    });
  });
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

function madeOf(node: Node): Value {
  // Of `given ?? create()` the call counts.
  const made = node.type === 'BinaryExpression' ? node['right'] : node;
  const callee = isNode(made) && made.type === 'CallExpression' ? nameOf(made['callee']) : undefined;
  return { mentions: mentionsIn(node), ...(callee === undefined ? {} : { madeBy: callee }) };
}
