import { createTextReader, type TextReader } from './text-reader.ts';
import {
  childrenOf,
  comparisons,
  isMap,
  type Json,
  nodeFunctions,
  type Value,
  valueFunctions,
  withDescendants,
} from './values.ts';

/** What a part of a path finds, from the root of the answer and the node that it is at. */
type Find = (root: Json, node: Json) => Json[];
type Test = (root: Json, node: Json) => boolean;

interface Query {
  readonly find: Find;
  /** Finds one node at most: only names and indexes. */
  readonly isSingular: boolean;
}

/** What stands in a filter. */
type Operand =
  | ({ readonly kind: 'query' } & Query)
  | { readonly kind: 'literal' | 'value' | 'test'; readonly get: (root: Json, node: Json) => Value };

const known = new Map<string, Find>();

/**
 * What stands at a JSONPath (RFC 9535) in an answer, in the order that the specification gives. The same for check and for runs.
 *
 * @throws where the path is none, with what was expected and where
 */
export function findAt(answer: Json, path: string): Json[] {
  const find = known.get(path) ?? readPath(path);
  known.set(path, find);
  return find(answer, answer);
}

function readPath(path: string): Find {
  const text = createTextReader(path);
  if (!text.has('$')) text.fail('$');
  const { find } = readSegments(text);
  if (text.take(/$/y) === undefined || /\s$/u.test(path)) text.fail('a segment or the end');
  return find;
}

const shorthand =
  /[A-Za-z_\u{80}-\u{d7ff}\u{e000}-\u{10ffff}][\dA-Za-z_\u{80}-\u{d7ff}\u{e000}-\u{10ffff}]*/uy;

function readSegments(text: TextReader): Query {
  const segments: Query[] = [];
  for (let next = readSegment(text); next !== undefined; next = readSegment(text)) segments.push(next);
  return {
    find: (root, node) =>
      segments.reduce<Json[]>((nodes, { find }) => nodes.flatMap((one) => find(root, one)), [node]),
    isSingular: segments.every(({ isSingular }) => isSingular),
  };
}

function readSegment(text: TextReader): Query | undefined {
  text.skipSpace();
  if (text.has('..')) {
    const { find } = readBracket(text) ?? readName(text);
    return {
      find: (root, node) => withDescendants(node).flatMap((one) => find(root, one)),
      isSingular: false,
    };
  }
  return text.has('.') ? readName(text) : readBracket(text);
}

function readName(text: TextReader): Query {
  if (text.has('*')) return wildcard;
  return named(text.take(shorthand) ?? text.fail('a name or *'));
}

function readBracket(text: TextReader): Query | undefined {
  if (!text.has('[')) return undefined;
  const selectors = listOf(text, () => readSelector(text));
  if (!text.has(']')) text.fail(', or ]');
  const [only] = selectors;
  if (selectors.length === 1 && only !== undefined) return only;
  return {
    find: (root, node) => selectors.flatMap(({ find }) => find(root, node)),
    isSingular: false,
  };
}

/** Items between commas, with space around each. */
function listOf<T>(text: TextReader, read: () => T): T[] {
  const items: T[] = [];
  do {
    text.skipSpace();
    items.push(read());
    text.skipSpace();
  } while (text.has(','));
  return items;
}

const wildcard: Query = { find: (_root, node) => childrenOf(node), isSingular: false };

const named = (name: string): Query => ({
  find: (_root, node) => {
    const found = isMap(node) && Object.hasOwn(node, name) ? node[name] : undefined;
    return found === undefined ? [] : [found];
  },
  isSingular: true,
});

const integer = /0(?!\d)|-?[1-9]\d*/y;

function readSelector(text: TextReader): Query {
  const name = text.quoted();
  if (name !== undefined) return named(name);
  if (text.has('*')) return wildcard;
  if (text.has('?')) {
    const test = readOr(text);
    return {
      find: (root, node) => childrenOf(node).filter((child) => test(root, child)),
      isSingular: false,
    };
  }
  const start = readInteger(text);
  text.skipSpace();
  if (text.has(':')) return readSlice(text, start);
  return start === undefined ? text.fail('a selector') : indexed(start);
}

function readInteger(text: TextReader): number | undefined {
  text.skipSpace();
  const digits = text.take(integer);
  if (digits === undefined) return undefined;
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : text.fail('an index that is not as large');
}

const indexed = (index: number): Query => ({
  find: (_root, node) => {
    const found = Array.isArray(node) ? node.at(index) : undefined;
    return found === undefined ? [] : [found];
  },
  isSingular: true,
});

/** What is behind the first colon of a slice (RFC 9535, 2.3.4). */
function readSlice(text: TextReader, start: number | undefined): Query {
  const end = readInteger(text);
  text.skipSpace();
  const step = (text.has(':') ? readInteger(text) : undefined) ?? 1;
  return {
    find: (_root, node) => (Array.isArray(node) ? sliceOf(node, start, end, step) : []),
    isSingular: false,
  };
}

