import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDuration } from '../../../lib/fis/quantity.ts';
import { isoDurationMs } from '../../../lib/lab/fis/iso-duration.ts';

describe('an ISO 8601 duration', () => {
  it.each([
    ['PT3.6S', 3_600],
    ['PT1M30S', 90_000],
    ['PT2H', 7_200_000],
    ['P1DT1S', 86_401_000],
  ])('%s is %i ms', (text, ms) => {
    expect(isoDurationMs(text)).toBe(ms);
  });

  it('is read as it was written for FIS', () => {
    fc.assert(
      fc.property(
        fc.nat(100_000),
        (seconds) => isoDurationMs(isoDuration(seconds * 1_000)) === seconds * 1_000,
      ),
    );
  });

  it.each(['', 'P', 'PT', '5m', 'PT5', 'PT-5S'])('is not %j', (text) => {
    expect(() => isoDurationMs(text)).toThrow(/is no ISO 8601 duration/);
  });
});
