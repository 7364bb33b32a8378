import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../lib/plan/canonical-json.ts';
import { hashOf } from '../../lib/plan/hash.ts';

describe('the hash of a definition', () => {
  it('is SHA-256 of its canonical JSON', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe('{"b":[1,{"c":"x","d":null}]}');
    // From `printf '{"a":1}' | sha256sum`.
    expect(hashOf({ a: 1 })).toBe('015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862');
  });

  it('does not depend on the order in which keys were written', () => {
    const written = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(written, (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(hashOf(reversed)).toBe(hashOf(value));
      }),
    );
  });

  it('depends on the order of a list', () => {
    expect(hashOf([1, 2])).not.toBe(hashOf([2, 1]));
  });
});
