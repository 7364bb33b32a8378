import { readPythonString } from './python-string.ts';
import { Unreadable } from './unreadable.ts';

/** A word, number, string or sign of Python source. */
export interface PythonToken {
  readonly kind: 'name' | 'number' | 'string' | 'sign' | 'end';
  /** The word, number or sign as it is written; of a string what it says. */
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** How far a statement is indented, where it begins one. */
  readonly indent?: number;
  /** What a string is instead of a literal text, such as `bytes`. */
  readonly isNo?: string;
}

/** Deeper than any call, and far from what would exhaust the stack. */
const deepest = 100;

const lineFeed = 10;

const blank = /[ \t\f]+/y;
const comment = /#[^\n]*/y;
const name = /[\p{L}_][\p{L}\p{N}_]*/uy;
const number = /(?:0[xXoObB][\da-fA-F_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?)[jJ]?/y;
const sign = /\*\*|:=|[=!<>]=|./suy;

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Reads Python source token by token, in one pass; nothing of it is kept, and nothing is run. */
export class PythonTokens {
  readonly #source: string;
  #at = 0;
  #line = 1;
  /** Where the line begins. */
  #lineStart = 0;
  #isStart = true;
  /** The brackets that are open. */
  readonly #open: { readonly closing: string; readonly line: number }[] = [];

  constructor(source: string) {
    this.#source = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  }

  /** @throws {Unreadable} for a text or bracket that is never closed, brackets that don't match, and what nests too deeply */
  next(): PythonToken {
    this.#skipBlank();
    const line = this.#line;
    const indent = this.#isStart ? { indent: this.#at - this.#lineStart } : {};
    this.#isStart = false;
    if (this.#at >= this.#source.length) return this.#end();
    const string = readPythonString(this.#source, this.#at, line);
    if (string !== undefined) {
      this.#countLines(string.end);
      const { text, isNo } = string;
      return { kind: 'string', text, line, ...indent, ...(isNo === undefined ? {} : { isNo }) };
    }
    const word = this.#match(name);
    if (word !== undefined) return { kind: 'name', text: word, line, ...indent };
    const figures = this.#match(number);
    if (figures !== undefined) return { kind: 'number', text: figures, line, ...indent };
    const text = this.#match(sign) ?? '';
    this.#bracket(text);
    return { kind: 'sign', text, line, ...indent };
  }

  #end(): PythonToken {
    const open = this.#open.at(-1);
    if (open !== undefined) {
      const hint = `add ${open.closing}`;
      throw new Unreadable('syntax', 'holds a bracket that is never closed', hint, open.line);
    }
    return { kind: 'end', text: '', line: this.#line, indent: 0 };
  }

  #bracket(text: string): void {
    const closes = closing[text];
    if (closes !== undefined) {
      this.#open.push({ closing: closes, line: this.#line });
      if (this.#open.length > deepest) {
        const message = `nests deeper than ${deepest} levels`;
        throw new Unreadable('too-deep', message, 'import its parts one by one', this.#line);
      }
    } else if (text === ')' || text === ']' || text === '}') {
      if (this.#open.pop()?.closing !== text)
        throw new Unreadable(
          'syntax',
          `holds a ${text} that closes nothing`,
          'mend its brackets',
          this.#line,
        );
    }
  }

  /** Blanks, comments and ends of lines; within brackets and after a backslash a statement goes on. */
  #skipBlank(): void {
    for (;;) {
      this.#match(blank);
      this.#match(comment);
      if (this.#source.startsWith('\\\n', this.#at)) this.#countLines(this.#at + 2);
      else if (this.#source[this.#at] === '\n') {
        this.#countLines(this.#at + 1);
        if (this.#open.length === 0) this.#isStart = true;
      } else return;
    }
  }

  /** Goes on to an index, and counts the lines on the way. */
  #countLines(end: number): void {
    // Letter by letter: a search for the next end of line could go through all that follows, for each token anew.
    for (let at = this.#at; at < end; at += 1) {
      if (this.#source.charCodeAt(at) !== lineFeed) continue;
      this.#line += 1;
      this.#lineStart = at + 1;
    }
    this.#at = end;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.#source) ?? [];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}
