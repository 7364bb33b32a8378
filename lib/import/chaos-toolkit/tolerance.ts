import { isData, type Node, textOf, under } from '../drafting/node.ts';
import { approximated, mapped, refused } from '../drafting/work.ts';
import type { Expected } from './expected.ts';
import { ofJsonPath } from './json-path-tolerance.ts';
import { limitsMoved, rangeOf, withinLimits } from './range.ts';
import { substitute } from './substitute.ts';
import type { ToolkitWork } from './toolkit-work.ts';

const isStatus = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 100 && value <= 599;

/** What a probe of HTTP must see, by its tolerance; empty where nothing of it can be taken over. */
export function httpTolerance(work: ToolkitWork, node: Node, probe: string): Expected {
  const at = `steadyState.${probe}`;
  const value = substitutedTop(work, node);
  if (isData(value)) return { ...ofType(work, node, at) };
  if (isStatus(value)) {
    mapped(work, node, `${at}.http.expect.status`);
    return { expect: { status: value } };
  }
  if (Array.isArray(value)) return ofList(work, node, value, at);
  if (typeof value === 'number') {
    const why = Number.isInteger(value)
      ? 'it is no status of HTTP'
      : 'Chaos Toolkit takes no fraction as a tolerance: write a range, such as value: { below: 1.5 }';
    refused(work, node, why);
    return {};
  }
  refused(
    work,
    node,
    'an answer of HTTP is a map of status, headers and body, which never equals it: write `http.expect` with the status, headers or body that a good answer has',
  );
  return {};
}

/** A text is substituted before it is compared; of the maps their patterns alone are. */
const substitutedTop = (work: ToolkitWork, { value }: Node): unknown =>
  typeof value === 'string' ? substitute(work, value).value : value;

function ofList(work: ToolkitWork, node: Node, values: readonly unknown[], at: string): Expected {
  const statuses = [...new Set(values.filter(isStatus))];
  if (statuses.length === 0) {
    refused(work, node, 'none of it is a status of HTTP: write `http.expect.status`');
    return {};
  }
  const to = `${at}.http.expect.status`;
  if (statuses.length === values.length) mapped(work, node, to);
  else approximated(work, node, to, 'what is no status of HTTP is left out: no answer has it');
  return { expect: { status: statuses } };
}

function ofType(work: ToolkitWork, node: Node, at: string): Expected {
  const type = under(node, 'type');
  const made = byType(work, node, at, type?.value);
  if (made === undefined) return {};
  mapped(work, type, at);
  return made;
}

/** Undefined where nothing is taken over, which has been said of all of the tolerance then. */
function byType(work: ToolkitWork, node: Node, at: string, type: unknown): Expected | undefined {
  switch (type) {
    case 'regex':
      return ofRegex(work, node, at);
    case 'range':
      return ofRange(work, node, at);
    case 'jsonpath':
      return ofJsonPath(work, node, at);
    case 'probe':
      refused(
        work,
        node,
        'code that judges what a probe saw is not run: write a `lambda` probe, whose function looks and answers a value, with a tolerance on it',
      );
      return undefined;
    default:
      refused(
        work,
        node,
        'Chaos Toolkit has no tolerance of this type: it knows regex, jsonpath, range and probe',
      );
      return undefined;
  }
}

const targetOf = (node: Node): string | undefined => textOf(under(node, 'target'));

/** No pattern of a status is longer. */
const longestPattern = 100;

function ofRegex(work: ToolkitWork, node: Node, at: string): Expected | undefined {
  const target = targetOf(node);
  if (target !== 'status') {
    refused(
      work,
      node,
      'a pattern is not looked for in text of an answer: write what must stand at a JSONPath, `http.expect.body`, or a header, `http.expect.headers`',
    );
    return undefined;
  }
  const pattern = under(node, 'pattern');
  const statuses = statusesLike(substitute(work, pattern?.value).value);
  if (statuses === undefined || statuses.length === 0) {
    refused(work, node, 'no status of HTTP is like it: write `http.expect.status`');
    return undefined;
  }
  mapped(work, under(node, 'target'), `${at}.http.expect.status`);
  mapped(work, pattern, `${at}.http.expect.status: those that are like it`);
  return { expect: { status: statuses } };
}

function statusesLike(pattern: unknown): number[] | undefined {
  if (typeof pattern !== 'string' || pattern.length > longestPattern) return undefined;
  try {
    const like = new RegExp(pattern);
    return Array.from({ length: 500 }, (_, index) => index + 100).filter((status) =>
      like.test(String(status)),
    );
  } catch {
    return undefined;
  }
}

function ofRange(work: ToolkitWork, node: Node, at: string): Expected | undefined {
  const limits = rangeOf(under(node, 'range')?.value);
  const target = targetOf(node);
  if (limits === undefined) {
    refused(
      work,
      node,
      'a range is two numbers, the lesser first: write tolerances: { value: { above, below } }',
    );
    return undefined;
  }
  if (target === 'status') return ofStatusRange(work, node, limits, at);
  if (target !== 'body') {
    refused(
      work,
      node,
      'nothing in an answer of HTTP is a number there: write `http.numberOf` with the place of the number, and a tolerance on its value',
    );
    return undefined;
  }
  mapped(work, under(node, 'target'), `${at}.http.numberOf`);
  approximated(work, under(node, 'range'), `${at}.tolerances.value`, limitsMoved);
  return { extract: { numberOf: '$' }, tolerances: withinLimits(limits) };
}

function ofStatusRange(
  work: ToolkitWork,
  node: Node,
  { low, high }: { readonly low: number; readonly high: number },
  at: string,
): Expected | undefined {
  const statuses = Array.from({ length: 500 }, (_, index) => index + 100).filter(
    (status) => status >= low && status <= high,
  );
  if (statuses.length === 0) {
    refused(work, node, 'no status of HTTP lies in it: write `http.expect.status`');
    return undefined;
  }
  mapped(work, under(node, 'target'), `${at}.http.expect.status`);
  // From 200 to 399 is what is expected where nothing is said.
  const isDefault = statuses[0] === 200 && statuses.at(-1) === 399;
  mapped(work, under(node, 'range'), `${at}.http.expect.status${isDefault ? ': the default' : ''}`);
  return isDefault ? {} : { expect: { status: statuses } };
}
