import type { Problem } from '../../experiment/steadfast-error.ts';
import { type PythonCall, readPythonCalls } from './python-calls.ts';
import { lineIn, type PythonValue } from './python-value.ts';
import type { Source, SourceDocument } from './source.ts';
import { Unreadable } from './unreadable.ts';

/** More calls than any test of a team makes. */
const mostCalls = 2_000;

/**
 * Reads Python source as its calls, a document each; what the calls stand in is left alone.
 *
 * @param mostFields how many fields its calls may have together
 */
export function readPython(
  name: string,
  text: string,
  mostFields: number,
): { readonly source: Source } | { readonly problems: readonly Problem[] } {
  const problem = (code: string, message: string, hint: string, line?: number) => ({
    problems: [{ code, path: [], file: name, message, hint, ...(line === undefined ? {} : { line }) }],
  });
  const part = 'import the part of it that makes the experiment';
  try {
    const calls = readPythonCalls(text);
    if (calls.length === 0) return problem('empty', 'calls nothing', 'name a file that makes an experiment');
    if (calls.length > mostCalls) return problem('too-many', `holds more than ${mostCalls} calls`, part);
    if (calls.reduce((sum, { value }) => sum + fieldsIn(value), 0) > mostFields)
      return problem('too-many', `holds more than ${mostFields} fields`, part);
    return { source: { name, text, documents: calls.map(documentOf) } };
  } catch (cause) {
    if (cause instanceof Unreadable)
      return problem(cause.code, `cannot be read as Python: it ${cause.message}`, cause.hint, cause.line);
    throw cause;
  }
}

const fieldsIn = ({ inner }: PythonValue): number =>
  inner === undefined ? 1 : inner.values().reduce((sum, item) => sum + fieldsIn(item), 0);

const documentOf = ({ value, place }: PythonCall, index: number): SourceDocument => ({
  index,
  value: value.value,
  lineOf: (path) => lineIn(value, path),
  python: place,
});

/** Whether a text that is neither JSON nor YAML is Python: it imports something, or a call is spread over lines. */
export const looksLikePython = (text: string): boolean =>
  /^(?:import|from)[ \t]+[A-Za-z_]/m.test(text) ||
  /^[ \t]*[A-Za-z_][\w.]*(?:[ \t]*=[ \t]*[A-Za-z_][\w.]*)?\([ \t]*$/m.test(text);
