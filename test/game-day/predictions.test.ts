import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../lib/experiment/verdict.ts';
import type { NewEntry } from '../../lib/game-day/entry.ts';
import { predictionsOf } from '../../lib/game-day/predictions.ts';
import { at, began, ended, gameDayInput, launched, line, logOf, sam } from '../fakes/game-day-log.ts';

const input = gameDayInput();

const run = (attempt: number, seconds: number, of: Parameters<typeof ended>[1]) => [
  launched(seconds, 1, attempt),
  line(seconds + 50, 'fault-began', 1, attempt),
  line(seconds + 150, 'fault-ended', 1, attempt),
  ended(seconds + 200, { attempt, ...of }),
];

const saw = (seconds: number, outcome: 'as predicted' | 'otherwise', note?: string): NewEntry => ({
  kind: 'observed',
  at: at(seconds),
  by: sam,
  stage: 1,
  prediction: 'banner',
  outcome,
  ...(note === undefined ? {} : { note }),
});

const of = (...entries: readonly NewEntry[]) =>
  Object.fromEntries(predictionsOf(input, logOf(began(), ...entries)).map((one) => [one.name, one]));

describe('a prediction that a tolerance shows', () => {
  it('came true where the tolerance was judged as predicted, met or missed', () => {
    const found = of(...run(1, 0, { tolerances: { 'orders.errorRate': 'met', 'queue.count': 'missed' } }));
    expect(found['orders']).toMatchObject({ outcome: 'as predicted', happened: 'orders.errorRate was met' });
    expect(found['queue']?.outcome).toBe('as predicted');
    const other = of(...run(1, 0, { tolerances: { 'orders.errorRate': 'missed', 'queue.count': 'met' } }));
    expect([other['orders']?.outcome, other['queue']?.outcome]).toEqual(['otherwise', 'otherwise']);
  });

  it('is unknown where the tolerance was not judged, or no fault began', () => {
    expect(of()['orders']?.outcome).toBe('unknown');
    expect(of(...run(1, 0, {}))['orders']?.outcome).toBe('unknown');
    expect(of(...run(1, 0, { tolerances: { 'orders.errorRate': 'unknown' } }))['orders']?.outcome).toBe(
      'unknown',
    );
    const noFault = of(launched(0), ended(10, { tolerances: { 'orders.errorRate': 'met' } }));
    expect(noFault['orders']).toMatchObject({
      outcome: 'unknown',
      happened: 'no fault of the stage has begun',
    });
  });

  it.each<[Verdict, string, string]>([
    ['held', 'as predicted', 'otherwise'],
    ['deviated', 'as predicted', 'otherwise'],
    ['halted', 'unknown', 'otherwise'],
    ['inconclusive', 'unknown', 'otherwise'],
    ['errored', 'unknown', 'otherwise'],
  ])('of a run that %s, what is met makes it %s and what is missed makes it %s', (verdict, met, missed) => {
    const judged = (state: 'met' | 'missed') =>
      of(...run(1, 0, { verdict, tolerances: { 'orders.errorRate': state } }))['orders']?.outcome;
    expect([judged('met'), judged('missed')]).toEqual([met, missed]);
  });
});

describe('a prediction that people watch for', () => {
  it('is as the last of them said, who is named', () => {
    const found = of(
      ...run(1, 0, {}),
      saw(210, 'as predicted'),
      saw(220, 'otherwise', 'No banner on phones'),
    );
    expect(found['banner']).toMatchObject({ outcome: 'otherwise', happened: 'No banner on phones', by: sam });
    expect(of(...run(1, 0, {}))['banner']?.outcome).toBe('unknown');
  });
});

describe('of several attempts', () => {
  it('the last one that could show something counts, and the earlier ones are kept', () => {
    const found = of(
      ...run(1, 0, { verdict: 'deviated', tolerances: { 'orders.errorRate': 'missed' } }),
      saw(210, 'otherwise'),
      ...run(2, 300, { tolerances: { 'orders.errorRate': 'met' } }),
      launched(600, 1, 3),
      ended(610, { attempt: 3, verdict: 'rejected', rejection: 'busy' }),
    );
    expect(found['orders']).toMatchObject({ attempt: 2, outcome: 'as predicted' });
    expect(found['orders']?.earlier).toEqual([
      { attempt: 1, outcome: 'otherwise', happened: 'orders.errorRate was missed' },
    ]);
    expect(found['banner']).toMatchObject({ attempt: 2, outcome: 'unknown' });
    expect(found['banner']?.earlier).toMatchObject([{ attempt: 1, outcome: 'otherwise', by: sam }]);
  });
});
