import { type AnswerSchema, readerOf } from '../experiment/answer-reader.ts';
import { defaults } from '../experiment/defaults.ts';
import type { HttpRequest } from '../experiment/http-request.ts';
import { type Answer, findInBody, readJson } from './extract.ts';

/** What about an answer is not as expected; undefined when all is. */
export function unexpected(http: HttpRequest, status: number, answer: Answer): string | undefined {
  const expected = http.expect?.status;
  const { from, to } = defaults.expectedStatus;
  const statusIsFine =
    expected === undefined ? status >= from && status <= to : [expected].flat().includes(status);
  if (!statusIsFine) return `status ${status}`;
  for (const [name, wanted] of Object.entries(http.expect?.headers ?? {})) {
    const actual = answer.headers.get(name);
    if (actual !== wanted)
      return `header ${name} is ${actual === null ? 'absent' : `'${actual}'`}, '${wanted}' expected`;
  }
  for (const [path, wanted] of Object.entries(http.expect?.body ?? {})) {
    const found = findInBody(answer.body, path);
    if ('error' in found) return found.error;
    if (found.values[0] !== wanted) {
      return `${path} is ${JSON.stringify(found.values[0]) ?? 'absent'}, ${JSON.stringify(wanted)} expected`;
    }
  }
  const schema = http.expect?.schema;
  return schema === undefined ? undefined : otherThan(schema, answer.body);
}

/** Where a body is other than its schema says, at the first such place. */
function otherThan(schema: AnswerSchema, text: string): string | undefined {
  const body = readJson(text);
  if ('error' in body) return body.error;
  const wrong = readerOf(schema)(body.json);
  if (wrong === undefined) return undefined;
  return `${['$', ...wrong.path].join('.')} is not as its schema says: ${wrong.message}`;
}
