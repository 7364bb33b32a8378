import { describe, expect, it } from 'vitest';
import {
  decidedIn,
  definitionIn,
  fateOf,
  importTemplate,
  refusedIn,
  stopTasks,
  templateWith,
} from './importing.ts';

const target = (service: string, selectionMode = 'ALL') => ({
  resourceType: 'aws:ecs:task',
  resourceTags: { Service: service, Env: 'staging' },
  selectionMode,
});

const slow = (hit: string, duration: string, startAfter?: readonly string[]) => ({
  actionId: 'aws:ecs:task-network-latency',
  parameters: { duration, delayMilliseconds: '500' },
  targets: { Tasks: hit },
  ...(startAfter === undefined ? {} : { startAfter }),
});

const stop = (hit: string, startAfter?: readonly string[]) => ({
  actionId: 'aws:ecs:stop-task',
  targets: { Tasks: hit },
  ...(startAfter === undefined ? {} : { startAfter }),
});

const wait = (duration: string, startAfter?: readonly string[]) => ({
  actionId: 'aws:fis:wait',
  parameters: { duration },
  ...(startAfter === undefined ? {} : { startAfter }),
});

const withActions = (
  actions: unknown,
  targets: object = { One: target('shop'), Two: target('shop', 'PERCENT(50)') },
) => templateWith({ actions, targets });

