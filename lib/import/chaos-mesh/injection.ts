import { valueAt } from '../../definitions/value-at.ts';
import { isData } from '../drafting/node.ts';
import type { Path } from '../field.ts';
import type { Account } from './account.ts';
import type { ChaosKind } from './fields/chaos-fields.ts';

/** One fault of Chaos Mesh, wherever in a file it stands: by itself, in a schedule, or as a step of a workflow. */
export interface Injection {
  readonly account: Account;
  /** As 2.x calls it. */
  readonly kind: ChaosKind;
  /** Where its `spec` stands in the document. */
  readonly at: Path;
  /** What the published schema knows of it. */
  readonly spec: Readonly<Record<string, unknown>>;
  /** What the resource or the step is called; it may be the name of what it hits. */
  readonly name: string;
  /** The namespace that the resource lies in, and where it says so. */
  readonly namespace?: { readonly name: string; readonly path: Path };
  /** How long a step of a workflow lasts at most, whatever its fault says. */
  readonly deadline?: Path;
}

/** What stands at a path of its spec, as a text; numbers count as the texts that they would be written as. */
export function textAt({ spec }: Injection, ...path: Path): string | undefined {
  const value = valueAt(spec, path);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

export const recordAt = ({ spec }: Injection, ...path: Path): Record<string, unknown> => {
  const value = valueAt(spec, path);
  return isData(value) ? value : {};
};

/** The texts of a list. */
export function textsAt({ spec }: Injection, ...path: Path): string[] {
  const value = valueAt(spec, path);
  return Array.isArray(value) ? value.map(String) : [];
}

export const has = ({ spec }: Injection, ...path: Path): boolean => valueAt(spec, path) !== undefined;

/** A path of its spec as a path of the document. */
export const pathOf = ({ at }: Injection, ...path: Path): Path => [...at, ...path];
