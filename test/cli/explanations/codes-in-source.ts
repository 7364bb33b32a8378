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
  const files = globSync('{lib,lambdas,bin}/**/*.ts', { cwd: root })
    .filter((path) => !path.startsWith('lib/cli/explanations/'))
    .flatMap(read);
  const texts = new Map(files.flatMap(({ nodes }) => nodes.flatMap(constantOf)));
  const takers = files.flatMap((file) => takersIn(file));
  const into = {
    told: new Map<string, Set<string>>(),
    begun: new Map<string, Set<string>>(),
    unread: new Set<string>(),
    checks: new Set<string>(),
  };
  const add = (to: Map<string, Set<string>>, code: string, path: string) =>
    to.set(code, (to.get(code) ?? new Set()).add(path));
  const take = (value: unknown, path: string, isParameter: boolean): void => {
    for (const one of textsOf(value, texts)) {
      if (one.kind === 'text') add(into.told, one.text, path);
      else if (one.kind === 'beginning') add(into.begun, one.text, path);
      else if (!(isParameter && one.text === 'code')) into.unread.add(`${path}: ${one.text}`);
    }
  };
  for (const file of files) {
    const { path, nodes } = file;
    const isTaker = takers.some((taker) => taker.path === path);
    for (const node of nodes) {
      if (node.type === 'KeyValueProperty' && nameOf(node['key']) === 'code')
        take(node['value'], path, isTaker);
      if (
        node.type === 'KeyValueProperty' &&
        nameOf(node['key']) === 'check' &&
        path.startsWith('lib/run/admission/')
      )
        for (const one of textsOf(node['value'], texts)) if (one.kind === 'text') into.checks.add(one.text);
      if (
        node.type === 'ObjectExpression' &&
        nodesIn(node['properties']).some((one) => nameOf(one) === 'code')
      )
        take({ type: 'Identifier', value: 'code' }, path, isTaker);
      if (node.type === 'NewExpression' && nameOf(node['callee']) === 'SteadfastError')
        for (const one of textsOf(nodesIn(node['arguments'])[0], texts))
          if (one.kind === 'text') add(into.told, one.text, path);
      if (node.type !== 'CallExpression') continue;
      const callee = nameOf(node['callee']);
      const taker = takers.find(
        ({ name, path: from }) => name === callee && (from === path || file.imports.get(name) === from),
      );
      if (taker !== undefined) take(nodesIn(node['arguments'])[taker.at], path, false);
    }
  }
  return into;
}

function read(path: string): File[] {
  const text = readFileSync(join(root, path), 'utf8');
  // Most files have nothing to do with codes, and need not be parsed.
  if (!/\bcode\b|unreadableFreeze|refusal\(|check: '|new SteadfastError\(/.test(text)) return [];
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
  return [{ path, nodes, imports: new Map(imports) }];
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
function constantOf(node: Node): [string, string][] {
  const { id, init } = node;
  const name = nameOf(id);
  if (node.type !== 'VariableDeclarator' || name === undefined || !isNode(init)) return [];
  return init.type === 'StringLiteral' && typeof init['value'] === 'string' ? [[name, init['value']]] : [];
}

/** The functions of a file that take a parameter `code`, and which it is. */
function takersIn({ path, nodes }: File): { path: string; name: string; at: number }[] {
  return nodes.flatMap((node) => {
    const isNamed = node.type === 'VariableDeclarator' && isNode(node['init']);
    const [name, made] =
      node.type === 'FunctionDeclaration'
        ? [nameOf(node['identifier']), node]
        : [nameOf(node['id']), isNamed ? node['init'] : undefined];
    if (name === undefined || !isNode(made)) return [];
    const at = nodesIn(made['params']).findIndex((one) => nameOf('pat' in one ? one['pat'] : one) === 'code');
    return at < 0 ? [] : [{ path, name, at }];
  });
}

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
    default:
      return [{ kind: 'other', text: value.type }];
  }
}

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
