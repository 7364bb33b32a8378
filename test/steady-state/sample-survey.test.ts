import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mark, Observation } from '../../lib/steady-state/observation.ts';
import { createRepetitions, surveySamples } from '../../lib/steady-state/sample-survey.ts';
import { mark, marks, samples, well } from './recorded.ts';

function surveyOf(observations: readonly Observation[]) {
  const survey = surveySamples();
  for (const [index, observation] of observations.entries()) survey.add({ line: index + 1, observation });
  return survey;
}

const problemsOf = (several: readonly Mark[]) =>
  surveyOf(several)
    .markProblems()
    .map(({ line, message }) => `${line}: ${message}`);

describe('the marks of a file of samples', () => {
  it('may stand anywhere in it: time decides', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...marks], { minLength: marks.length }), (shuffled) => {
        expect(problemsOf(shuffled)).toEqual([]);
      }),
    );
  });

  it.each([
    [[]],
    [[mark(0, 'baseline-start')]],
    [[mark(30, 'fault-start'), mark(90, 'fault-end')]],
    [[mark(0, 'baseline-start'), mark(30, 'fault-start')]],
  ])('may be missing where nothing follows them', (several) => {
    expect(problemsOf(several)).toEqual([]);
  });

  it.each([
    [
      'a doubled beginning',
      [mark(0, 'baseline-start'), mark(1, 'baseline-start')],
      /^2: .*again, after that of line 1/,
    ],
    ['a fault in a fault', [mark(0, 'fault-start'), mark(1, 'fault-start')], /^2: .*again/],
    [
      'an end without its beginning',
      [mark(0, 'baseline-start'), mark(1, 'fault-end')],
      /^2: the mark 'fault-end' cannot follow 'baseline-start' \(line 1\)/,
    ],
    [
      'a fault before the baseline',
      [mark(0, 'fault-start'), mark(1, 'fault-end'), mark(2, 'baseline-start')],
      /^3: the mark 'baseline-start' cannot follow/,
    ],
    [
      'a recovery from nothing',
      [mark(1, 'recovery-end')],
      /^1: the first mark is 'recovery-end', before which/,
    ],
    ['a recovery of what goes on', [mark(0, 'fault-start'), mark(1, 'recovery-end')], /^2: /],
    ['a fault after the recovery', [...marks, mark(150, 'fault-start')], /^5: /],
  ])('cannot be in an order that never was: %s', (_, several, problem) => {
    expect(problemsOf(several)).toEqual([expect.stringMatching(problem)]);
  });
});

describe('the samples of a file', () => {
  it('are out of order where one stands after a later one of its probe', () => {
    const [first, second] = [
      samples(0, 1, undefined, { perSecond: 1 }),
      samples(1, 2, undefined, { perSecond: 1 }),
    ];
    const other = samples(0, 1, undefined, { perSecond: 1, probe: 'checkout' });
    expect(surveyOf([...first, ...second, ...other]).late).toBeUndefined();
    expect(surveyOf([...second, ...first, ...first]).late).toMatchObject({ count: 2, first: { line: 2 } });
  });

  it('are counted by probe', () => {
    const survey = surveyOf([...marks, ...samples(0, 1), ...samples(0, 2, undefined, { probe: 'checkout' })]);
    expect([...survey.probes]).toEqual([
      ['products', 10],
      ['checkout', 20],
    ]);
    expect(survey.samples).toBe(30);
  });

  it('repeat one another when probe, instant and all that was seen are the same', () => {
    const [sample] = samples(0, 1, () => well, { perSecond: 1 });
    if (sample === undefined) throw new Error('there is no sample');
    const told = (several: readonly (typeof sample)[]) => {
      const repetitions = createRepetitions();
      return several.map((one) => repetitions.isRepeated(one));
    };
    expect(told([sample, { ...sample }])).toEqual([false, true]);
    expect(told([sample, { ...sample, at: sample.at.replace('.000Z', 'Z') }])).toEqual([false, true]);
    expect(told([sample, { ...sample, latencyMs: 21 }])).toEqual([false, false]);
    expect(told([sample, { ...sample, probe: 'checkout' }])).toEqual([false, false]);
    expect(told([sample, ...samples(1, 2, () => well, { perSecond: 1 })])).toEqual([false, false]);
  });
});
