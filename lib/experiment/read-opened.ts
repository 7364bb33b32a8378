import type * as z from 'zod';
import { type Chosen, combinationsOf, isOpenable, openedPlaces, openedValues, withValues } from './opened.ts';

type Issue = z.core.$ZodIssue;

/** One way in which a definition can run: what was chosen of what it opens, and its faults then. */
export interface Variant<Faults> {
  readonly set: Chosen;
  readonly faults: Faults;
}

/** The shape of what is read: faults, and what is opened. */
interface Read<Faults> {
  readonly faults: Faults;
}

/**
 * Reads a definition in every way in which it can run. What is wrong with a value that is opened is told where it is written, under
 * `opens`, since that is where it is mended.
 */
export function readOpened<Faults, Output extends Read<Faults>>(
  schema: z.ZodType<Output>,
  written: unknown,
):
  | { readonly read: Output; readonly variants: readonly Variant<Output['faults']>[] }
  | { readonly issues: readonly Issue[] } {
  const places = openedPlaces(written);
  const opens = openedValues(written);
  const combinations = combinationsOf(opens);
  const issues: Issue[] = namingIssues(places, opens);
  const variants: Variant<Output['faults']>[] = [];
  let read: Output | undefined;
  for (const [number, chosen] of combinations.entries()) {
    const values = Object.fromEntries(
      Object.entries(chosen).map(([name, index]) => [name, opens[name]?.[index]]),
    );
    const result = schema.safeParse(withValues(written, values));
    if (result.success) {
      read ??= result.data;
      const set = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
      variants.push({ set, faults: result.data.faults });
      continue;
    }
    for (const issue of result.error.issues) {
      const place = places.find(({ fault, parameter }) =>
        ['faults', fault, 'parameters', parameter].every((step, index) => issue.path[index] === step),
      );
      const index = place === undefined ? undefined : chosen[place.name];
      if (place === undefined) {
        if (number === 0) issues.push(issue);
      } else if (index !== undefined && isOpenable(place.action, place.parameter)) {
        const moved = { ...issue, path: ['opens', place.name, index, ...issue.path.slice(4)] };
        if (!issues.some((other) => isSame(other, moved))) issues.push(moved);
      }
    }
  }
  if (read === undefined || issues.length > 0) return { issues };
  return { read, variants: Object.keys(opens).length === 0 ? [] : variants };
}

const isSame = (one: Issue, other: Issue): boolean =>
  one.message === other.message && JSON.stringify(one.path) === JSON.stringify(other.path);

/** Names that are used and not open, or open and not used; and parameters that nobody may open. */
function namingIssues(
  places: ReturnType<typeof openedPlaces>,
  opens: ReturnType<typeof openedValues>,
): Issue[] {
  const candidates = Object.keys(opens);
  const used = places.flatMap(({ fault, parameter, name, action }): Issue[] => {
    const path = ['faults', fault, 'parameters', parameter];
    if (!isOpenable(action, parameter)) {
      const message = `'${parameter}' cannot be opened: it says what is hit or used, and that is planned and permitted beforehand`;
      return [{ code: 'custom', path, message, input: undefined }];
    }
    if (candidates.includes(name)) return [];
    return [
      {
        code: 'custom',
        path: [...path, 'opened'],
        message: `nothing is opened as '${name}': add opens: { ${name}: [...] }`,
        params: { code: 'unknown-name', candidates },
        input: undefined,
      },
    ];
  });
  const unused = candidates
    .filter((name) => !places.some((place) => place.name === name))
    .map(
      (name): Issue => ({
        code: 'custom',
        path: ['opens', name],
        message: `is opened and used nowhere: write { opened: '${name}' } in place of a fault's parameter`,
        input: undefined,
      }),
    );
  return [...used, ...unused];
}
