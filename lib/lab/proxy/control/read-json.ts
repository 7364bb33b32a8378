import { SteadfastError } from '../../../experiment/steadfast-error.ts';

/** A body as JSON, or why it is none in the words of Go's decoder, which clients of Toxiproxy know. */
export type ReadJson = { readonly json: unknown } | { readonly refused: string };

/** How deep values may lie in each other before the search for what is wrong with a body gives up. */
const deepest = 500;

/** Reads the first value of a body, as Go's decoder does: what follows it does not count. */
export function readJson(body: string): ReadJson {
  try {
    return { json: JSON.parse(body) };
  } catch {
    try {
      const text = body.slice(0, endOfFirstValue(body));
      return { json: JSON.parse(text) };
    } catch (thrown) {
      return { refused: thrown instanceof SteadfastError ? thrown.message : 'unexpected EOF' };
    }
  }
}

const literals: Readonly<Record<string, string>> = { t: 'true', f: 'false', n: 'null' };
const spaces = ' \t\r\n';
/** Of a character written as its code: `\\u20ac`. */
const hexDigits = 4;
const hexDigit = /[\da-f]/i;
const digit = /\d/;

const quoted = (character: string): string =>
  character === "'" ? "'\\''" : character === '"' ? "'\"'" : `'${JSON.stringify(character).slice(1, -1)}'`;

/** Where the first value ends. Throws what Go says of a text that has none (encoding/json, scanner.go). */
function endOfFirstValue(text: string): number {
  let at = 0;

  const refuse = (context: string): never => {
    const character = text[at];
    throw new SteadfastError(
      'invalid',
      character === undefined ? 'unexpected EOF' : `invalid character ${quoted(character)} ${context}`,
    );
  };
  const space = (): void => {
    while (at < text.length && spaces.includes(text.charAt(at))) at += 1;
  };
  const take = (pattern: RegExp, context: string): void => {
    if (!pattern.test(text.charAt(at))) refuse(context);
    at += 1;
  };
  const digits = (context: string): void => {
    take(digit, context);
    while (digit.test(text.charAt(at))) at += 1;
  };

  const string = (): void => {
    at += 1;
    while (text[at] !== '"') {
      if (text.charAt(at) < ' ') refuse('in string literal');
      if (text[at] === '\\') {
        at += 1;
        if (text[at] === 'u') {
          for (let left = hexDigits; left > 0; left -= 1) {
            at += 1;
            if (!hexDigit.test(text.charAt(at))) refuse('in \\u hexadecimal character escape');
          }
        } else if (!/["\\/bfnrt]/.test(text.charAt(at))) refuse('in string escape code');
      }
      at += 1;
    }
    at += 1;
  };

  const number = (): void => {
    if (text[at] === '-') at += 1;
    if (text[at] === '0') at += 1;
    else digits('in numeric literal');
    if (text[at] === '.') {
      at += 1;
      digits('after decimal point in numeric literal');
    }
    if (/[eE]/.test(text.charAt(at))) {
      at += 1;
      if (/[+-]/.test(text.charAt(at))) at += 1;
      digits('in exponent of numeric literal');
    }
  };

  const literal = (word: string): void => {
    for (const letter of word) {
      if (text[at] !== letter) refuse(`in literal ${word} (expecting '${letter}')`);
      at += 1;
    }
  };

  /** What stands between the brackets of a list or an object; `member` reads one of them. */
  const members = (close: string, context: string, member: () => void): void => {
    at += 1;
    space();
    if (text[at] === close) {
      at += 1;
      return;
    }
    for (;;) {
      member();
      space();
      if (text[at] === close) {
        at += 1;
        return;
      }
      if (text[at] !== ',') refuse(context);
      at += 1;
      space();
    }
  };

  const value = (depth: number): void => {
    if (depth > deepest) throw new SteadfastError('invalid', 'json: exceeded max depth');
    space();
    const first = text.charAt(at);
    if (first === '{') {
      members('}', 'after object key:value pair', () => {
        if (text[at] !== '"') refuse('looking for beginning of object key string');
        string();
        space();
        if (text[at] !== ':') refuse('after object key');
        at += 1;
        value(depth + 1);
      });
    } else if (first === '[') members(']', 'after array element', () => value(depth + 1));
    else if (first === '"') string();
    else if (first === '-' || digit.test(first)) number();
    else literal(literals[first] ?? refuse('looking for beginning of value'));
  };

  space();
  if (at === text.length) throw new SteadfastError('invalid', 'EOF');
  value(0);
  return at;
}
