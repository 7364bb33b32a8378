import * as z from 'zod';
import type { Problem } from '../experiment/steadfast-error.ts';
import { show } from '../fis/quantity.ts';
import { hintForAction } from '../fis/unknown-actions.ts';
import { type DefinitionKind, keysAt } from './json-schema.ts';
import { withSuggestion } from './suggest.ts';

type Issue = z.core.$ZodIssue;
type Path = (string | number)[];

const pathOf = (path: readonly PropertyKey[]): Path =>
  path.map((step) => (typeof step === 'number' ? step : String(step)));

/** The value at a path of a document; undefined where there is none. */
export function valueAt(document: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (node, step) => (typeof node === 'object' && node !== null ? Reflect.get(node, step) : undefined),
    document,
  );
}

/** What a schema found wrong with a document, in words that say how to mend it. */
export const problemsOfIssues = (
  kind: DefinitionKind,
  document: unknown,
  issues: readonly Issue[],
): Problem[] => issues.flatMap((issue) => problemsOfIssue(kind, document, issue, []));

function problemsOfIssue(kind: DefinitionKind, document: unknown, issue: Issue, above: Path): Problem[] {
  const path = [...above, ...pathOf(issue.path)];
  const got = valueAt(document, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) =>
        withSuggestion(
          {
            code: 'unknown-key',
            path: [...path, key],
            message: `there is no key '${key}' here`,
            candidates: keysAt(kind, path, document),
          },
          key,
        ),
      );
    case 'invalid_type':
      return [
        got === undefined
          ? { code: 'missing', path, message: `is missing: a ${nameOfType(issue.expected)} is needed` }
          : { code: 'wrong-type', path, message: `${show(got)} is no ${nameOfType(issue.expected)}` },
      ];
    case 'invalid_value': {
      const candidates = issue.values.map(String);
      return [
        withSuggestion(
          {
            code: 'unknown-value',
            path,
            message: `${show(got)} is none of ${candidates.join(', ')}`,
            candidates,
          },
          got,
        ),
      ];
    }
    case 'invalid_union':
      return problemsOfUnion(kind, document, issue, path);
    case 'invalid_key':
      return issue.issues.map((inner) => ({ code: 'bad-name', path, message: inner.message }));
    case 'custom': {
      const told = z.object({ code: z.string(), candidates: z.array(z.string()) }).safeParse(issue.params);
      const problem = { code: told.success ? told.data.code : 'invalid', path, message: issue.message };
      return [told.success ? withSuggestion({ ...problem, candidates: told.data.candidates }, got) : problem];
    }
    default:
      return [{ code: 'invalid', path, message: issue.message }];
  }
}

/** Of the alternatives of a union only the one that was meant is worth talking of: the one that knows the keys that are there. */
function problemsOfUnion(
  kind: DefinitionKind,
  document: unknown,
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: Path,
): Problem[] {
  const got = valueAt(document, path);
  const options: unknown = Reflect.get(issue, 'options');
  if (issue.discriminator !== undefined && Array.isArray(options)) {
    const candidates = options.map(String);
    const problem = {
      code: 'unknown-value',
      path,
      message: `${show(got)} is no ${issue.discriminator} that Steadfast knows`,
      candidates,
    };
    const hint = hintForAction(got);
    return [hint === undefined ? withSuggestion(problem, got) : { ...problem, hint }];
  }
  const alternatives = issue.errors.map((errors) => ({ errors, distance: distanceOf(errors) }));
  const nearest = alternatives.toSorted((a, b) => a.distance - b.distance)[0];
  if (nearest === undefined) return [{ code: 'invalid', path, message: issue.message }];
  const tied = alternatives.filter((other) => other.distance === nearest.distance);
  if (tied.length > 1 && typeof got === 'object' && got !== null) {
    const candidates = keysAt(kind, path, document);
    return [
      {
        code: 'unknown-kind',
        path,
        message: `its keys (${Object.keys(got).join(', ') || 'none'}) do not say which kind it is`,
        hint: `known here: ${candidates.join(', ')}`,
      },
    ];
  }
  return nearest.errors.flatMap((inner) => problemsOfIssue(kind, document, inner, path));
}

/** How far a document is from an alternative: an unknown or missing key at its top is the farthest. */
const distanceOf = (issues: readonly Issue[]): number =>
  issues.reduce((sum, issue) => {
    if (issue.code === 'unrecognized_keys' && issue.path.length === 0) return sum + 100 * issue.keys.length;
    return sum + (issue.path.length <= 1 && issue.code === 'invalid_type' ? 10 : 1);
  }, 0);

const nameOfType = (expected: string): string =>
  ({ record: 'map of names', object: 'map', array: 'list', string: 'text', int: 'whole number' })[expected] ??
  expected;
