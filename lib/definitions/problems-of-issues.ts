import * as z from 'zod';
import type { Problem } from '../experiment/steadfast-error.ts';
import { quantityIssue, show } from '../fis/quantity.ts';
import { hintForAction } from '../fis/unknown-actions.ts';
import { type DefinitionKind, keysAt } from './json-schema.ts';
import { meantAlternative } from './meant-alternative.ts';
import { suggest, withSuggestion } from './suggest.ts';
import { valueAt } from './value-at.ts';

type Issue = z.core.$ZodIssue;
type Path = (string | number)[];

/** Where an issue is looked at: what kind of document, and which. */
interface Place {
  readonly kind: DefinitionKind;
  readonly document: unknown;
}

const pathOf = (path: readonly PropertyKey[]): Path =>
  path.map((step) => (typeof step === 'number' ? step : String(step)));

/** What a schema found wrong with a document, in words that say how to mend it. */
export function problemsOfIssues(
  kind: DefinitionKind,
  document: unknown,
  issues: readonly Issue[],
): Problem[] {
  const problems = issues.flatMap((issue) => problemsOfIssue({ kind, document }, issue, []));
  return problems.filter((problem) => !isMisspelt(problem, problems) && !ignoresMisspelt(problem, problems));
}

/** Whether a key is missing only because it is there misspelt, which another problem says. */
function isMisspelt(missing: Problem, problems: readonly Problem[]): boolean {
  const key = missing.path.at(-1);
  if (missing.code !== 'missing' || typeof key !== 'string') return false;
  return problems.some(
    ({ code, path }) =>
      code === 'unknown-key' &&
      path.length === missing.path.length &&
      path.slice(0, -1).every((step, index) => step === missing.path[index]) &&
      suggest(String(path.at(-1)), [key]) === key,
  );
}

/** Whether a rule speaks of a map as if a key that is only misspelt were not there. */
const ignoresMisspelt = (rule: Problem, problems: readonly Problem[]): boolean =>
  rule.code === 'invalid' &&
  problems.some(
    ({ code, path, candidates = [] }) =>
      code === 'unknown-key' &&
      path.length === rule.path.length + 1 &&
      rule.path.every((step, index) => step === path[index]) &&
      suggest(String(path.at(-1)), candidates) !== undefined,
  );

function problemsOfIssue(place: Place, issue: Issue, above: Path): Problem[] {
  const path = [...above, ...pathOf(issue.path)];
  const got = valueAt(place.document, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(place, path, key));
    case 'invalid_type':
      return [
        got === undefined
          ? { code: 'missing', path, message: `is missing: ${nameOfType(issue.expected)} is needed` }
          : {
              code: 'wrong-type',
              path,
              message: `${show(got)} is not ${nameOfType(issue.expected)}`,
              ...(issue.expected === 'string' && typeof got === 'number' ? { hint: 'put it in quotes' } : {}),
            },
      ];
    case 'invalid_value':
      return [unknownValue(path, got, issue.values.map(String))];
    case 'invalid_union':
      return problemsOfUnion(place, issue, path);
    case 'invalid_key':
      return issue.issues.map((inner) => ({ code: 'bad-name', path, message: inner.message }));
    case 'custom':
      return [problemOfRule(issue, path, got)];
    default:
      return [{ code: 'invalid', path, message: issue.message }];
  }
}

function unknownKey(place: Place, path: Path, key: string): Problem {
  const problem = { code: 'unknown-key', path: [...path, key] };
  const candidates = keysAt(place.kind, place.document, path);
  // A key of another alternative: right by itself, but not with those that are there.
  if (candidates.includes(key))
    return {
      ...problem,
      message: `'${key}' does not go with the other keys here`,
      hint: 'keep one kind of them',
    };
  return withSuggestion({ ...problem, message: `there is no key '${key}' here`, candidates }, key);
}

function unknownValue(path: Path, got: unknown, candidates: readonly string[]): Problem {
  const message =
    got === undefined
      ? `is missing: one of ${candidates.join(', ')} is needed`
      : `${show(got)} is none of ${candidates.join(', ')}`;
  const problem = { code: got === undefined ? 'missing' : 'unknown-value', path, message };
  return got === undefined ? problem : withSuggestion({ ...problem, candidates }, got);
}

/** What tells many alternatives apart, as the action does faults: too many to name them all. */
function unknownOption(path: Path, got: unknown, key: string, candidates: readonly string[]): Problem {
  if (got === undefined) {
    const hint = key === 'action' ? { hint: 'steadfast faults lists them' } : {};
    return { code: 'missing', path, message: `is missing: the ${key} is needed`, ...hint };
  }
  const hint = hintForAction(got);
  const problem = unknownValue(path, got, candidates);
  return {
    ...problem,
    message: `${show(got)} is no ${key} that Steadfast knows`,
    ...(hint === undefined ? {} : { hint }),
  };
}

const ruleParams = z.object({ code: z.string(), candidates: z.array(z.string()) });

/** A rule of ours says by its parameters which code it has, and what would have been accepted. */
function problemOfRule(issue: Extract<Issue, { code: 'custom' }>, path: Path, got: unknown): Problem {
  const { message } = issue;
  const params = ruleParams.safeParse(issue.params).data;
  if (params === undefined) return { code: 'invalid', path, message };
  if (params.code === quantityIssue.code)
    return { code: got === undefined ? 'missing' : 'invalid', path, message };
  return withSuggestion({ code: params.code, path, message, candidates: params.candidates }, got);
}

/** Of the alternatives of a union only the one that was meant is worth talking of. */
function problemsOfUnion(
  place: Place,
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: Path,
): Problem[] {
  const got = valueAt(place.document, path);
  const options: unknown = Reflect.get(issue, 'options');
  if (issue.discriminator !== undefined && Array.isArray(options)) {
    return [unknownOption(path, got, issue.discriminator, options.map(String))];
  }
  const meant = meantAlternative(issue.errors, got);
  if (meant !== undefined) return meant.flatMap((inner) => problemsOfIssue(place, inner, path));
  if (typeof got !== 'object' || got === null) {
    return [{ code: got === undefined ? 'missing' : 'invalid', path, message: ofNoSort(issue, got) }];
  }
  const candidates = keysAt(place.kind, place.document, path);
  const misspelt = Object.keys(got).filter(
    (key) => !candidates.includes(key) && suggest(key, candidates) !== undefined,
  );
  if (misspelt.length > 0) return misspelt.map((key) => unknownKey(place, path, key));
  return [
    {
      code: 'unknown-kind',
      path,
      message: `its keys (${Object.keys(got).join(', ') || 'none'}) do not say which kind it is`,
      hint: `known here: ${candidates.join(', ')}`,
    },
  ];
}

/** What a union says of a value that none of its alternatives can be. */
function ofNoSort(issue: Extract<Issue, { code: 'invalid_union' }>, got: unknown): string {
  if (issue.message !== zodSays) return issue.message;
  const wanted = new Set(
    issue.errors
      .flat()
      .flatMap((inner) =>
        inner.code === 'invalid_type' && inner.path.length === 0 ? [nameOfType(inner.expected)] : [],
      ),
  );
  const names = [...wanted].join(' or ');
  return got === undefined ? `is missing: ${names} is needed` : `${show(got)} is not ${names}`;
}

/** Zod's own words for a union, where its schema has none. */
const zodSays = 'Invalid input';

const nameOfType = (expected: string): string =>
  ({
    record: 'a map of names',
    object: 'a map',
    array: 'a list',
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
  })[expected] ?? expected;
