import { describe, expect, it } from 'vitest';
import { fits } from '../../../lib/cli/doctor/versions.ts';

describe('whether a version fits a range', () => {
  it.each([
    ['24.21.0', '>=22.15', true],
    ['22.14.9', '>=22.15', false],
    ['v22.15.0', '>= 22.15.0', true],
    ['22', '>=22', true],
    ['1.4.0', '^1.3.9', true],
    ['1.3.8', '^1.3.9', false],
    ['2.0.0', '^1.3.9', false],
    ['0.5.20', '^0.5.14', true],
    ['0.6.0', '^0.5.14', false],
    ['0.0.3', '^0.0.3', true],
    ['0.0.4', '^0.0.3', false],
    ['0.0.7', '^0.0.0', false],
    ['1.2.3', '1.2.3', true],
    ['1.2.4', '1.2.3', false],
    ['24.1.0', '^20.19 || >=22.12', true],
    ['21.0.0', '^20.19 || >=22.12', false],
    ['1.2.3-beta.1', '>=1.2', true],
  ])('%s in %s: %s', (version, range, expected) => {
    expect(fits(version, range)).toBe(expected);
  });

  it.each([
    ['1.2.3', '~1.2'],
    ['1.2.3', '*'],
    ['latest', '>=1'],
    ['1.0.0', '>=2 || 1.x'],
  ])('is told for no other form: %s in %s', (version, range) => {
    expect(fits(version, range)).toBeUndefined();
  });
});
