import { type Document, isScalar, LineCounter, parseAllDocuments } from 'yaml';
import { lineAt } from '../../definitions/line-at.ts';
import { messageOf, type Problem } from '../../experiment/steadfast-error.ts';
import { cloudformationTags } from './cloudformation-tags.ts';
import { looksLikePython, readPython } from './read-python.ts';
import type { Source, SourceDocument } from './source.ts';

/** The largest file that is imported: the largest experiments that teams share have some hundred kB. */
export const largestSourceBytes = 4_194_304;

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
  if (name.endsWith('.py')) return readPython(name, text);
  if (tooDeep(text))
    return problem('too-deep', `nests deeper than ${deepest} levels`, 'import its parts one by one');
  const lines = new LineCounter();
  const documents = parse(text, lines);
  if (documents.every(isNoData) && looksLikePython(text)) return readPython(name, text);
  if (documents.length > mostDocuments) {
    return problem('too-many', `holds more than ${mostDocuments} documents`, 'import them in several files');
  }
  for (const document of documents) {
    const [error] = document.errors;
    if (error === undefined) continue;
    const line = error.linePos?.[0]?.line;
    return problem(
      'syntax',
      `cannot be read: ${firstLineOf(error.message)}`,
      hintFor(text, error.code),
      line,
    );
  }
  try {
    const read = documents
      .filter(({ contents }) => contents !== null && !(isScalar(contents) && contents.value === null))
      .map((document, index): SourceDocument => {
        const value: unknown = document.toJS({ maxAliasCount: mostAliases });
        return { index, value: plain(value), lineOf: (path) => lineAt(document, lines, path) };
      });
    if (read.length === 0) return problem('empty', 'is empty', 'name a file that holds an experiment');
    return { source: { name, text, documents: read } };
  } catch (cause) {
    return problem(
      'aliases',
      `its aliases cannot be followed: ${messageOf(cause)}`,
      'write out what they stand for',
    );
  }
}

/** Text that is nothing to YAML, or nothing but text. */
const isNoData = ({ contents, errors }: Document.Parsed): boolean =>
  errors.length > 0 || (isScalar(contents) && typeof contents.value === 'string');

/** The documents of a text: JSON is read as the YAML that it is. */
function parse(text: string, lineCounter: LineCounter): Document.Parsed[] {
  const read = parseAllDocuments(text.replace(/^\uFEFF/, ''), {
    lineCounter,
    uniqueKeys: true,
    stringKeys: true,
    logLevel: 'error',
    customTags: [...cloudformationTags],
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
  return /^(- ){100}/m.test(text) || /^ {200}/m.test(text);
}

/** The parser's own excerpt of the text is left out: it might hold a secret. */
const firstLineOf = (message: string): string =>
  (message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');

function hintFor(text: string, code: string): string {
  if (code === 'DUPLICATE_KEY') return 'keep one of the two: nobody could say which of them counts';
  if (/^\s*(\/\/|\/\*)/m.test(text))
    return 'JSON has no comments: remove them, or write it as YAML with # comments';
  return 'mend it there, and import it again';
}

/** Dates, binary and other values of YAML as the texts that JSON has for them; maps without a prototype's keys. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return '(binary)';
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  const entries = value instanceof Map ? [...value.entries()] : Object.entries(value);
  return Object.fromEntries(entries.map(([key, item]) => [String(key), plain(item)]));
}
