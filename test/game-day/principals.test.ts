import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { haveCommon, mayBeSame } from '../../lib/game-day/principals.ts';

/** A pattern over few letters, so that patterns often meet. */
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 7 });
const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 7 });
const fits = (one: string, it: string) =>
  new RegExp(`^${one.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(it);

describe('two patterns', () => {
  it('have a text in common whenever one fits both, whichever is looked at first', () => {
    fc.assert(
      fc.property(pattern, pattern, text, (one, other, some) => {
        if (fits(one, some) && fits(other, some)) expect(haveCommon(one, other)).toBe(true);
        expect(haveCommon(one, other)).toBe(haveCommon(other, one));
        expect(haveCommon(one, some)).toBe(fits(one, some));
      }),
    );
  });

  it('have none where their letters differ, however many stars there are', () => {
    expect(haveCommon('a*', 'b*')).toBe(false);
    expect(haveCommon('*a', '*b')).toBe(false);
    expect(haveCommon('*'.repeat(30), `${'a*'.repeat(30)}b`)).toBe(true);
  });
});

describe('two principals', () => {
  const role = (name: string, account = '111111111111') => `arn:aws:iam::${account}:role/${name}`;

  it.each([
    [role('ops'), role('OPS'), true],
    [role('a/ops'), role('b/ops'), true],
    [role('sso/Ops_*'), role('sso/Ops_0a1b'), true],
    [role('sso/Ops_*'), role('sso/Observers_*'), false],
    [role('team*'), role('team/a'), true],
    [role('ops'), role('ops', '222222222222'), false],
    [role('ops'), 'arn:aws:iam::111111111111:user/ops', false],
  ])('%s and %s may be the same: %s', (one, other, same) => {
    expect(mayBeSame(one, other)).toBe(same);
    expect(mayBeSame(other, one)).toBe(same);
  });
});
