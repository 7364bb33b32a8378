import { describe, expect, it } from 'vitest';
import { lastsWords, shareWords, usdWords } from '../../../lib/cli/plan/words.ts';

describe('words of a plan', () => {
  it.each([
    [0, '0 s'],
    [11.2, '12 s'],
    [120, '2 min'],
    [90, '1 min 30 s'],
    [3_600, '1 h'],
    [11_100, '3 h 5 min'],
  ])('%d seconds are %s', (seconds, words) => {
    expect(lastsWords(seconds)).toBe(words);
  });

  it.each([
    [0, '0 %'],
    [0.000_01, 'less than 0.01 %'],
    [0.004, '0.4 %'],
    [0.25, '25 %'],
    [3.2, '3.2 times all of it'],
    [1_234.5, '1235 times all of it'],
  ])('a share of %d is %s', (share, words) => {
    expect(shareWords(share)).toBe(words);
  });

  it.each([
    [0, '0 USD'],
    [0.000_01, 'under 0.0001 USD'],
    [0.0123, '0.0123 USD'],
    [1, '1.00 USD'],
  ])('%d is %s', (usd, words) => {
    expect(usdWords(usd)).toBe(words);
  });
});
