import { describe, expect, it } from 'vitest';
import { experimentSchema } from '../../lib/experiment/experiment.ts';
import { changed, told } from '../definitions/told.ts';
import { matching } from '../fakes/matching.ts';
import { slowDatabase } from '../plan/examples.ts';

const toldOf = (path: readonly (string | number)[], value: unknown) =>
  told('experiment', changed(slowDatabase, path, value));

describe('an experiment', () => {
  it('is accepted, with its quantities read', () => {
    const { stages, recovery, faults } = experimentSchema.parse(slowDatabase);
    expect(stages[1]).toEqual({ share: { ratio: 0.5, text: '50%' }, duration: { ms: 180_000, text: '3m' } });
    expect(recovery.objective).toEqual({ ms: 60_000, text: '60s' });
    expect(faults['slow']).toMatchObject({ parameters: { delay: { ms: 500 } } });
  });

  it.each<[string, readonly (string | number)[], unknown, string | RegExp]>([
    ['no title', ['title'], undefined, 'title: is missing: a text is needed'],
    ['an empty hypothesis', ['hypothesis'], '  ', 'hypothesis: must not be empty'],
    ['an id of another form', ['id'], 'Slow DB', /^id: 'Slow DB' is no id: write lower case letters/],
    ['an id too long for AWS', ['id'], 'x'.repeat(41), /^id: an id has at most 40 characters/],
    ['a number for a text', ['title'], 5, 'title: 5 is not a text (put it in quotes)'],
    [
      'a misspelt key',
      ['baselin'],
      '1m',
      "baselin: there is no key 'baselin' here (did you mean 'baseline'?)",
    ],
    ['two letters that changed places', ['recovery', 'wihtin'], '5%', /did you mean 'within'/],
    [
      'a key that is near none',
      ['qqqqqq'],
      1,
      /^qqqqqq: there is no key 'qqqqqq' here \(known here: id, title, /,
    ],
    ['no probe', ['steadyState'], {}, 'steadyState: needs a probe: nothing could be judged'],
    ['no fault', ['faults'], {}, 'faults: needs a fault'],
    [
      'a fault of a lab beside environments',
      ['faults', 'slow'],
      {
        action: 'lab:add-toxic',
        selector: { service: 'shop' },
        parameters: { to: ['database'], name: 'slow', type: 'latency', delay: '1s' },
      },
      "faults.slow.action: lab:add-toxic is a fault of a lab, which FIS does not have, so the experiment can only be rehearsed: remove 'environments', or use an action of FIS",
    ],
    ['no stage', ['stages'], [], 'stages: needs a stage'],
    ['a map in place of a list', ['stages'], {}, 'stages: {} is not a list'],
    ['a baseline of no length', ['baseline'], '0s', /^baseline: '0s' is no duration above 0/],
    [
      'a name with a blank',
      ['faults', 'so slow'],
      slowDatabase.faults.slow,
      /^faults.so slow: 'so slow' is no name/,
    ],
    [
      'stages longer than FIS allows',
      ['stages'],
      [
        { share: 'one', duration: '7h' },
        { share: 'one', duration: '6h' },
      ],
      'stages: the stages last longer than 12 hours together, which FIS does not allow',
    ],
    [
      'a cron schedule without its zone',
      ['environments', 'staging'],
      { schedule: 'cron(0 2 * * ? *)' },
      /^environments.staging.timeZone: a cron schedule needs its time zone/,
    ],
    [
      'a zone that is none',
      ['environments', 'staging'],
      { timeZone: 'Europe/Dubln' },
      "environments.staging.timeZone: 'Europe/Dubln' is no IANA time zone",
    ],
    [
      'another sort of schedule',
      ['environments', 'staging'],
      { schedule: 'weekly' },
      /write an EventBridge Scheduler expression/,
    ],
    [
      'a proof that is no probe',
      ['rollbacks'],
      { undo: { lambda: { function: 'undo' }, provenBy: 'product' } },
      "rollbacks.undo.provenBy: no probe is called 'product' (did you mean 'products'?)",
    ],
  ])('is refused with %s', (_what, path, value, message) => {
    expect(toldOf(path, value)).toEqual([typeof message === 'string' ? message : matching(message)]);
  });

  it('is refused when it runs nowhere', () => {
    const nowhere = changed(changed(slowDatabase, ['lab'], undefined), ['environments'], undefined);
    expect(told('experiment', nowhere)).toEqual([
      'lab: runs nowhere: name a lab to rehearse in, or environments to deploy to',
    ]);
  });

  it.each(['Europe/Dublin', 'UTC', 'US/Eastern', 'Asia/Calcutta'])(
    'takes the time zone %s, also by an older name',
    (timeZone) => {
      expect(toldOf(['environments', 'staging'], { schedule: 'cron(0 2 * * ? *)', timeZone })).toEqual([]);
    },
  );
});

describe('a selector', () => {
  it.each([{}, { tags: {} }, { availabilityZone: 'eu-west-1a' }])(
    'that is empty is refused: %j',
    (selector) => {
      expect(toldOf(['faults', 'slow', 'selector'], selector)).toEqual([
        'faults.slow.selector: selects everything in the environment: name a service, or tags',
      ]);
    },
  );

  it('is a service, or tags', () => {
    expect(toldOf(['faults', 'slow', 'selector'], { tags: { Role: 'web' } })).toEqual([]);
  });
});

describe('a fault', () => {
  it('of an unknown action gets the nearest one suggested', () => {
    expect(toldOf(['faults', 'slow', 'action'], 'aws:ecs:task-network-latncy')).toEqual([
      "faults.slow.action: 'aws:ecs:task-network-latncy' is no action that Steadfast knows (did you mean 'aws:ecs:task-network-latency'?)",
    ]);
  });

  it('without an action is told so, and nothing of its parameters, which are unknown then', () => {
    expect(toldOf(['faults', 'slow', 'action'], undefined)).toEqual([
      'faults.slow.action: is missing: the action is needed (steadfast faults lists them)',
    ]);
  });

  it('gets the keys of its own action suggested', () => {
    expect(toldOf(['faults', 'slow', 'parameters'], { dleay: '1s' })).toEqual([
      "faults.slow.parameters.dleay: there is no key 'dleay' here (did you mean 'delay'?)",
    ]);
    const stop = { action: 'aws:ecs:stop-task', selector: { service: 'shop' }, parameters: { dleay: '1s' } };
    expect(toldOf(['faults', 'slow'], stop)).toEqual([
      "faults.slow.parameters.dleay: there is no key 'dleay' here",
    ]);
  });
});

describe('the share of a stage', () => {
  it.each(['one', '50%', { of: 'traffic', share: '10%' }])('is %j', (share) => {
    expect(toldOf(['stages', 0, 'share'], share)).toEqual([]);
  });

  it.each(['two', '150%', 0.5, null])('is not %j', (share) => {
    expect(toldOf(['stages', 0, 'share'], share)).toEqual([
      matching(/^stages\.0\.share: .* is no share: write 'one', a percentage such as '50%', or \{ of/),
    ]);
  });

  it('of traffic is judged as such when something in it is wrong', () => {
    expect(toldOf(['stages', 0, 'share'], { of: 'traffic', share: 'half' })).toEqual([
      "stages.0.share.share: 'half' is no percentage: write a number from 0 to 100 and '%', such as '1%'",
    ]);
    expect(toldOf(['stages', 0, 'share'], { of: 'trafic', share: '10%' })).toEqual([
      "stages.0.share.of: 'trafic' is none of traffic (did you mean 'traffic'?)",
    ]);
  });
});
