/** A text within JSON: a value, or the key of one. */
export interface Leaf {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** A key within JSON, with what stands under it. */
export interface Member {
  readonly path: readonly (string | number)[];
  readonly key: string;
  readonly value: unknown;
}

/** Every key within a value, at any depth, with what stands under it. */
export function membersOf(value: unknown, path: Member['path']): readonly Member[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => membersOf(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => [
    { path: [...path, key], key, value: inner },
    ...membersOf(inner, [...path, key]),
  ]);
}

/** Every text within a value, at any depth, keys included. */
export function leavesOf(value: unknown, path: Leaf['path']): readonly Leaf[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => leavesOf(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => [
    { path: [...path, key], text: key },
    ...leavesOf(inner, [...path, key]),
  ]);
}
