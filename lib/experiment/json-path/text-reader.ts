const escaped = String.raw`\\(?:[bfnrt/\\]|u[\da-fA-F]{4}`;
const texts = {
  double: new RegExp(String.raw`"(?:[^"\\\u0000-\u001f]|${escaped}|"))*"`, 'uy'),
  single: new RegExp(String.raw`'(?:[^'\\\u0000-\u001f]|${escaped}|'))*'`, 'uy'),
};
const space = /[ \t\n\r]*/y;

/** Reads a text from its beginning, piece by piece. */
export interface TextReader {
  /** Takes what fits next, after space where `spaced`; undefined where it does not. The pattern is a sticky one. */
  take(pattern: RegExp): string | undefined;
  /** The same for a piece that stands as it is. */
  has(piece: string): boolean;
  skipSpace(): void;
  /** A text within quotes. */
  quoted(): string | undefined;
  /** @throws always, with what was expected and where */
  fail(expected: string): never;
}

export function createTextReader(text: string): TextReader {
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const fail = (expected: string): never => {
    const found = at < text.length ? `'${text.slice(at, at + 12)}'` : 'the end';
    throw new Error(`${expected} expected at character ${at + 1}, but ${found} found`);
  };
  return {
    take,
    fail,
    has: (piece) => {
      if (!text.startsWith(piece, at)) return false;
      at += piece.length;
      return true;
    },
    skipSpace: () => void take(space),
    quoted: () => {
      const single = take(texts.single);
      // What JSON quotes and escapes otherwise.
      const json = single === undefined ? take(texts.double) : asJson(single);
      if (json === undefined) return undefined;
      const read = String(JSON.parse(json));
      return read.isWellFormed() ? read : fail('a text of whole characters');
    },
  };
}

const asJson = (single: string): string =>
  `"${single.slice(1, -1).replaceAll(/\\.|"/gsu, (part) => (part === String.raw`\'` ? "'" : part === '"' ? String.raw`\"` : part))}"`;
