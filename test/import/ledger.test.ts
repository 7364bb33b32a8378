import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Path } from '../../lib/import/field.ts';
import { Ledger } from '../../lib/import/ledger.ts';

const ledgerOf = (value: unknown) =>
  new Ledger({ index: 2, value, lineOf: (path) => path.length + 1 }, 'Some Tool');

describe('the account of a document', () => {
  it('has every field once, with what was said of it or of what it lies in', () => {
    const ledger = ledgerOf({ a: 1, b: { c: [2, 3], d: {} }, e: [] });
    ledger.mapped(['a'], 'x: title');
    ledger.approximated(['b'], 'x: stages', 'the ramp is another');
    ledger.refused(['b', 'c', 1], 'there is no second');
    expect(ledger.fields()).toEqual([
      { document: 2, path: ['a'], line: 2, outcome: 'mapped', to: 'x: title' },
      {
        document: 2,
        path: ['b', 'c', 0],
        line: 4,
        outcome: 'approximated',
        to: 'x: stages',
        why: 'the ramp is another',
      },
      { document: 2, path: ['b', 'c', 1], line: 4, outcome: 'refused', why: 'there is no second' },
      {
        document: 2,
        path: ['b', 'd'],
        line: 3,
        outcome: 'approximated',
        to: 'x: stages',
        why: 'the ramp is another',
      },
      {
        document: 2,
        path: ['e'],
        line: 2,
        outcome: 'refused',
        unknown: true,
        why: 'it is no field of Some Tool that Steadfast knows, so nothing of it is taken over',
      },
    ]);
  });

  it('keeps the worse of two statements, and the reasons of both', () => {
    const ledger = ledgerOf({ a: 1, b: 2 });
    ledger.approximated(['a'], 'x: one', 'first');
    ledger.mapped(['a'], 'x: two');
    ledger.approximated(['b'], 'x: one', 'first');
    ledger.refused(['b'], 'second');
    expect(ledger.fields()).toMatchObject([
      { outcome: 'approximated', to: 'x: one, x: two', why: 'first' },
      { outcome: 'refused', why: 'second; first' },
    ]);
    expect(ledger.fields()[1]).not.toHaveProperty('to');
  });

  it('has one field of a document that is a scalar', () => {
    expect(ledgerOf('text').fields()).toMatchObject([{ path: [], outcome: 'refused', unknown: true }]);
  });

  it('never loses or doubles a field, whatever is said', () => {
    const paths = fc.array(fc.oneof(fc.string({ maxLength: 2 }), fc.nat(3)), { maxLength: 3 });
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.array(paths, { maxLength: 5 }), (value, said) => {
        const ledger = ledgerOf(value);
        for (const path of said) ledger.mapped(path, 'x');
        const found = ledger.fields().map(({ path }) => JSON.stringify(path));
        expect(new Set(found).size).toBe(found.length);
        expect(found).toEqual(scalarsOf(value).map((path) => JSON.stringify(path)));
      }),
    );
  });
});

/** The same by another way: from what JSON writes. */
function scalarsOf(value: unknown): Path[] {
  const found: Path[] = [];
  const walk = (node: unknown, path: Path): void => {
    const keys = typeof node === 'object' && node !== null ? Object.keys(node) : [];
    if (keys.length === 0) found.push(path);
    for (const key of keys)
      walk(Reflect.get(Object(node), key), [...path, Array.isArray(node) ? Number(key) : key]);
  };
  walk(value, []);
  return found;
}
