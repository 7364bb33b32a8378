import { describe, expect, it } from 'vitest';
import { experimentSchema } from '../../lib/experiment/experiment.ts';
import { findAction } from '../../lib/fis/catalogue.ts';
import { biteNotesOf } from '../../lib/plan/bite-notes.ts';
import { labTarget, problemsIn, slowDatabase, stopTasks } from './examples.ts';

const notesOf = (changes: object) => biteNotesOf(experimentSchema.parse({ ...slowDatabase, ...changes }));

const bite = { metric: 'errorRate', rises: '20%' } as const;
const withBite = { ...slowDatabase, faults: { slow: { ...slowDatabase.faults.slow, bite } } };

describe("what is noted of a fault's evidence", () => {
  it("is that there is FIS's word alone, and what would show more", () => {
    expect(notesOf({})).toEqual([
      {
        code: 'fis-word-alone',
        severity: 'note',
        path: ['faults', 'slow'],
        message:
          "in AWS nothing but FIS's word will show that 'slow' (aws:ecs:task-network-latency) reached its targets: the SSM agent in each target has reported that it did the work; whether there was anything to feel it, the agent does not say",
        hint: "name a metric that moves when it does, such as the latency of the link: bite: { metric: ..., rises: '20%' }",
      },
    ]);
  });

  it('is that a run can never hold, where that word does not suffice', () => {
    const action = 'aws:lambda:invocation-error';
    const parameters = findAction(action)?.example;
    const fail = { action, selector: { service: 'shop' }, parameters };
    const [note] = notesOf({ faults: { fail } });
    expect(note?.code).toBe('bite-unseen');
    expect(note?.message).toMatch(/so a run can never hold: FIS leaves the fault in a bucket/);
  });

  it.each([
    ['a metric is named', withBite],
    ['the targets themselves are looked at', stopTasks],
    ['it runs nowhere in AWS', { environments: undefined }],
    ['it hits nothing of its own', { faults: { rest: { action: 'aws:fis:wait' } } }],
  ])('is nothing where %s', (_why, changes) => {
    expect(notesOf(changes)).toEqual([]);
  });
});

describe('the metric that a fault names for its bite', () => {
  it('must be a metric of every environment, and need not be one of a lab', () => {
    const unknown = { ...bite, metric: 'databaseLatency' };
    const experiment = { ...slowDatabase, faults: { slow: { ...slowDatabase.faults.slow, bite: unknown } } };
    expect(problemsIn(experiment)).toEqual(['unknown-name faults.slow.bite.metric']);
    expect(problemsIn(experiment, labTarget())).toEqual([]);
    expect(problemsIn(withBite)).toEqual([]);
  });

  it.each([
    [{ metric: 'errorRate' }, "say either 'rises' or 'falls'"],
    [{ metric: 'errorRate', rises: '10%', falls: '10%' }, "say either 'rises' or 'falls'"],
    [{ metric: 'errorRate', rises: '0%' }, 'shows nothing at 0%'],
  ])('is not %j', (wrong, message) => {
    const faults = { slow: { ...slowDatabase.faults.slow, bite: wrong } };
    const parsed = experimentSchema.safeParse({ ...slowDatabase, faults });
    expect(parsed.error?.issues.map((issue) => issue.message).join()).toContain(message);
  });
});
