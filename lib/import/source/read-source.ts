import { type Document, isScalar, LineCounter, parseAllDocuments } from 'yaml';
import { doubledKeysIn } from '../../definitions/doubled-keys.ts';
import { lineAt } from '../../definitions/line-at.ts';
import { messageOf, type Problem } from '../../experiment/steadfast-error.ts';
import { cloudformationTags } from './cloudformation-tags.ts';
import { looksLikePython, readPython } from './read-python.ts';
import type { Source, SourceDocument } from './source.ts';

/** The largest file that is imported: the largest experiments that teams share have some hundred kB. */
export const largestSourceBytes = 1_048_576;

/** More fields than any file of experiments that a person reads. */
const mostFields = 20_000;

/** How often aliases may be followed: enough for any hand-written anchor, far from exhausting the memory. */
const mostAliases = 100;

/** Deeper than any experiment, and far from what would exhaust the stack. */
const deepest = 100;

/** More documents than any file that people keep. */
const mostDocuments = 200;

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a file of JSON or YAML, the latter with several documents, or of Python, as data. Never throws: whatever keeps it from being read
 * comes back as problems.
 */
export function readSource(
  name: string,
  bytes: Uint8Array,
): { readonly source: Source } | { readonly problems: readonly Problem[] } {
  const problem = (code: string, message: string, hint: string, line?: number) => ({
    problems: [{ code, path: [], file: name, message, hint, ...(line === undefined ? {} : { line }) }],
  });
  if (bytes.byteLength > largestSourceBytes) {
    const most = `${largestSourceBytes} bytes that are read`;
    return problem(
      'too-large',
      `has ${bytes.byteLength} bytes, more than the ${most}`,
      'import its parts one by one',
    );
  }
  if (startsLikeUtf16(bytes)) return problem('encoding', 'is text in UTF-16', 'save it in UTF-8');
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return problem('encoding', 'is no text in UTF-8', 'save it in UTF-8; a binary file cannot be imported');
  }
  if (text.includes('\0')) return problem('encoding', 'is binary: it holds zero bytes', 'name a text file');
  if (name.endsWith('.py')) return readPython(name, text, mostFields);
  const deep = problem('too-deep', `nests deeper than ${deepest} levels`, 'import its parts one by one');
  if (tooDeep(text)) return deep;
  const lines = new LineCounter();
  let documents: Document.Parsed[];
  try {
    documents = parse(text, lines);
  } catch (cause) {
    if (cause instanceof RangeError) return deep;
    return problem('syntax', 'cannot be read', 'mend it there, and import it again');
  }
  if (documents.every(isNoData) && looksLikePython(text)) return readPython(name, text, mostFields);
  if (documents.length > mostDocuments)
    return problem('too-many', `holds more than ${mostDocuments} documents`, 'import them in several files');
  for (const document of documents) {
    const [error] = document.errors;
    const doubled = error === undefined ? doubledKeysIn(document)[0] : undefined;
    if (error !== undefined)
      return problem(
        'syntax',
        `cannot be read: ${error.message}`,
        hintFor(text),
        lines.linePos(error.pos[0]).line,
      );
    if (doubled !== undefined)
      return problem('doubled-key', 'gives a key twice', doubledHint, lines.linePos(doubled).line);
  }
  const slip = name.endsWith('.json') ? jsonSlip(text) : undefined;
  if (slip !== undefined) return problem('syntax', 'is no JSON, as its name says', hintFor(text), slip.line);
  try {
    const count = { fields: 0 };
    const read = documents
      .filter(({ contents }) => contents !== null && !(isScalar(contents) && contents.value === null))
      .map((document, index): SourceDocument => {
        const value: unknown = document.toJS({ maxAliasCount: mostAliases });
        return { index, value: plain(value, 0, count), lineOf: (path) => lineAt(document, lines, path) };
      });
    if (read.length === 0) return problem('empty', 'is empty', 'name a file that holds an experiment');
    return { source: { name, text, documents: read } };
  } catch (cause) {
    if (cause instanceof TooDeep || cause instanceof RangeError) return deep;
    if (cause instanceof TooMany)
      return problem('too-many', `holds more than ${mostFields} fields`, 'import its parts one by one');
    const message = `its aliases cannot be followed: ${messageOf(cause)}`;
    return problem('aliases', message, 'write out what they stand for');
  }
}

class TooDeep extends Error {}
class TooMany extends Error {}

/** Text that is nothing to YAML, or nothing but text. */
const isNoData = ({ contents, errors }: Document.Parsed): boolean =>
  errors.length > 0 || (isScalar(contents) && typeof contents.value === 'string');

/** The documents of a text: JSON is read as the YAML that it is. */
function parse(text: string, lineCounter: LineCounter): Document.Parsed[] {
  const read = parseAllDocuments(text.replace(/^\uFEFF/, ''), {
    lineCounter,
    uniqueKeys: false,
    stringKeys: true,
    customTags: [...cloudformationTags],
    logLevel: 'error',
    // An excerpt of the text for each error would take the square of their number, and might show a secret.
    prettyErrors: false,
  });
  return Array.isArray(read) ? [...read] : [];
}

/** The byte order marks of UTF-16, and the zero bytes of plain letters in it. */
const startsLikeUtf16 = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);

/** Whether brackets or indentation nest so deeply that reading would exhaust the stack. */
function tooDeep(text: string): boolean {
  let depth = 0;
  for (const letter of text) {
    if (letter === '[' || letter === '{') depth += 1;
    else if ((letter === ']' || letter === '}') && depth > 0) depth -= 1;
    if (depth > deepest) return true;
  }
  return /^[ ?:-]{1000}/m.test(text);
}

/** Where JSON ends to be JSON: YAML takes more. What the parser says is left out, since it quotes the text. */
function jsonSlip(text: string): { readonly line?: number } | undefined {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return undefined;
  } catch (cause) {
    const line = /\(line (\d+) column \d+\)$/.exec(messageOf(cause))?.[1];
    return line === undefined ? {} : { line: Number(line) };
  }
}

const doubledHint = 'keep one of the two: nobody could say which of them counts';

const hintFor = (text: string): string =>
  /^\s*(\/\/|\/\*)/m.test(text)
    ? 'JSON has no comments: remove them, or write it as YAML with # comments'
    : 'mend it there, and import it again';

/** Dates, binary and other values of YAML as the texts that JSON has for them; numbers that JSON has not as texts. */
function plain(value: unknown, depth: number, count: { fields: number }): unknown {
  if (depth > deepest) throw new TooDeep();
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1, count));
  if (value instanceof Map) return mapOf([...value.entries()], depth, count);
  if (typeof value === 'object' && value !== null && !(value instanceof Date) && !ArrayBuffer.isView(value))
    return mapOf(Object.entries(value), depth, count);
  count.fields += 1;
  if (count.fields > mostFields) throw new TooMany();
  return scalar(value);
}

const mapOf = (entries: readonly [unknown, unknown][], depth: number, count: { fields: number }) =>
  Object.fromEntries(entries.map(([key, item]) => [String(key), plain(item, depth + 1, count)]));

function scalar(value: unknown): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'no date' : value.toISOString();
  if (ArrayBuffer.isView(value)) return '(binary)';
  if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value)))
    return String(value);
  return value;
}
