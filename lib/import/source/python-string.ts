import { Unreadable } from './unreadable.ts';

/** A string of Python source. */
interface PythonString {
  /** What it says. */
  readonly text: string;
  /** What it is instead, where it says something only once it runs, or is no text. */
  readonly isNo?: string;
  /** Where it ends, as an index into the source. */
  readonly end: number;
}

/** Strings within fields within strings: deeper than anyone writes, and far from what would exhaust the stack. */
const deepest = 20;

const opening = /([a-zA-Z]{0,2})('''|"""|'|")/y;
const prefixes = new Set(['', 'r', 'b', 'u', 'f', 't', 'rb', 'br', 'rf', 'fr', 'rt', 'tr']);

/**
 * The string of Python source that begins at an index; undefined where none does. A string with fields, such as `f'{name}'`, is read
 * over and not put together.
 *
 * @param line the line that it begins in, for errors
 * @throws {Unreadable} where it never ends
 */
export function readPythonString(
  source: string,
  start: number,
  line: number,
  depth = 0,
): PythonString | undefined {
  opening.lastIndex = start;
  const [all = '', prefix = '', quote = ''] = opening.exec(source) ?? [];
  if (quote === '' || !prefixes.has(prefix.toLowerCase())) return undefined;
  if (depth > deepest)
    throw new Unreadable('too-deep', `nests strings deeper than ${deepest} levels`, 'write less of it', line);
  const has = (letter: string) => prefix.toLowerCase().includes(letter);
  const isRaw = has('r');
  const hasFields = has('f') || has('t');
  const pieces: string[] = [];
  let isNo = has('b') ? 'bytes' : has('t') ? 'a template' : undefined;
  let from = start + all.length;
  let at = from;
  const take = (until: number) => pieces.push(decoded(source.slice(from, until), isRaw));
  while (at < source.length) {
    const letter = source[at];
    if (letter === '\\') {
      if (!isRaw && source[at + 1] === 'N') isNo ??= 'a character by its name';
      at = source.startsWith('\\N{', at) ? at + 3 : at + 2;
    } else if (source.startsWith(quote, at)) {
      take(at);
      return { text: pieces.join(''), end: at + quote.length, ...(isNo === undefined ? {} : { isNo }) };
    } else if (letter === '\n' && quote.length === 1) {
      break;
    } else if (hasFields && (letter === '{' || letter === '}') && source[at + 1] === letter) {
      take(at + 1);
      at += 2;
      from = at;
    } else if (hasFields && letter === '{') {
      isNo ??= 'a text with fields';
      at = endOfField(source, at + 1, line, depth + 1);
    } else {
      at += 1;
    }
  }
  throw new Unreadable('syntax', 'holds a text that never ends', 'close its quotes', line);
}

/** Where a field of a string ends, `{` having been passed: strings in it may hold braces and quotes of their own. */
function endOfField(source: string, start: number, line: number, depth: number): number {
  let open = 1;
  let isFormat = false;
  let at = start;
  while (at < source.length && open > 0) {
    const letter = source[at] ?? '';
    // A letter within a name is no prefix of a string.
    const mayBegin = !isFormat && /["'a-zA-Z]/.test(letter) && !/\w/.test(source[at - 1] ?? '');
    const inner = mayBegin ? readPythonString(source, at, line, depth) : undefined;
    if ('{[('.includes(letter)) open += 1;
    else if ('}])'.includes(letter)) open -= 1;
    // What follows says how the value is written, where quotes are letters like others.
    else if (letter === ':' && open === 1) isFormat = true;
    at = inner?.end ?? at + 1;
  }
  return at;
}

const simple: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const escapes = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|([\n\\'"abfnrtv]))/g;

/** A piece of a string with its escapes as what they stand for; halves of surrogates become what stands for no letter. */
function decoded(piece: string, isRaw: boolean): string {
  if (isRaw || !piece.includes('\\')) return piece;
  const text = piece.replace(
    escapes,
    (all, x?: string, u?: string, long?: string, octal?: string, letter?: string) => {
      if (letter !== undefined) return simple[letter] ?? all;
      const point =
        octal === undefined ? Number.parseInt(x ?? u ?? long ?? '', 16) : Number.parseInt(octal, 8);
      return point > 0x10_ffff ? all : String.fromCodePoint(point);
    },
  );
  return text.toWellFormed();
}
