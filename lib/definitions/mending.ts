import { isDeepStrictEqual } from 'node:util';
import type { Problem } from '../experiment/steadfast-error.ts';
import { fillerFor } from './fillers.ts';
import type { DefinitionKind } from './json-schema.ts';
import { suggest } from './suggest.ts';
import { valueAt } from './value-at.ts';

type Path = readonly (string | number)[];

/** A document that is mended bit by bit: what was meant is put in where that can be told, else something that fits, else nothing. */
export interface Mending {
  readonly value: () => unknown;
  /** Mends what a problem is about, the next time what is around it; false when nothing is left to try. */
  readonly mend: (problem: Problem) => boolean;
  /** A problem of the mended document as one of the document itself; undefined where it only comes from the mending. */
  readonly inDocument: (problem: Problem) => Problem | undefined;
}

export function mendingOf(kind: DefinitionKind, document: unknown): Mending {
  let value = document;
  const tried = new Set<string>();
  /** Names that were declared in parts that are no longer there. */
  const gone = new Set<string>();
  const renamed: { readonly to: Path; readonly from: string }[] = [];

  const isFirst = (how: string, place: Path): boolean => {
    const attempt = JSON.stringify([how, place]);
    if (tried.has(attempt)) return false;
    tried.add(attempt);
    return true;
  };

  const rename = (problem: Problem): boolean => {
    const key = String(problem.path.at(-1));
    const around = problem.path.slice(0, -1);
    const meant = suggest(key, problem.candidates ?? []);
    const to = meant === undefined ? [] : [...around, meant];
    if (meant === undefined || valueAt(value, to) !== undefined || !isFirst('renamed', to)) return false;
    value = withValue(withValue(value, to, valueAt(value, problem.path)), problem.path, undefined);
    renamed.push({ to, from: key });
    return true;
  };

  const putRight = (problem: Problem): boolean => {
    const got = valueAt(value, problem.path);
    const meant = typeof got === 'string' ? suggest(got, problem.candidates ?? []) : undefined;
    if (meant === undefined || !isFirst('meant', problem.path)) return false;
    value = withValue(value, problem.path, meant);
    return true;
  };

  const fillOrTakeOut = (place: Path): boolean => {
    const filler = fillerFor(kind, value, place);
    if (filler !== undefined && isFirst('filled', place)) {
      gone.add(String(place.at(-1)));
      value = withValue(value, place, filler);
      // What another action would make of the parameters says nothing.
      if (place.at(-1) === 'action')
        value = withValue(value, [...place.slice(0, -1), 'parameters'], undefined);
      return true;
    }
    // In a list a gap would move what follows.
    if (typeof place.at(-1) === 'number' || valueAt(value, place) === undefined || !isFirst('out', place))
      return false;
    gone.add(String(place.at(-1)));
    value = withValue(value, place, undefined);
    return true;
  };

  return {
    value: () => value,
    mend: (problem) => {
      if (problem.code === 'unknown-key' ? rename(problem) : putRight(problem)) return true;
      for (let length = problem.path.length; length > 0; length -= 1)
        if (fillOrTakeOut(problem.path.slice(0, length))) return true;
      return false;
    },
    inDocument: (problem) => {
      const path = pathBefore(problem.path, renamed);
      const got = valueAt(document, path);
      if (!isDeepStrictEqual(got, valueAt(value, problem.path))) return undefined;
      // A name that is declared in a part that was taken out is declared all the same.
      if (problem.code === 'unknown-name' && typeof got === 'string' && gone.has(got)) return undefined;
      return { ...problem, path };
    },
  };
}

/** A path as it was before keys were renamed, the latest renaming first. */
const pathBefore = (path: Path, renamed: readonly { readonly to: Path; readonly from: string }[]): Path =>
  renamed.toReversed().reduce<Path>((now, { to, from }) => {
    const isBelow = to.every((step, index) => step === now[index]);
    return isBelow ? [...to.slice(0, -1), from, ...now.slice(to.length)] : now;
  }, path);

/** A copy with another value at a path, or without it where the value is undefined. */
function withValue(node: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(node)) {
    const items: readonly unknown[] = node;
    return items.map((item, index) => (index === step ? withValue(item, rest, value) : item));
  }
  const next = withValue(valueAt(node, [step]), rest, value);
  const others = Object.entries(Object(node)).filter(([key]) => key !== String(step));
  return Object.fromEntries(next === undefined ? others : [...others, [String(step), next]]);
}
