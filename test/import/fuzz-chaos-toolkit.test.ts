import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { experimentSchema } from '../../lib/experiment/experiment.ts';
import { importSource } from '../../lib/import/import-source.ts';
import { secretMark } from '../../lib/import/secret-values.ts';
import { isLong } from '../setup.ts';
import { documents, mutated } from './chaos-toolkit/arbitraries.ts';
import { importing, nowhere, project } from './chaos-toolkit/importing.ts';

/** Half of them are changed: 10,000 documents in all, or 500. */
const numRuns = isLong ? 5_000 : 250;

/** In milliseconds: a document takes some five. */
const timeout = isLong ? 600_000 : 30_000;

const trying = { numRuns, interruptAfterTimeLimit: timeout, markInterruptAsFailure: true };

/** How many fields a document has: scalars, and lists and maps with nothing in them. */
function leavesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  const inner: unknown[] = Object.values(value);
  return inner.length === 0 ? 1 : inner.reduce<number>((sum, one) => sum + leavesIn(one), 0);
}

/** Imports a document, and holds what comes of it to all that any import promises. */
function promise(document: unknown): void {
  // As a file holds it: without what JSON cannot say.
  const written: unknown = JSON.parse(JSON.stringify(document));
  const result = importing(written, { map: { 'api.example.com': 'shop', postgres: 'database' } });
  expect(result.problems).toEqual([]);
  expect(result.fields).toHaveLength(leavesIn(written));
  // Keys that are secrets cannot be told apart any more.
  const paths = result.fields
    .map(({ path }) => JSON.stringify(path))
    .filter((path) => !path.includes(secretMark));
  expect(new Set(paths).size).toBe(paths.length);
  for (const field of result.fields)
    expect(field.outcome === 'refused' ? field.why : field.to).toEqual(expect.any(String));
  expect(result.refusals.map(({ code }) => code)).not.toContain('unfit');
  expect(result.definitions.length > 0).toBe(result.refusals.length === 0);
  for (const { definition, text } of result.definitions) {
    expect(experimentSchema.safeParse(definition).success).toBe(true);
    const again = importSource('again.yaml', new TextEncoder().encode(text), {
      project: nowhere,
      map: {},
      fix: false,
    });
    expect(again.definitions.map((one) => one.text)).toEqual([text]);
  }
}

describe('whatever a document of Chaos Toolkit holds', () => {
  it('an import of one that is nearly right returns, and accounts for every field once', { timeout }, () => {
    fc.assert(fc.property(documents, promise), trying);
  });

  it('and so does one of which anything has been changed', { timeout }, () => {
    fc.assert(fc.property(mutated, promise), trying);
  });

  it('and nothing of it is taken over where no project says what it is', { timeout }, () => {
    fc.assert(
      fc.property(documents, (document) => {
        const result = importing(JSON.parse(JSON.stringify(document)), {
          project: { ...project, labs: [], environments: [] },
        });
        expect(result.refusals.map(({ code }) => code)).not.toContain('unfit');
      }),
      { ...trying, numRuns: numRuns / 10 },
    );
  });
});
