import { extname } from 'node:path';
import { isScalar, LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import { messageOf, type Problem } from '../experiment/steadfast-error.ts';
import type { ReadResult } from './document.ts';
import { doubledKeysIn } from './doubled-keys.ts';
import { lineAt } from './line-at.ts';

/** The largest file that is read as a definition; a definition of ten pages has some 20 kB. */
const largestBytes = 1_048_576;

/** How often aliases may be followed: enough for any hand-written anchor, far from exhausting the memory. */
const mostAliases = 100;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Reads a YAML or JSON file as data, with the lines of its parts. */
export function readData(file: string, bytes: Uint8Array): ReadResult {
  const problem = (code: string, message: string, more: Partial<Problem> = {}): ReadResult => ({
    problems: [{ code, path: [], file, message, ...more }],
  });
  if (bytes.byteLength > largestBytes) {
    return problem(
      'too-large',
      `has ${bytes.byteLength} bytes, more than the ${largestBytes} a definition may have`,
    );
  }
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return problem('encoding', 'is no text in UTF-8', { hint: 'save it in UTF-8' });
  }
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    // Doubled keys are looked for below, in a time that grows with their number.
    uniqueKeys: false,
    stringKeys: true,
    logLevel: 'error',
    // Each would have an excerpt of the text, which takes the square of their number.
    prettyErrors: false,
  });
  const errors = [
    ...document.errors.map(({ message, pos }) => ({ message, at: pos[0] })),
    ...doubledKeysIn(document).map((at) => ({ message: 'Map keys must be unique', at })),
  ]
    .toSorted((one, other) => one.at - other.at)
    .map(({ message, at }) => ({ message, line: lines.linePos(at).line }));
  const syntax = extname(file) === '.json' ? [...jsonSyntax(text), ...errors] : errors;
  if (syntax.length > 0) return { problems: syntaxProblems(file, syntax) };
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null))
    return problem('empty', 'is empty');
  try {
    const value: unknown = document.toJS({ maxAliasCount: mostAliases });
    return { file, value: withoutSchema(value), lineOf: (path) => lineAt(document, lines, path) };
  } catch (cause) {
    return problem('aliases', `its aliases cannot be followed: ${messageOf(cause)}`, {
      hint: 'write out what they stand for',
    });
  }
}

interface SyntaxFault {
  readonly message: string;
  readonly line?: number;
}

/** What JSON itself refuses; YAML, which finds the lines and doubled keys, would take more than JSON. */
function jsonSyntax(text: string): SyntaxFault[] {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return [];
  } catch (cause) {
    const message = messageOf(cause);
    const line = /\(line (\d+) column \d+\)$/.exec(message)?.[1];
    return text.trim() === '' ? [] : [{ message, ...(line === undefined ? {} : { line: Number(line) }) }];
  }
}

/** One problem a line: the first says what is wrong, those that follow from it say little. */
function syntaxProblems(file: string, faults: readonly SyntaxFault[]): Problem[] {
  const byLine = new Map<number | undefined, Problem>();
  for (const { message, line } of faults) {
    if (byLine.has(line)) continue;
    byLine.set(line, {
      code: 'syntax',
      path: [],
      file,
      ...(line === undefined ? {} : { line }),
      message,
    });
  }
  return [...byLine.values()];
}

const keyed = z.looseObject({ $schema: z.string() });

/** Editors find the JSON Schema of a data file by its key `$schema`, which is no part of the definition. */
function withoutSchema(value: unknown): unknown {
  const parsed = keyed.safeParse(value);
  if (!parsed.success) return value;
  const { $schema: _, ...definition } = parsed.data;
  return definition;
}
