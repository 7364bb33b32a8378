import { defaults } from '../experiment/defaults.ts';
import type { HttpRequest } from '../experiment/http-request.ts';
import { type Answer, findInBody } from './extract.ts';

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
  return undefined;
}
