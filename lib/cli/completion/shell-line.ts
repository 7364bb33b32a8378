/** A command line as Bash holds it, up to the cursor. */
export interface ShellLine {
  /** The words that are complete, without quotes; the first is the command. */
  readonly before: readonly string[];
  /** The word at the cursor, without quotes. */
  readonly current: string;
  /** The quote that stands open at the cursor. */
  readonly quote: '' | "'" | '"';
  /** So many characters of the current word stand before what Bash replaces: it takes `aws:ecs:stop` for three words. */
  readonly kept: number;
}

/** Characters and the marks around them: a quote, a backslash with what it stands before, a space, or anything else. */
const pieces = /\\([\s\S]?)|(['"])|(\s)|([\s\S])/g;

/** Inside double quotes a backslash takes the meaning of these alone. */
const escapedInDouble = '"\\$`';

/** @param breaks the characters at which Bash breaks words (`COMP_WORDBREAKS`), besides spaces and quotes */
export function readShellLine(line: string, breaks: string): ShellLine {
  const before: string[] = [];
  let word: string | undefined;
  let quote: ShellLine['quote'] = '';
  /** Where in the word the quote begins, and where the last break ends. */
  let [quoted, broken] = [0, 0];
  for (const [all, escaped, mark, space] of line.matchAll(pieces)) {
    const text = word ?? '';
    if (quote !== '') {
      if (mark === quote) quote = '';
      else if (escaped !== undefined && quote === '"' && escapedInDouble.includes(escaped))
        word = text + escaped;
      // A backslash means itself between single quotes: what follows it may be the one that ends them.
      else if (escaped === "'" && quote === "'") [word, quote] = [`${text}\\`, ''];
      else word = text + all;
    } else if (mark === "'" || mark === '"') [quote, quoted, word] = [mark, text.length, text];
    else if (escaped !== undefined) word = text + escaped;
    else if (space !== undefined) {
      if (word !== undefined) before.push(word);
      [word, broken] = [undefined, 0];
    } else {
      word = text + all;
      if (breaks.includes(all)) broken = word.length;
    }
  }
  return { before, current: word ?? '', quote, kept: quote === '' ? broken : quoted };
}

/** Everything that means something to a shell, or could. */
const special = /[^\p{L}\p{N}_./:=@%+,-]/gu;

/** A text as it may stand in a line of Bash whose quote is open, or none. */
export function quotedFor(quote: ShellLine['quote'], text: string): string {
  if (quote === "'") return text.replaceAll("'", `'\\''`);
  if (quote === '"') return text.replaceAll(/["\\$`]/g, '\\$&');
  return text.replaceAll(special, '\\$&');
}
