import { type PythonToken, PythonTokens } from './python-tokens.ts';
import { listOf, mapOf, notLiteral, numberOf, type PythonValue } from './python-value.ts';
import type { PythonPlace } from './source.ts';
import { Unreadable } from './unreadable.ts';

/** A call in Python source: `proxy = client.create('db', listen='...')`. */
export interface PythonCall {
  readonly place: PythonPlace;
  /** `{ call, arguments, positional }`, what is no literal marked as such. */
  readonly value: PythonValue;
}

/** Words that may stand before a bracket without being called. */
const keywords = new Set(
  'False None True and as assert async await class def del elif else except for from if import in is lambda not or raise return while with yield'.split(
    ' ',
  ),
);

const constants: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['True', true],
  ['False', false],
  ['None', null],
]);

const closers = new Set([')', ']', '}', '']);

/**
 * Every call in Python source, those within arguments of others too, in the order in which they begin. Arguments are read as the
 * data that their literals say: strings without fields, numbers, True, False, None, lists, tuples and dictionaries of them. Nothing
 * is ever run; a text is read in one pass.
 *
 * @throws {Unreadable} for a text that is no Python: brackets or strings that never end, a key or argument given twice
 */
export const readPythonCalls = (source: string): PythonCall[] => new Reader(source).calls();

class Reader {
  readonly #tokens: PythonTokens;
  readonly #calls: PythonCall[] = [];
  #token: PythonToken;
  #following: PythonToken;
  #previous = '';
  /** The names, joined by dots, that lead to the token; undefined after what has no name. */
  #chain: string[] | undefined = [];
  #assigned: string | undefined;
  #indent = 0;
  #functions: { readonly indent: number; readonly name: string }[] = [];

  constructor(source: string) {
    this.#tokens = new PythonTokens(source);
    this.#token = this.#tokens.next();
    this.#following = this.#tokens.next();
  }

  calls(): PythonCall[] {
    let first = '';
    while (this.#token.kind !== 'end') {
      const { indent, kind, text } = this.#token;
      if (indent !== undefined) {
        this.#indent = indent;
        this.#assigned = undefined;
        this.#functions = this.#functions.filter((one) => one.indent < indent);
        first = kind === 'name' ? text : '';
      } else if (
        text === '=' &&
        this.#previous === first &&
        kind === 'sign' &&
        this.#assigned === undefined
      ) {
        this.#assigned = first;
      }
      if (kind === 'name' && text === 'def')
        this.#functions.push({ indent: this.#indent, name: this.#following.text });
      if (this.#isCall()) this.#call(this.#assigned);
      else this.#advance();
    }
    return this.#calls;
  }

  #advance(): void {
    const { kind, text } = this.#token;
    if (kind === 'name') {
      if (this.#previous === '.') this.#chain?.push(text);
      else this.#chain = [text];
    } else if (text !== '.' || kind !== 'sign') {
      this.#chain = closers.has(text) || kind === 'string' ? undefined : [];
    }
    this.#previous = kind === 'string' ? '""' : text;
    this.#token = this.#following;
    if (this.#following.kind !== 'end') this.#following = this.#tokens.next();
  }

  #isSign(text: string, token = this.#token): boolean {
    return token.kind === 'sign' && token.text === text;
  }

  #isCall(): boolean {
    const { kind, text } = this.#token;
    return (
      kind === 'name' &&
      this.#isSign('(', this.#following) &&
      this.#following.indent === undefined &&
      !keywords.has(text) &&
      this.#previous !== 'def' &&
      this.#previous !== 'class'
    );
  }