describe('the order of actions', () => {
  it('is a ramp where the same fault comes again with more targets', () => {
    const result = importTemplate(
      withActions({
        half: slow('Two', 'PT2M'),
        rest: wait('PT3M', ['half']),
        all: slow('One', 'PT5M', ['rest']),
      }),
    );
    expect(definitionIn(result)).toMatchObject({
      faults: { half: { action: 'aws:ecs:task-network-latency', parameters: { delay: '500ms' } } },
      stages: [
        { share: '50%', duration: '2m', soak: '3m' },
        { share: '100%', duration: '5m' },
      ],
    });
    expect(Object.keys(definitionIn(result).faults)).toEqual(['half']);
    expect(fateOf(result, 'actions.all.startAfter.0')).toContain('mapped');
    expect(fateOf(result, 'actions.rest.parameters.duration')).toContain('approximated');
  });

  it('is several experiments where different faults follow each other', () => {
    const result = importTemplate(withActions({ slow: slow('One', 'PT2M'), stop: stop('Two', ['slow']) }));
    expect(result.definitions.map(({ definition }) => [definition.id, Object.keys(definition)])).toHaveLength(
      2,
    );
    const [first, second] = result.definitions.map(({ definition }) => definition);
    expect(first).toMatchObject({
      id: 'half-of-the-shop-stops',
      title: 'Half of the shop stops (step 1)',
      stages: [{ duration: '2m' }],
    });
    expect(second).toMatchObject({
      id: 'half-of-the-shop-stops-2',
      stages: [{ share: '50%', duration: '5m' }],
    });
    expect(result.notes).toEqual([expect.stringContaining('a campaign runs them one after the other')]);
    expect(fateOf(result, 'actions.stop.actionId')).toBe(
      'mapped half-of-the-shop-stops-2: faults.stop.action',
    );
    expect(fateOf(result, 'actions.stop.startAfter.0')).toContain('experiments of their own');
    const ids = result.decisions.map(({ definition, path }) => `${definition} ${path.join('.')}`);
    expect(ids).toContain('half-of-the-shop-stops-2 stages.0.duration');
  });

  it('is one stage where faults overlap, as long as the longest and with the least share', () => {
    const result = importTemplate(
      withActions({
        slow: slow('Two', 'PT4M'),
        later: wait('PT1M'),
        stop: stop('One', ['later']),
        brief: slow('One', 'PT2M'),
      }),
    );
    expect(definitionIn(result).stages).toEqual([{ share: '50%', duration: '4m' }]);
    expect(fateOf(result, 'actions.brief.parameters.duration')).toContain(
      'all faults of a stage last as long as it does',
    );
    expect(fateOf(result, 'targets.One.selectionMode')).toContain('approximated');
    expect(fateOf(result, 'actions.stop.startAfter.0')).toContain('all faults of a stage start at once');
    expect(decidedIn(result)['stages.0.share']).toContain('50% and 100%');
    expect(decidedIn(result)['stages.0.duration']).toContain('over sooner: brief (2m)');
    const mixed = importTemplate(
      withActions(
        { slow: slow('One', 'PT4M'), stop: stop('Two') },
        { One: target('shop', 'COUNT(1)'), Two: target('shop') },
      ),
    );
    expect(definitionIn(mixed).stages[0]?.share).toBe('one');
  });

  it('begins with a baseline as long as the first wait', () => {
    const result = importTemplate(
      withActions({ before: wait('PT10M'), slow: slow('One', 'PT2M', ['before']) }),
    );
    expect(definitionIn(result).baseline).toBe('10m');
  });

  it('holds a stage open by the wait after actions that are over at once', () => {
    const result = importTemplate(withActions({ stop: stop('One'), hold: wait('PT7M', ['stop']) }));
    expect(definitionIn(result).stages).toEqual([{ share: '100%', duration: '7m' }]);
    expect(decidedIn(result)).not.toHaveProperty('stages.0.duration');
    const short = importTemplate(withActions({ stop: stop('One'), hold: wait('PT30S', ['stop']) }));
    expect(definitionIn(short).stages[0]?.duration).toBe('1m');
    expect(decidedIn(short)['stages.0.duration']).toContain('30s is shorter than FIS lasts at least');
  });

  it('leaves looks at alarms to admission, unless nothing else happens', () => {
    const alarm = 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:shop-latency';
    const look = {
      actionId: 'aws:cloudwatch:assert-alarm-state',
      parameters: { alarmArns: alarm, alarmStates: 'OK', x: 'y' },
    };
    const beside = importTemplate(withActions({ look, slow: slow('One', 'PT2M', ['look']) }));
    expect(Object.keys(definitionIn(beside).faults)).toEqual(['slow']);
    expect(fateOf(beside, 'actions.look.parameters.alarmArns')).toContain('every guard must be OK');
    expect(fateOf(beside, 'actions.look.parameters.x')).toContain('no such parameter');
    const alone = importTemplate(withActions({ look }));
    expect(definitionIn(alone).faults['look']).toMatchObject({
      parameters: { alarms: ['latency'], states: ['OK'] },
    });
  });

  it.each([
    ['wait for each other', { a: stop('One', ['b']), b: stop('One', ['a']) }, 'broken actions'],
    ['wait for what is not there', { a: stop('One', ['b']) }, 'broken actions.a'],
    ['only wait', { a: wait('PT1M') }, 'no-action actions'],
    ['are none', {}, 'no-action actions'],
    ['are no map', 'x', 'broken actions'],
    [
      'are too many',
      Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`a${at}`, stop('One')])),
      'too-many-actions actions',
    ],
    ['last too long', { a: slow('One', 'PT7H'), b: slow('One', 'PT7H', ['a']) }, 'too-long actions'],
    ['wait for no texts', { a: { ...stop('One'), startAfter: [{}] } }, 'broken actions.a.startAfter'],
    ['wait for no list', { a: { ...stop('One'), startAfter: 'b' } }, 'broken actions.a.startAfter'],
    ['wait for no time', { a: stop('One'), b: wait('soon') }, 'broken actions.b.parameters.duration'],
  ])('is refused where actions %s', (_, actions, refused) => {
    expect(refusedIn(importTemplate(withActions(actions)))).toContain(refused);
  });

  it('may be empty', () => {
    const result = importTemplate(
      withActions({ a: { ...stop('One', []), parameters: {} }, b: { ...wait('PT1M'), parameters: {} } }),
    );
    expect(fateOf(result, 'actions.a.startAfter')).toContain('mapped');
    expect(fateOf(result, 'actions.b.parameters')).toContain('approximated');
  });
});

