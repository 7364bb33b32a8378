import { describe, expect, it } from 'vitest';
import { experimentSchema } from '../../../lib/experiment/experiment.ts';
import { problemsOf } from '../../../lib/plan/problems.ts';
import { environmentTarget, labTarget, slowDatabase, staging } from '../examples.ts';

const notesOf = (
  bite: object | undefined,
  durations: readonly string[],
  { period, target }: { period?: `${number}s`; target?: ReturnType<typeof labTarget> } = {},
) => {
  const experiment = experimentSchema.parse({
    ...slowDatabase,
    faults: { slow: { ...slowDatabase.faults.slow, ...(bite === undefined ? {} : { bite }) } },
    stages: durations.map((duration) => ({ share: '100%', duration })),
  });
  const { errorRate } = staging.metrics;
  const metric = period === undefined ? errorRate : { ...errorRate, period };
  const environment = environmentTarget({ ...staging, metrics: { errorRate: metric } });
  return problemsOf(experiment, target ?? environment).filter(({ code }) => code === 'bite-too-late');
};

const rises = { metric: 'errorRate', rises: '20%' };

describe('a stage that may be over before a metric can show that its fault bit', () => {
  it('is noted, with how long it would have to last', () => {
    expect(notesOf(rises, ['3m', '1m'])).toEqual([
      {
        code: 'bite-too-late',
        severity: 'note',
        path: ['stages', 1, 'duration'],
        message:
          "in environment 'staging' the stage may be over before 'errorRate' can show that 'slow' bit: a period of 1m must lie within it, and its data must have come",
        hint: 'let each stage last 2m or longer, or name a metric of shorter periods',
      },
    ]);
  });

  it.each([
    [['2m'], {}, 0],
    [['119s'], {}, 1],
    [['1m'], { period: '10s' }, 0],
    [['2m'], { bite: { ...rises, delay: '1m' } }, 1],
    [['3m'], { bite: { ...rises, delay: '1m' } }, 0],
  ] as const)(
    'of %j with %j has so many notes: %d',
    (durations, { bite = rises, ...more }: { bite?: object; period?: `${number}s` }, count) => {
      expect(notesOf(bite, durations, more)).toHaveLength(count);
    },
  );

  it('is none where no metric is asked: without one, in a lab, or for one that nobody knows', () => {
    expect(notesOf(undefined, ['1m'])).toEqual([]);
    expect(notesOf(rises, ['1m'], { target: labTarget() })).toEqual([]);
    expect(notesOf({ ...rises, metric: 'unknown' }, ['1m'])).toEqual([]);
  });
});
