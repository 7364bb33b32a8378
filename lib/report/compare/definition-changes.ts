import type { Json } from '../../plan/canonical-json.ts';
import type { Comparison } from './comparison-schema.ts';

/** More changes than these are counted, not shown. */
const mostShown = 20;
/** A value longer than this is cut. */
const longestValue = 120;

type Changed = Comparison['definition']['changes'][number];

/** What differs between two definitions, in the order of their keys. */
export function definitionChanges(before: Json, after: Json): Comparison['definition'] {
  const all = changesAt('', before, after);
  return { changes: all.slice(0, mostShown), more: Math.max(0, all.length - mostShown) };
}

function changesAt(path: string, before: Json | undefined, after: Json | undefined): Changed[] {
  if (isGroup(before) && isGroup(after) && Array.isArray(before) === Array.isArray(after)) {
    const [was, is] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
    const keys = new Set([...was.keys(), ...is.keys()]);
    const step = (key: string) => (Array.isArray(after) ? `[${key}]` : path === '' ? key : `.${key}`);
    return [...keys].flatMap((key) => changesAt(`${path}${step(key)}`, was.get(key), is.get(key)));
  }
  const [was, is] = [shown(before), shown(after)];
  if (was === is) return [];
  const place = path === '' ? 'the whole' : path;
  return [
    {
      path: place,
      ...(was === undefined ? {} : { before: clipped(was) }),
      ...(is === undefined ? {} : { after: clipped(is) }),
    },
  ];
}

const isGroup = (value: Json | undefined): value is Exclude<Json, string | number | boolean | null> =>
  typeof value === 'object' && value !== null;

const shown = (value: Json | undefined) => (value === undefined ? undefined : JSON.stringify(value));

const clipped = (text: string) => (text.length > longestValue ? `${text.slice(0, longestValue)}…` : text);
