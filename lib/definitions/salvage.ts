import { isDeepStrictEqual } from 'node:util';
import type * as z from 'zod';
import type { Problem } from '../experiment/steadfast-error.ts';
import type { DefinitionKind } from './json-schema.ts';
import { mendingOf } from './mending.ts';
import { problemsOfIssues } from './problems-of-issues.ts';

/** A broken document with its broken parts mended or taken out, so that the rest can be judged as well. */
export interface Salvaged<Parsed> {
  readonly value: unknown;
  readonly parsed: Parsed;
  /** A problem found in the rest, as one of the document itself; undefined where it only comes from the mending. */
  readonly inDocument: (problem: Problem) => Problem | undefined;
}

/** More rounds than any document is deep: each mends what the one before has shown to be wrong. */
const mostRounds = 40;

/**
 * Everything that a schema has against a document. A schema looks at rules between parts only where the parts fit; here what
 * does not fit is mended or taken out, and the rest is looked at again, so that all problems are told at once.
 */
export function judgeWhole<S extends z.ZodType>(
  kind: DefinitionKind,
  schema: S,
  document: unknown,
): { readonly problems: readonly Problem[]; readonly salvaged?: Salvaged<z.output<S>> } {
  const problems: Problem[] = [];
  const mending = mendingOf(kind, document);
  for (let round = 0; round < mostRounds; round += 1) {
    const value = mending.value();
    const result = schema.safeParse(value);
    if (result.success)
      return { problems, salvaged: { value, parsed: result.data, inDocument: mending.inDocument } };
    const found = problemsOfIssues(kind, value, result.error.issues);
    for (const problem of found.flatMap((one) => mending.inDocument(one) ?? []))
      if (!problems.some((other) => isSame(problem, other))) problems.push(problem);
    const mended = found.filter((problem) => mending.mend(problem));
    if (mended.length === 0) break;
  }
  return { problems };
}

const isSame = (one: Problem, other: Problem): boolean =>
  one.message === other.message && isDeepStrictEqual(one.path, other.path);
