import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemas } from '../../lib/definitions/json-schema.ts';
import { judgeWhole } from '../../lib/definitions/salvage.ts';
import { shopLab, slowDatabase, staging } from '../plan/examples.ts';
import { changed, told } from './told.ts';

describe('all that is wrong with a definition', () => {
  it('is told at once, also rules between parts of which others are wrong', () => {
    const broken = [
      [['title'], undefined],
      [['stages', 0, 'duration'], 5],
      [['stages', 1], 'half'],
      [['faults', 'slow', 'parameters', 'delay'], 'late'],
      [['rollbacks'], { undo: { command: ['true'], provenBy: 'product' } }],
      [['environments'], undefined],
      [['lab'], undefined],
    ] as const;
    const document = broken.reduce<unknown>(
      (whole, [path, value]) => changed(whole, path, value),
      slowDatabase,
    );
    expect(told('experiment', document).map((text) => text.split(':')[0])).toEqual([
      'title',
      'faults.slow.parameters.delay',
      'stages.0.duration',
      'stages.1',
      'rollbacks.undo.provenBy',
      'lab',
    ]);
  });

  it('holds nothing that only comes from what was taken out', () => {
    const probe = { http: { service: 'shop' }, tolerances: { p95: { below: 'x' } } };
    const proven = changed(slowDatabase, ['rollbacks'], { undo: { command: ['true'], provenBy: 'proof' } });
    const broken = changed(proven, ['proofs'], { proof: probe });
    expect(told('experiment', broken).map((text) => text.split(':')[0])).toEqual([
      'proofs.proof.http.path',
      'proofs.proof.tolerances.p95.below',
    ]);
    const guard = changed(changed(staging, ['metrics', 'errorRate'], 5), ['region'], 'x');
    expect(told('environment', guard).map((text) => text.split(':')[0])).toEqual([
      'region',
      'metrics.errorRate',
    ]);
  });

  it('reaches into a part whose own key is misspelt, by the path that it has in the document', () => {
    const { steadyState, ...rest } = slowDatabase;
    const document = { ...rest, steadystate: changed(steadyState, ['products', 'http', 'path'], 'x') };
    expect(told('experiment', document)).toEqual([
      "steadystate: there is no key 'steadystate' here (did you mean 'steadyState'?)",
      "steadystate.products.http.path: 'x' is no path: begin it with '/'",
    ]);
  });

  it.each([null, 5, 'text', [], true])('is one problem where the document is %j', (document) => {
    expect(told('experiment', document)).toHaveLength(1);
  });

  it('is nothing for a definition that is right', () => {
    for (const [kind, definition] of [
      ['experiment', slowDatabase],
      ['environment', staging],
      ['lab', shopLab],
    ] as const)
      expect(told(kind, definition)).toEqual([]);
  });
});

/** Every path of a definition, leaves and inner parts. */
const pathsOf = (
  value: unknown,
  path: readonly (string | number)[] = [],
): (readonly (string | number)[])[] =>
  typeof value !== 'object' || value === null
    ? [path]
    : [
        ...(path.length === 0 ? [] : [path]),
        ...Object.entries(value).flatMap(([key, inner]) =>
          pathsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
        ),
      ];

describe.each([
  ['experiment', slowDatabase],
  ['environment', staging],
  ['lab', shopLab],
] as const)('a %s with anything anywhere', (kind, definition) => {
  const path = fc.constantFrom(...pathsOf(definition));
  const junk = fc.oneof(fc.constantFrom(undefined, null, '', '0s', {}, [], -1, 'x y'), fc.anything());

  it('is judged without a crash, and is right exactly when nothing is told', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(path, junk), { maxLength: 4 }), (changes) => {
        const document = changes.reduce<unknown>((whole, [where, value]) => {
          try {
            return changed(whole, where, value);
          } catch {
            return whole; // what was put there before has no such part
          }
        }, definition);
        const { problems, salvaged } = judgeWhole(kind, schemas[kind], document);
        expect(problems.length === 0).toBe(schemas[kind].safeParse(document).success);
        if (salvaged !== undefined) expect(schemas[kind].safeParse(salvaged.value).success).toBe(true);
        for (const { message } of problems) expect(message).toMatch(/\S/);
      }),
      { numRuns: 150 },
    );
  });
});