function sliceOf(items: readonly Json[], start: number | undefined, end: number | undefined, step: number) {
  const { length } = items;
  const place = (index: number) => (index < 0 ? length + index : index);
  const within = (index: number, least: number, most: number) => Math.min(Math.max(index, least), most);
  if (step > 0) {
    const to = within(place(end ?? length), 0, length);
    const found: Json[] = [];
    for (let at = within(place(start ?? 0), 0, length); at < to; at += step)
      found.push(...items.slice(at, at + 1));
    return found;
  }
  const found: Json[] = [];
  const to = end === undefined ? -1 : within(place(end), -1, length - 1);
  const from = within(place(start ?? length - 1), -1, length - 1);
  if (step < 0) for (let at = from; at > to; at += step) found.push(...items.slice(at, at + 1));
  return found;
}

function readOr(text: TextReader): Test {
  return readChain(text, '||', () => readChain(text, '&&', () => readTest(text), 'every'), 'some');
}

function readChain(text: TextReader, sign: string, read: () => Test, how: 'every' | 'some'): Test {
  const tests: Test[] = [];
  do {
    text.skipSpace();
    tests.push(read());
    text.skipSpace();
  } while (text.has(sign));
  return (root, node) => tests[how]((test) => test(root, node));
}

function readTest(text: TextReader): Test {
  const isNegated = text.has('!');
  if (isNegated) text.skipSpace();
  const test = readGroup(text) ?? readComparison(text, isNegated);
  return isNegated ? (root, node) => !test(root, node) : test;
}

function readGroup(text: TextReader): Test | undefined {
  if (!text.has('(')) return undefined;
  const test = readOr(text);
  if (!text.has(')')) text.fail(')');
  return test;
}

/** A comparison, or what stands alone: a query that finds something, or a function that says yes. */
function readComparison(text: TextReader, isNegated: boolean): Test {
  const left = readOperand(text);
  text.skipSpace();
  const sign = isNegated ? undefined : text.take(/[=!<>]=|[<>]/y);
  if (sign === undefined) {
    if (left.kind === 'query') return (root, node) => left.find(root, node).length > 0;
    if (left.kind === 'test') return (root, node) => left.get(root, node) === true;
    return text.fail('a comparison');
  }
  text.skipSpace();
  const a = valueFrom(text, left);
  const b = valueFrom(text, readOperand(text));
  const compare = comparisons[sign] ?? text.fail('a comparison');
  return (root, node) => compare(a(root, node), b(root, node));
}

function valueFrom(text: TextReader, operand: Operand): (root: Json, node: Json) => Value {
  if (operand.kind === 'query')
    return operand.isSingular
      ? (root, node) => operand.find(root, node)[0]
      : text.fail('a path that finds one place at most');
  return operand.kind === 'test' ? text.fail('a value') : operand.get;
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const words: Readonly<Record<string, Json>> = { true: true, false: false, null: null };

function readOperand(text: TextReader): Operand {
  if (text.has('@')) return { kind: 'query', ...readSegments(text) };
  if (text.has('$')) {
    const { find, isSingular } = readSegments(text);
    return { kind: 'query', find: (root) => find(root, root), isSingular };
  }
  const quoted = text.quoted();
  if (quoted !== undefined) return { kind: 'literal', get: () => quoted };
  const digits = text.take(number);
  if (digits !== undefined) return { kind: 'literal', get: () => Number(digits) };
  const word = text.take(/[a-z][a-z_\d]*/y) ?? text.fail('a value, a path or a function');
  if (text.has('(')) return readCall(text, word);
  const value = Object.hasOwn(words, word) ? words[word] : undefined;
  return value === undefined
    ? text.fail('a value, a path or a function')
    : { kind: 'literal', get: () => value };
}

function readCall(text: TextReader, name: string): Operand {
  const handed = listOf(text, () => readOperand(text));
  if (!text.has(')')) text.fail(')');
  const [first] = handed;
  const ofNodes = Object.hasOwn(nodeFunctions, name) ? nodeFunctions[name] : undefined;
  if (ofNodes !== undefined) {
    if (first?.kind !== 'query' || handed.length !== 1) return text.fail(`${name}(a path)`);
    return { kind: 'value', get: (root, node) => ofNodes(first.find(root, node)) };
  }
  const ofValues = Object.hasOwn(valueFunctions, name) ? valueFunctions[name] : undefined;
  if (ofValues === undefined || handed.length !== ofValues.takes)
    return text.fail('length, count, value, match or search with what it takes');
  const [a, b] = handed.map((operand) => valueFrom(text, operand));
  return {
    kind: ofValues.isTest ? 'test' : 'value',
    get: (root, node) => ofValues.of(a?.(root, node), b?.(root, node)),
  };
}
