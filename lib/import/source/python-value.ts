/** What stands in a document for what is worked out only later. Nothing of it is repeated: it might hold a secret. */
const notLiteralKey = '(not a literal)';

/** @param what what it is instead of a literal: `a call` */
export const markNotLiteral = (what: string): Readonly<Record<string, string>> => ({ [notLiteralKey]: what });

/** A value that Python source gives, and where. */
export interface PythonValue {
  readonly value: unknown;
  /** From 1. */
  readonly line: number;
  /** What it is made of, by key or index. */
  readonly inner?: ReadonlyMap<string | number, PythonValue>;
}

/** @param what what it is instead of a literal: `a call` */
export const notLiteral = (what: string, line: number): PythonValue => ({
  value: markNotLiteral(what),
  line,
});

/** What a value of a document is instead of a literal, such as `a call`; undefined for a literal. */
export function whyNotLiteral(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, notLiteralKey)) return undefined;
  const why: unknown = Reflect.get(value, notLiteralKey);
  return typeof why === 'string' ? why : undefined;
}

export const listOf = (items: readonly PythonValue[], line: number): PythonValue => ({
  value: items.map(({ value }) => value),
  line,
  inner: new Map(items.entries()),
});

/** Whatever its keys are called, they are keys and nothing else. */
export const mapOf = (entries: ReadonlyMap<string, PythonValue>, line: number): PythonValue => ({
  value: Object.fromEntries([...entries].map(([key, { value }]) => [key, value])),
  line,
  inner: entries,
});

/** A number as Python writes it; undefined for what JSON has no number for. */
export function numberOf(text: string): number | undefined {
  const figures = text.replaceAll('_', '');
  const value = Number(figures);
  if (!Number.isFinite(value)) return undefined;
  const isWhole = /^(?:\d+|0[xob].*)$/i.test(figures);
  if (!isWhole || Number.isSafeInteger(value)) return value;
  return String(value) === figures ? value : undefined;
}

/** The line of the deepest part of a path that is there. */
export function lineIn(value: PythonValue, path: readonly (string | number)[]): number {
  let { line } = value;
  let node: PythonValue | undefined = value;
  for (const step of path) {
    node = node.inner?.get(step);
    if (node === undefined) break;
    line = node.line;
  }
  return line;
}
