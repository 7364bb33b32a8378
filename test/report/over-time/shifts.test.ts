import { describe, expect, it } from 'vitest';
import { verdicts } from '../../../lib/experiment/verdict.ts';
import { bearingOf, countsOf } from '../../../lib/report/over-time/past-run.ts';
import { heldShift, recoveryShift } from '../../../lib/report/over-time/shifts.ts';
import { ran, several } from './past-runs.ts';

const names = { earlier: 'in April', later: 'in May' };
const april = '2026-04-01T00:00:00Z';
const may = '2026-05-01T00:00:00Z';
const of = (held: number, deviated: number, start: string) => [
  ...several(held, start),
  ...several(deviated, start, 'deviated'),
];

describe('runs', () => {
  it('say that the system held, that it did not, nothing, or never got that far', () => {
    const said = Object.fromEntries(verdicts.map((verdict) => [verdict, bearingOf({ verdict })]));
    expect(said).toEqual({
      errored: 'not-run',
      unrecovered: 'not-held',
      deviated: 'not-held',
      rejected: 'not-run',
      halted: 'open',
      inconclusive: 'open',
      held: 'held',
    });
    expect(countsOf(verdicts.map((verdict) => ran(may, verdict)))).toEqual({
      runs: 7,
      experiments: 1,
      held: 1,
      notHeld: 2,
      open: 2,
      notRun: 2,
    });
  });
});

describe('how often runs held', () => {
  it('is surely more or less often where the bounds of both times say so', () => {
    expect(heldShift(of(20, 0, april), of(4, 16, may), names)).toMatchObject({
      change: 'worse',
      reason: 'In May 4 of 20 runs held, in April 20 of 20 runs held: surely less often.',
      earlier: { told: 20, held: 20 },
    });
    expect(heldShift(of(4, 16, april), of(20, 0, may), names)).toMatchObject({ change: 'better' });
  });

  it('is not known from a few runs, whatever they look like', () => {
    expect(heldShift(of(1, 0, april), of(0, 1, may), names)).toMatchObject({
      change: 'unknown',
      reason:
        'In May 0 of 1 run held, in April 1 of 1 run held: the runs are too few to say whether that is more than luck.',
    });
    expect(heldShift(several(3, april, 'rejected'), [], names)).toMatchObject({
      change: 'unknown',
      earlier: { told: 0, held: 0, low: 0, high: 1 },
      reason: expect.stringContaining('in April no run said how the system fared') as string,
    });
  });
});

describe('how soon steady state was back', () => {
  const back = (count: number, start: string, seconds: (index: number) => number) =>
    several(count, start, 'held', (index) => ({ recoverySeconds: seconds(index) }));

  it('is surely sooner or later where the middle times are apart', () => {
    const slow = back(15, april, (index) => 30 + index);
    const fast = back(15, may, (index) => 3 + index / 10);
    expect(recoveryShift(slow, fast, names)).toMatchObject({
      change: 'better',
      reason:
        'In May the middle one of 15 runs was back after 3.7 s, in April the middle one of 15 runs was back after 37 s: surely sooner.',
    });
    expect(recoveryShift(fast, slow, names).change).toBe('worse');
  });

  it('is not known of runs too few for a bound, or where half did not come back', () => {
    expect(
      recoveryShift(
        back(5, april, () => 1),
        back(5, may, () => 90),
        names,
      ),
    ).toMatchObject({
      change: 'unknown',
      later: { runs: 5, median: 90 },
    });
    const lost = [
      ...back(2, may, () => 1),
      ...several(6, may, 'unrecovered'),
      ...several(3, may, 'rejected'),
    ];
    expect(recoveryShift([], lost, names)).toMatchObject({
      change: 'unknown',
      later: { runs: 8 },
      reason: expect.stringMatching(
        /^In May steady state did not come back after half of 8 runs or more, in April no recovery was measured: /,
      ) as string,
    });
    // A run that was halted before any fault ended has no time and says nothing of it.
    expect(recoveryShift([], several(2, may, 'halted'), names).later.runs).toBe(0);
  });
});
