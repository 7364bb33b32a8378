import { describe, expect, it } from 'vitest';
import { experimentSchema } from '../../lib/experiment/experiment.ts';
import { readSet } from '../../lib/plan/read-set.ts';
import { experimentOf, runnerInputSchema } from '../../lib/plan/runner-input.ts';
import { withSet } from '../../lib/plan/variants.ts';
import { withFields } from '../fakes/matching.ts';
import { environmentTarget, planOf, problemsIn, slowDatabase } from './examples.ts';
import { openDatabase } from './opened.ts';

const experiment = experimentSchema.parse(openDatabase);

describe('what is set at the start', () => {
  it('is read from texts, with the defaults of all that is left alone', () => {
    expect(readSet(experiment, ['delay=1s'])).toEqual({ delay: '1s', jitter: '0ms' });
    expect(readSet(experiment, [])).toEqual({ delay: '500ms', jitter: '0ms' });
    expect(readSet(experimentSchema.parse(slowDatabase), [])).toBeUndefined();
  });

  it.each([
    [['dealy=1s'], 'opens.dealy', "'dealy' is not open to be set"],
    [['delay=3s'], 'opens.delay', "'delay' may not be '3s': it is one of 500ms, 1s, 2s"],
    [
      ['delay=1s', 'delay=2s'],
      'opens.delay',
      "'delay' is set twice, to '1s' and to '2s': a run has one value",
    ],
  ])('is refused with what is open: %j', (texts, path, message) => {
    expect(() => readSet(experiment, texts)).toThrow(
      withFields({
        code: 'invalid',
        hint: 'open to be set: delay (500ms, 1s, 2s), jitter (0ms, 100ms)',
        problems: [withFields({ path: path.split('.'), message })],
      }),
    );
  });

  it('is refused of an experiment that opens nothing, and in another form', () => {
    const closed = experimentSchema.parse(slowDatabase);
    expect(() => readSet(closed, ['delay=1s'])).toThrow(withFields({ hint: 'open to be set: nothing' }));
    expect(() => readSet(experiment, ['delay'])).toThrow(withFields({ code: 'usage' }));
  });

  it('is what the plan does, says and hands to the run', () => {
    const set = { delay: '2s', jitter: '100ms' };
    const plan = planOf(openDatabase, environmentTarget(), undefined, set);
    expect(plan.input).toMatchObject({
      set,
      definition: openDatabase,
      stages: [{ faults: [{ parameters: { delayMilliseconds: '2000' } }] }, {}, {}],
    });
    const actions = plan.templates.flatMap((template) => Object.values(template.actions));
    expect(actions.map(({ parameters }) => parameters['jitterMilliseconds'])).toContain('100');
    expect(experimentOf(runnerInputSchema.parse(plan.input)).faults).toEqual(withSet(experiment, set).faults);
  });

  it('is said of the defaults, too', () => {
    expect(planOf(openDatabase).input.set).toEqual({ delay: '500ms', jitter: '0ms' });
    expect(planOf().input.set).toBeUndefined();
  });

  it('is checked in every combination, each thing once', () => {
    const opens = { ...openDatabase.opens, delay: ['500ms', '0.5ms'] };
    expect(problemsIn({ ...openDatabase, opens })).toEqual([
      'whole-milliseconds faults.slow.parameters.delay',
    ]);
  });
});