  #call(assigned?: string): void {
    const { text: name, line } = this.#token;
    const on = this.#previous === '.' ? this.#chain?.join('.') : undefined;
    const within = this.#functions.at(-1)?.name;
    const place = {
      ...(on === undefined ? {} : { on }),
      ...(assigned === undefined ? {} : { assigned }),
      ...(within === undefined ? {} : { within }),
    };
    const index = this.#calls.length;
    this.#calls.push({ place, value: notLiteral('a call', line) });
    this.#advance();
    this.#advance();
    const { named, positional } = this.#arguments();
    const value = mapOf(
      new Map([
        ['call', { value: name, line }],
        ['arguments', mapOf(named, line)],
        ['positional', listOf(positional, line)],
      ]),
      line,
    );
    this.#calls[index] = { place, value };
  }

  #arguments() {
    const named = new Map<string, PythonValue>();
    const positional: PythonValue[] = [];
    while (!this.#isEnd()) {
      const { kind, text, line } = this.#token;
      if (this.#isSign('**') || this.#isSign('*')) {
        this.#skip(false);
        named.set(text, notLiteral('what is unpacked', line));
      } else if (kind === 'name' && this.#isSign('=', this.#following)) {
        this.#advance();
        this.#advance();
        put(named, text, { ...this.#value(), line });
      } else positional.push(this.#value());
      this.#comma();
    }
    this.#advance();
    return { named, positional };
  }

  #isEnd(): boolean {
    return this.#token.kind === 'end' || (this.#token.kind === 'sign' && closers.has(this.#token.text));
  }

  #comma(): boolean {
    const isThere = this.#isSign(',');
    if (isThere) this.#advance();
    return isThere;
  }

  /** A value, up to the comma or bracket that ends it, and for a key up to its colon. */
  #value(isKey = false): PythonValue {
    const { line } = this.#token;
    const value = this.#operand();
    if (value !== undefined && (this.#isEnd() || this.#isSign(',') || (isKey && this.#isSign(':'))))
      return value;
    return notLiteral(this.#skip(isKey), line);
  }

  /** A literal; undefined where none begins, and then nothing is passed. */
  #operand(): PythonValue | undefined {
    const { kind, text, line } = this.#token;
    if (kind === 'string') return this.#strings();
    if (kind === 'number') return this.#number(1);
    if (kind === 'name') {
      if (!constants.has(text)) return undefined;
      this.#advance();
      return { value: constants.get(text), line };
    }
    if ((text === '-' || text === '+') && this.#following.kind === 'number') {
      this.#advance();
      return this.#number(text === '-' ? -1 : 1);
    }
    if (text === '[' || text === '(') return this.#list(text === '(');
    return text === '{' ? this.#map() : undefined;
  }

  /** Strings that follow each other are one. */
  #strings(): PythonValue {
    const { line } = this.#token;
    const texts: string[] = [];
    let isNo: string | undefined;
    while (this.#token.kind === 'string') {
      texts.push(this.#token.text);
      isNo ??= this.#token.isNo;
      this.#advance();
    }
    return isNo === undefined ? { value: texts.join(''), line } : notLiteral(isNo, line);
  }

  #number(sign: 1 | -1): PythonValue {
    const { text, line } = this.#token;
    this.#advance();
    const value = numberOf(text);
    return value === undefined
      ? notLiteral('a number that JSON has not', line)
      : { value: value === 0 ? 0 : sign * value, line };
  }

  /** A list or a tuple; brackets around one value are that value. */
  #list(isRound: boolean): PythonValue {
    const { line } = this.#token;
    this.#advance();
    const items: PythonValue[] = [];
    let hasComma = false;
    while (!this.#isEnd()) {
      items.push(this.#value());
      if (this.#comma()) hasComma = true;
    }
    this.#advance();
    const [only] = items;
    return isRound && !hasComma && only !== undefined ? only : listOf(items, line);
  }

  #map(): PythonValue {
    const { line } = this.#token;
    this.#advance();
    const entries = new Map<string, PythonValue>();
    let isNo: string | undefined;
    while (!this.#isEnd()) {
      const key = this.#value(true);
      if (this.#isSign(':')) {
        this.#advance();
        const value = this.#value();
        if (typeof key.value === 'string') put(entries, key.value, { ...value, line: key.line });
        else isNo = 'a dictionary whose keys are no texts';
      } else isNo = 'a set, or a dictionary that is put together';
      this.#comma();
    }
    this.#advance();
    return isNo === undefined ? mapOf(entries, line) : notLiteral(isNo, line);
  }

  /** Passes an expression that is no literal, and reads the calls in it. @returns what it is */
  #skip(isKey: boolean): string {
    let depth = 0;
    let lambdas = 0;
    let what = this.#token.kind === 'name' ? 'a variable' : 'an expression';
    for (let passed = 0; this.#token.kind !== 'end'; passed += 1) {
      if (depth === 0 && this.#isEnd()) break;
      if (depth === 0 && lambdas === 0 && (this.#isSign(',') || (isKey && this.#isSign(':')))) break;
      if (this.#isCall()) {
        this.#call();
        what = 'a call';
        continue;
      }
      if (passed === 1 && what === 'a variable') what = 'an expression';
      const { kind, text } = this.#token;
      if (kind === 'name' && text === 'lambda' && depth === 0) lambdas += 1;
      if (kind === 'sign') {
        if (text === '(' || text === '[' || text === '{') depth += 1;
        else if (closers.has(text)) depth -= 1;
        else if (text === ':' && depth === 0) lambdas = Math.max(0, lambdas - 1);
      }
      this.#advance();
    }
    return what;
  }
}

/** The same key twice: nobody could say which of them counts. */
function put(map: Map<string, PythonValue>, key: string, value: PythonValue): void {
  if (map.has(key))
    throw new Unreadable('syntax', 'gives a key or an argument twice', 'keep one of the two', value.line);
  map.set(key, value);
}
