import { valueAt } from '../lib/definitions/value-at.ts';

// The action runs before any package is installed: what the command prints is read by hand.

type Path = readonly (string | number)[];

/** The text at a path of a document; undefined where there is none. */
export function textAt(document: unknown, ...path: Path): string | undefined {
  const value = valueAt(document, path);
  return typeof value === 'string' ? value : undefined;
}

/** The number at a path of a document; undefined where there is none. */
export function numberAt(document: unknown, ...path: Path): number | undefined {
  const value = valueAt(document, path);
  return typeof value === 'number' ? value : undefined;
}

/** The list at a path of a document; empty where there is none. */
export function listAt(document: unknown, ...path: Path): readonly unknown[] {
  const value = valueAt(document, path);
  return Array.isArray(value) ? value : [];
}

export const isThere = (document: unknown, ...path: Path): boolean => valueAt(document, path) !== undefined;

/** What the command printed; undefined where that is no document: it died before, and its exit code says so. */
export function documentOf(stdout: string): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}
