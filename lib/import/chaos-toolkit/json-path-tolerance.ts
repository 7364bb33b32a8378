import { type Node, textOf, under } from '../drafting/node.ts';
import { approximated, decide, keepOut, mapped, note, refused } from '../drafting/work.ts';
import type { Expected } from './expected.ts';
import { jsonPathOf, schemaWith, stepsOf } from './json-path.ts';
import { looksSecret } from './looks-secret.ts';
import type { ToolkitWork } from './toolkit-work.ts';

const targetOf = (node: Node): string | undefined => textOf(under(node, 'target'));

/** What must stand at a JSONPath of the answer. Undefined where nothing is taken over, which has been said then. */
export function ofJsonPath(work: ToolkitWork, node: Node, at: string): Expected | undefined {
  const path = placeInBody(work, node, at);
  if (path === undefined) return undefined;
  mapped(work, under(node, 'target'), `${at}.http`);
  const expect = under(node, 'expect');
  const count = under(node, 'count');
  if (expect !== undefined) {
    refused(work, count, 'Chaos Toolkit does not look at it beside `expect`');
    return ofExpectation(work, node, expect, path, at);
  }
  return count === undefined ? ofPresence(work, node, path, at) : ofCount(work, node, count, path, at);
}

/** The path in the body; the place of the path has been spoken of where there is none. */
function placeInBody(work: ToolkitWork, node: Node, at: string): string | undefined {
  const written = under(node, 'path');
  const path = jsonPathOf(textOf(written) ?? '');
  if (path === undefined) {
    refused(
      work,
      node,
      'its path cannot be read as a JSONPath of RFC 9535: write `http.expect.body` or `http.countOf`',
    );
    return undefined;
  }
  const target = targetOf(node);
  if (target === 'body') return path;
  const body = /^\$(?:\.body|\['body'\]|\["body"\])(?![A-Za-z0-9_])/.exec(path)?.[0];
  if (target === undefined && body !== undefined) return `$${path.slice(body.length)}`;
  if (target !== undefined || /^\$\.?\[?['"]?(status|headers)/.test(path)) {
    refused(work, node, 'it looks beside the body: write `http.expect.status` or `http.expect.headers`');
    return undefined;
  }
  note(
    work,
    `${at}: a JSONPath without target: body is looked up in the whole answer by Chaos Toolkit, where it finds nothing of the body; here it is read as one into the body`,
  );
  approximated(work, written, `${at}.http`, 'it has no `target: body`, and is read as if it had');
  return path;
}

/** At least one match. */
function ofPresence(work: ToolkitWork, node: Node, path: string, at: string): Expected | undefined {
  const steps = stepsOf(path);
  if (steps === undefined) {
    mapped(work, under(node, 'path'), `${at}.http.countOf and tolerances.count`);
    return { extract: { countOf: path }, tolerances: { count: { atLeast: 1 } } };
  }
  const schema = schemaWith(steps);
  if (schema === undefined) {
    refused(
      work,
      node,
      'no schema of an answer says that something stands so deep in a list: write `http.expect.schema`',
    );
    return undefined;
  }
  mapped(work, under(node, 'path'), `${at}.http.expect.schema: something stands there`);
  return isEmptySchema(schema) ? {} : { expect: { schema } };
}

const isEmptySchema = (schema: object): boolean => Object.keys(schema).length === 0;

/** Exactly so many matches. */
function ofCount(work: ToolkitWork, node: Node, count: Node, path: string, at: string): Expected | undefined {
  const wanted = count.value;
  const isSingle = stepsOf(path) !== undefined;
  if (typeof wanted !== 'number' || !Number.isSafeInteger(wanted) || wanted < 1 || (isSingle && wanted > 1)) {
    refused(
      work,
      node,
      'no answer has so many matches, or none is wanted: write `http.countOf` with the fewest that there must be, or `http.expect.schema`',
    );
    return undefined;
  }
  if (isSingle) {
    mapped(work, count, `${at}.http.expect.schema`);
    return ofPresence(work, node, path, at);
  }
  mapped(work, under(node, 'path'), `${at}.http.countOf`);
  approximated(
    work,
    count,
    `${at}.tolerances.count.atLeast`,
    'exactly so many are wanted there, and here at least so many: write `http.expect.schema` with maxItems for the most',
  );
  return { extract: { countOf: path }, tolerances: { count: { atLeast: wanted } } };
}

/** The matches must be as expected. */
function ofExpectation(
  work: ToolkitWork,
  node: Node,
  expect: Node,
  path: string,
  at: string,
): Expected | undefined {
  const wanted: unknown =
    Array.isArray(expect.value) && expect.value.length === 1 ? expect.value[0] : expect.value;
  const isScalar = wanted === null || ['string', 'number', 'boolean'].includes(typeof wanted);
  if (!isScalar) {
    refused(
      work,
      node,
      'several values, or a map, are not compared: write `http.expect.body` with one value for each place, or `http.expect.schema`',
    );
    return undefined;
  }
  if (typeof wanted === 'string' && looksSecret(path, wanted)) {
    keepOut(work, wanted);
    decide(
      work,
      ['steadyState'],
      'what a good answer has: what the source expects looks like a secret, and is left out',
    );
    refused(work, node, 'what it expects looks like a secret, and no definition holds one');
    return undefined;
  }
  const to = `${at}.http.expect.body`;
  mapped(work, under(node, 'path'), to);
  if (stepsOf(path) === undefined)
    approximated(work, expect, to, 'all matches are compared there, and here the first');
  else mapped(work, expect, to);
  return { expect: { body: { [path]: wanted } } };
}