describe('an action', () => {
  it.each([
    ['aws:ecs:stop-tsk', "did you mean 'aws:ecs:stop-task'?"],
    ['aws:lambda:put-function-concurrent-executions', "no action of FIS limits a function's concurrency"],
    ['something:else', 'steadfast faults lists those that it knows'],
  ])('that Steadfast does not know is refused with a hint: %s', (actionId, hint) => {
    const result = importTemplate(withActions({ a: { actionId } }));
    expect(refusedIn(result)).toEqual(['unknown-action actions.a.actionId']);
    expect(result.refusals[0]?.hint).toContain(hint);
  });

  it.each([
    ['no id', {}, 'broken actions.a'],
    ['no target', { actionId: 'aws:ecs:stop-task' }, 'broken actions.a.targets'],
    ['no map of targets', { actionId: 'aws:ecs:stop-task', targets: 'One' }, 'broken actions.a.targets'],
    [
      'no name of a target',
      { actionId: 'aws:ecs:stop-task', targets: { Tasks: [] } },
      'broken actions.a.targets.Tasks',
    ],
  ])('with %s is refused', (_, action, refused) => {
    expect(refusedIn(importTemplate(withActions({ a: action })))).toContain(refused);
  });

  it('may have targets under keys that FIS does not read, and words about itself', () => {
    const result = importTemplate(
      withActions({
        a: { ...stop('One'), targets: { Tasks: 'One', Others: 'Two' }, description: 'Stops  all' },
      }),
    );
    expect(fateOf(result, 'actions.a.targets.Others')).toContain('takes no target under this key');
    expect(definitionIn(result).description).toBe('Half of the shop stops\na: Stops all');
    const without = importTemplate(
      withActions({
        a: {
          actionId: 'aws:ssm:start-automation-execution',
          targets: {},
          parameters: { documentArn: 'cut-the-cable', maxDuration: 'PT5M' },
        },
      }),
    );
    expect(fateOf(without, 'actions.a.targets')).toContain('mapped');
    expect(definitionIn(without).faults['a']).toEqual({
      action: 'aws:ssm:start-automation-execution',
      parameters: { document: 'cutTheCable' },
    });
  });

  it('gives its fault a name that a definition takes', () => {
    const result = importTemplate(
      withActions({ '1 stop!': stop('One'), 'stop-': stop('One'), '---': stop('One') }),
    );
    expect(Object.keys(definitionIn(result).faults)).toEqual(['stop', 'stop-2', 'fault']);
  });
});

describe('what a template calls itself', () => {
  it.each([
    [{ tags: { Name: 'Checkout Down' } }, 'checkout-down', 'Half of the shop stops'],
    [{ description: '', tags: { Name: 'Only a name' } }, 'only-a-name', 'Only a name'],
    [{ description: undefined }, 'from-fis', 'An experiment of FIS'],
    [{ description: 'x'.repeat(400) }, 'x'.repeat(40), 'x'.repeat(120)],
  ])('%j is its id and title', (changed, id, title) => {
    expect(definitionIn(importTemplate(templateWith(changed)))).toMatchObject({ id, title });
  });

  it('leaves an id that is taken to its owner', () => {
    const twice = { Resources: {} as Record<string, unknown> };
    for (const name of ['A', 'B']) {
      const { roleArn: RoleArn, description: Description } = stopTasks;
      twice.Resources[name] = {
        Type: 'AWS::FIS::ExperimentTemplate',
        Properties: {
          RoleArn,
          Description,
          Tags: { Name: 'Same' },
          StopConditions: [{ Source: 'aws:cloudwatch:alarm', Value: 'shop-latency' }],
          Targets: {
            T: {
              ResourceType: 'aws:ecs:task',
              ResourceTags: { Service: 'shop', Env: 'staging' },
              SelectionMode: 'ALL',
            },
          },
          Actions: { S: { ActionId: 'aws:ecs:stop-task', Targets: { Tasks: 'T' } } },
        },
      };
    }
    const result = importTemplate(twice);
    expect(result.definitions.map(({ definition }) => definition.id)).toEqual(['same', 'same-2']);
  });
});
