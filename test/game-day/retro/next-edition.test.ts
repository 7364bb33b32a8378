import { expect, it } from 'vitest';
import { isDay, nextEditionBy } from '../../../lib/game-day/retro/next-edition.ts';

it.each([
  ['2026-05-01T09:00:00Z', 'quarterly', '2026-08-01'],
  ['2026-11-30T23:59:59Z', 'quarterly', '2027-02-28'],
  ['2026-01-31T09:00:00Z', 'monthly', '2026-02-28'],
  ['2026-12-15T09:00:00Z', 'monthly', '2027-01-15'],
  ['2026-12-15T09:00:00Z', undefined, undefined],
] as const)('after %s, %s, the next edition is due by %s', (beganAt, cadence, by) => {
  expect(nextEditionBy(beganAt, cadence)).toBe(by);
});

it.each(['2026-05-31', '2028-02-29'])('%s is a day', (text) => expect(isDay(text)).toBe(true));
it.each(['2026-02-29', '2026-5-31', '31.5.2026', '', '2026-13-01'])('%j is none', (text) =>
  expect(isDay(text)).toBe(false),
);
