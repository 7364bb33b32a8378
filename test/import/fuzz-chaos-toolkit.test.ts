import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { experimentSchema } from '../../lib/experiment/experiment.ts';
import { importSource } from '../../lib/import/import-source.ts';
import { isLong } from '../setup.ts';
import { documents, mutated } from './chaos-toolkit/arbitraries.ts';
import { importing, nowhere, project } from './chaos-toolkit/importing.ts';

const numRuns = isLong ? 10_000 : 250;

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
  const places = new Set(result.fields.map(({ path }) => JSON.stringify(path)));
  expect(places.size).toBe(result.fields.length);
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
  it('an import of one that is nearly right returns, and accounts for every field once', () => {
    fc.assert(fc.property(documents, promise), { numRuns });
  });

  it('and so does one of which anything has been changed', () => {
    fc.assert(fc.property(mutated, promise), { numRuns });
  });

  it('and nothing of it is taken over where no project says what it is', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const result = importing(JSON.parse(JSON.stringify(document)), {
          project: { ...project, labs: [], environments: [] },
        });
        expect(result.refusals.map(({ code }) => code)).not.toContain('unfit');
      }),
      { numRuns: numRuns / 10 },
    );
  });
});
