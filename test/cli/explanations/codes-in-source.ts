import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from '@swc/core';
import * as z from 'zod';
import { below, isNode, type Node, nameOf, nodesIn } from '../../iam/calls/syntax.ts';

const root = join(import.meta.dirname, '../../..');
const programSchema = z.object({ body: z.array(z.unknown()) });

/** What the source says of codes. */
export interface SourceCodes {
  /** Each code with the files that tell it. */
  readonly told: ReadonlyMap<string, ReadonlySet<string>>;
  /** Beginnings of codes whose ends are computed, such as `check-`, with the files. */
  readonly begun: ReadonlyMap<string, ReadonlySet<string>>;
  /** Codes that nobody can read from the source, as `file: what stands there`. */
  readonly unread: ReadonlySet<string>;
  /** The names of the checks of admission. */
  readonly checks: ReadonlySet<string>;
}

interface File {
  readonly path: string;
  readonly nodes: readonly Node[];
  /** Local names to the files that they come from. */
  readonly imports: ReadonlyMap<string, string>;
}

/** Reads every `code:` of the source, and what is handed to functions that take a `code`. */
export function codesInSource(): SourceCodes {
  const texts = globSync('{lib,lambdas,bin}/**/*.ts', { cwd: root })
    .filter((path) => !path.startsWith('lib/cli/explanations/'))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
  // Most files have nothing to do with codes, and need not be parsed: those that speak of none, and call nobody who takes one.
  const speaking = texts.filter(({ text }) => /\bcode\b|\bcheck: '/.test(text)).map(parse);
  const takers = speaking.flatMap(takersIn).filter(({ name }) => name !== 'SteadfastError');
  const callers = texts.filter(
    ({ path, text }) =>
      speaking.every((one) => one.path !== path) && takers.some(({ name }) => text.includes(`${name}(`)),
  );
  const files = [...speaking, ...callers.map(parse)];
  const constants = new Map(texts.flatMap(({ text }) => constantsIn(text)));
  const into = {
    told: new Map<string, Set<string>>(),
    begun: new Map<string, Set<string>>(),
    unread: new Set<string>(),
    checks: new Set<string>(),
  };
  const add = (to: Map<string, Set<string>>, code: string, path: string) =>
    to.set(code, (to.get(code) ?? new Set()).add(path));
  const take = (value: unknown, path: string, mayHandOn: boolean): void => {
    for (const one of textsOf(value, constants)) {
      if (one.kind === 'text') add(into.told, one.text, path);
      else if (one.kind === 'beginning') add(into.begun, one.text, path);
      else if (!(mayHandOn && one.text === 'code')) into.unread.add(`${path}: ${one.text}`);
    }
  };
  for (const file of files) {
    const { path, nodes } = file;
    const takenFirst = codesTakenFirst(file);
    const mayHandOn =
      takers.some((taker) => taker.path === path) || takesApart(file) || takenFirst !== undefined;
    for (const taken of takenFirst ?? [])
      for (const one of textsOf(taken, constants))
        if (one.kind === 'text' && one.text !== '') add(into.told, one.text, path);
    for (const given of codesGivenBack(file)) take(given, path, mayHandOn);
    for (const node of nodes) {
      if (node.type === 'KeyValueProperty' && nameOf(node['key']) === 'code')
        take(node['value'], path, mayHandOn);
      if (
        node.type === 'KeyValueProperty' &&
        nameOf(node['key']) === 'check' &&
        path.startsWith('lib/run/admission/')
      )
        for (const one of textsOf(node['value'], constants))
          if (one.kind === 'text') into.checks.add(one.text);
      if (
        node.type === 'ObjectExpression' &&
        nodesIn(node['properties']).some((one) => nameOf(one) === 'code')
      )
        take({ type: 'Identifier', value: 'code' }, path, mayHandOn);
      if (node.type !== 'CallExpression' && node.type !== 'NewExpression') continue;
      const taker = calledBy(node, file, takers);
      const handed = taker === undefined ? undefined : nodesIn(node['arguments'])[taker.at];
      const isGiven = handed?.type === 'CallExpression' && codesGivenBack(file).length > 0;
      if (taker !== undefined && !isGiven) take(handed, path, mayHandOn);
    }
  }
  // Errors of Steadfast name theirs first.
  for (const { path, text } of texts)
    for (const [, code = ''] of text.matchAll(/new SteadfastError\(\s*'([a-z-]+)'/g))
      add(into.told, code, path);
  return into;
}

function parse({ path, text }: { readonly path: string; readonly text: string }): File {
  const { body } = programSchema.parse(parseSync(text, { syntax: 'typescript', target: 'es2022' }));
  const nodes: Node[] = [];
  const walk = (node: Node): void => {
    nodes.push(node);
    for (const inner of below(node)) walk(inner);
  };
  for (const node of nodesIn(body)) walk(node);
  const imports = nodes
    .filter(({ type }) => type === 'ImportDeclaration')
    .flatMap((one) => importedBy(one, path));
  return { path, nodes, imports: new Map(imports) };
}

const importedBy = (node: Node, path: string): [string, string][] => {
  const { source } = node;
  const from = isNode(source) && typeof source['value'] === 'string' ? source['value'] : '';
  return nodesIn(node['specifiers']).flatMap((one): [string, string][] => {
    const name = nameOf(one['local']);
    return name === undefined ? [] : [[name, join(dirname(path), from)]];
  });
};

/** `const unreadableFreeze = 'freeze-unreadable'` */
const constantsIn = (text: string): [string, string][] =>
  [...text.matchAll(/^export const (\w+) = '([^']*)';$/gm)].map(([, name = '', value = '']) => [name, value]);

/** Who takes a parameter `code`. */
interface Taker {
  readonly path: string;
  readonly name: string;
  /** Which parameter it is. */
  readonly at: number;
  readonly isMethod: boolean;
}

/** The functions, methods and classes of a file that take a parameter `code`. */
function takersIn({ path, nodes }: File): Taker[] {
  return nodes.flatMap((node): Taker[] => {
    const isMethod = node.type === 'ClassMethod' || node.type === 'MethodProperty';
    const name =
      nameOf(node['identifier']) ?? nameOf(node['id']) ?? (isMethod ? nameOf(node['key']) : undefined);
    if (name === undefined) return [];
    const at = parametersOf(node).findIndex((one) => parameterOf(one) === 'code');
    return at < 0 ? [] : [{ path, name, at, isMethod }];
  });
}

function parametersOf(node: Node): readonly Node[] {
  // What a variable stands for, or the function of a method of a class, which swc gives no type.
  const { function: method } = node;
  if (typeof method === 'object' && method !== null && 'params' in method) return nodesIn(method.params);
  const made = node.type === 'VariableDeclarator' ? node['init'] : node;
  if (!isNode(made)) return [];
  const maker = nodesIn(made['body']).find(({ type }) => type === 'Constructor');
  return nodesIn((maker ?? made)['params']);
}

/** Whom a call calls: by name alone where it is a function or class of the file or imported, or a method of the folder that it is in. */
function calledBy(call: Node, { path, imports }: File, takers: readonly Taker[]): Taker | undefined {
  const { callee } = call;
  const name = nameOf(callee);
  if (name !== undefined)
    return takers.find(
      (one) => !one.isMethod && one.name === name && (one.path === path || imports.get(name) === one.path),
    );
  const method =
    isNode(callee) && callee.type === 'MemberExpression' ? nameOf(callee['property']) : undefined;
  return takers.find(
    (one) => one.isMethod && one.name === method && path.startsWith(`${dirname(one.path)}/`),
  );
}

/**
 * `const code = isLong ? 'too-long' : 'empty'`, and the same of the first part: `const [code, message] = isLong ? ['too-long', 'is long'] : ['empty', 'is empty']`.
 */
function codesTakenFirst({ nodes }: File): unknown[] | undefined {
  const taken = nodes.flatMap(({ type, id, init }) => {
    const name = isNode(id) ? (nameOf(id) ?? nameOf(nodesIn(id['elements'])[0])) : undefined;
    return type === 'VariableDeclarator' && name === 'code' && isNode(init) ? [init] : [];
  });
  const firstOf = (value: Node): Node[] => {
    if (value.type === 'ConditionalExpression')
      return nodesIn([value['consequent'], value['alternate']]).flatMap(firstOf);
    return value.type === 'ArrayExpression' ? nodesIn(value['elements']).slice(0, 1) : [value];
  };
  return taken.length === 0 ? undefined : taken.flatMap(firstOf);
}

/** What the functions of a file give back first where they say that it is a code: `[code: string, ...]`. */
function codesGivenBack({ nodes }: File): unknown[] {
  const givers = nodes.filter((node) => {
    const tuple = below(node)
      .flatMap(below)
      .find(({ type }) => type === 'TsTupleType');
    const [first] = nodesIn(tuple?.['elemTypes']);
    return 'params' in node && nameOf(first?.['label']) === 'code';
  });
  const inside = (node: Node): Node[] => [node, ...below(node).flatMap(inside)];
  return givers
    .flatMap(inside)
    .flatMap(({ type, ...node }) => (type === 'ReturnStatement' ? nodesIn(node['argument']) : []))
    .flatMap((given) => (given.type === 'ArrayExpression' ? nodesIn(given['elements']).slice(0, 1) : []));
}

/** `code`, `code = 'invalid'`, and `readonly code` of a constructor. */
const parameterOf = (node: Node): string | undefined =>
  [node, node['pat'], node['param'], node['left']].map(nameOf).find((name) => name !== undefined);

/** Whether a file takes a `code` out of something, `({ code, message }) => ...`: then it hands on what others have told. */
const takesApart = ({ nodes }: File): boolean =>
  nodes.some(
    ({ type, ...node }) =>
      (type === 'AssignmentPatternProperty' || type === 'KeyValuePatternProperty') &&
      nameOf(node['key']) === 'code',
  );

type Read = { readonly kind: 'text' | 'beginning' | 'other'; readonly text: string };

/** What an expression may come to. */
function textsOf(value: unknown, constants: ReadonlyMap<string, string>): Read[] {
  if (!isNode(value)) return [{ kind: 'other', text: 'nothing' }];
  const of = (inner: unknown) => textsOf(inner, constants);
  switch (value.type) {
    case 'StringLiteral':
      return [{ kind: 'text', text: String(value['value']) }];
    case 'ConditionalExpression':
      return [...of(value['consequent']), ...of(value['alternate'])];
    case 'BinaryExpression':
      return [...of(value['left']), ...of(value['right'])];
    case 'TsConstAssertion':
    case 'TsAsExpression':
    case 'ParenthesisExpression':
      return of(value['expression']);
    case 'TemplateLiteral':
      return [{ kind: 'beginning', text: rawOf(value) }];
    case 'Identifier': {
      const name = nameOf(value) ?? '';
      const text = constants.get(name);
      return [text === undefined ? { kind: 'other', text: name } : { kind: 'text', text }];
    }
    case 'MemberExpression':
      // `cause.code` hands on what somebody else has told.
      return nameOf(value['property']) === 'code' ? [] : [{ kind: 'other', text: value.type }];
    case 'CallExpression':
      // `z.string()` says of what form a code is.
      return beginsWith(value) === 'z' ? [] : [{ kind: 'other', text: value.type }];
    default:
      return [{ kind: 'other', text: value.type }];
  }
}

/** The name that a chain of members and calls begins with. */
const beginsWith = (node: unknown): string | undefined =>
  nameOf(node) ?? (isNode(node) ? beginsWith(node['callee'] ?? node['object']) : undefined);

function rawOf(template: Node): string {
  const raw = nodesIn(template['quasis'])[0]?.['raw'];
  return typeof raw === 'string' ? raw : '';
}

/** Names of errors of state machines: `Steadfast.record` in code, and what their ends are called. */
export function errorNamesInSource(): ReadonlySet<string> {
  const texts = globSync('{lib,lambdas}/**/*.{ts,json}', { cwd: root })
    .filter((path) => !path.startsWith('lib/cli/'))
    .map((path) => readFileSync(join(root, path), 'utf8'));
  return new Set(
    texts.flatMap((text) => [
      ...[...text.matchAll(/['"]Steadfast\.([a-z][a-z-]*)['"]/g)].flatMap(([, name = '']) => name),
      ...[...text.matchAll(/"Error": "(?:Steadfast\.)?([a-z-]+)"/g)].flatMap(([, name = '']) => name),
    ]),
  );
}
