import { Duration, Token } from 'aws-cdk-lib';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import * as z from 'zod';
import type { FisAction } from '../../../lib/cdk/template/action-props.ts';
import { FisTarget } from '../../../lib/cdk/template/fis-target.ts';
import { problemsOf, refusalOf, stopTasks, tasks, template } from './fixture.ts';

const wait = (duration: `${number}${'m' | 'h'}`, ...startAfter: string[]): FisAction => ({
  action: 'aws:fis:wait',
  duration,
  ...(startAfter.length === 0 ? {} : { startAfter }),
});
const waits = (actions: Readonly<Record<string, FisAction>>) => () => template({ targets: {}, actions });
/** What JavaScript hands over, which no compiler has seen. */
const asGiven = z.custom<FisAction>();
const latency: FisAction = { action: 'aws:ecs:task-network-latency', target: 'tasks', duration: '2m' };

describe('the order of actions', () => {
  it('may be a chain of twenty, of which one runs at a time', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 20 }, (_, n) => [`w${n}`, wait('30m', ...(n === 0 ? [] : [`w${n - 1}`]))]),
    );
    expect(waits(chain)).not.toThrow();
  });

  it('has no cycle, and the one it has is named', () => {
    const cycle = { a: wait('1m', 'c'), b: wait('1m', 'a'), c: wait('1m', 'b'), d: wait('1m') };
    expect(refusalOf(waits(cycle)).problems).toMatchObject([
      {
        code: 'cycle',
        path: ['actions', 'a', 'startAfter'],
        message: "wait for each other: 'a' after 'c' after 'b' after 'a'",
      },
    ]);
  });

  it('lets nothing wait for itself', () => {
    expect(refusalOf(waits({ a: wait('1m', 'a') })).message).toContain("'a' waits for itself");
  });

  it('names actions that are there, and tells the nearest', () => {
    expect(refusalOf(waits({ first: wait('1m'), second: wait('1m', 'frist') })).problems).toMatchObject([
      { code: 'unknown-name', path: ['actions', 'second', 'startAfter'], hint: "did you mean 'first'?" },
    ]);
  });

  it('lets ten run at once, and not eleven', () => {
    const beside = (count: number) =>
      waits(Object.fromEntries(Array.from({ length: count }, (_, n) => [`w${n}`, wait('1m')])));
    expect(beside(10)).not.toThrow();
    expect(problemsOf(beside(11))).toEqual(['too-many-parallel actions']);
  });

  it('counts as at once only what runs at the same time', () => {
    const early = Array.from({ length: 6 }, (_, n) => [`early${n}`, wait('1m')] as const);
    const late = Array.from({ length: 6 }, (_, n) => [`late${n}`, wait('1m', 'early0')] as const);
    expect(waits(Object.fromEntries([...early, ...late]))).not.toThrow();
    const longer = early.map(([name], n) => [name, wait(n === 0 ? '1m' : '2m')] as const);
    expect(problemsOf(waits(Object.fromEntries([...longer, ...late])))).toEqual([
      'too-many-parallel actions',
    ]);
  });

  it('counts actions that are over at once, too', () => {
    const stops = Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`s${n}`, stopTasks]));
    expect(problemsOf(() => template({ actions: stops }))).toEqual(['too-many-parallel actions']);
  });

  it('ends within twelve hours', () => {
    expect(waits({ a: wait('6h'), b: wait('6h', 'a') })).not.toThrow();
    expect(refusalOf(waits({ a: wait('6h'), b: wait('361m', 'a') })).problems).toMatchObject([
      {
        code: 'too-long',
        path: ['actions', 'b'],
        message: 'ends 721m after the start, and FIS ends an experiment after 12h',
      },
    ]);
  });

  it('lets no two network actions hit the same tasks at once', () => {
    const loss: FisAction = { action: 'aws:ecs:task-network-packet-loss', target: 'tasks', duration: '2m' };
    expect(problemsOf(() => template({ actions: { slow: latency, lossy: loss } }))).toEqual([
      'parallel-network-faults actions.lossy',
    ]);
    const after = { slow: latency, lossy: { ...loss, startAfter: 'slow' } };
    expect(() => template({ actions: after })).not.toThrow();
    const others = FisTarget.tagged({ tags: { Service: 'cart' }, selection: 'all' });
    const apart = { slow: latency, lossy: { ...loss, target: 'others' } };
    expect(() => template({ actions: apart, targets: { tasks, others } })).not.toThrow();
  });

  it('is accepted whenever every action waits only for those before it, within the limits', () => {
    const order = fc.array(fc.array(fc.nat(19), { maxLength: 3 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(order, (after) => {
        const actions = after.map((indices, n) => {
          const before = indices.filter((index) => index < n).map((index) => `w${index}`);
          return [`w${n}`, wait('1m', ...before)] as const;
        });
        waits(Object.fromEntries(actions))();
      }),
      { numRuns: 50 },
    );
  });
});

describe('an action', () => {
  const only = (action: unknown) => () => template({ actions: { it: asGiven.parse(action) } });

  it.each<[string, unknown, string]>([
    [
      'is one that FIS has, with the nearest told',
      { action: 'aws:ecs:stop-tsk', target: 'tasks' },
      "actions.it.action: 'aws:ecs:stop-tsk' is no action that Steadfast knows\n    did you mean 'aws:ecs:stop-task'?",
    ],
    [
      'is not one that FIS has given up',
      { action: 'aws:elasticache:interrupt-cluster-az-power', target: 'tasks', duration: '5m' },
      "AWS is retiring it: write 'aws:elasticache:replicationgroup-interrupt-az-power'",
    ],
    ['says which it is', { target: 'tasks' }, 'actions.it.action: is missing'],
    ['is a map', 'stop', "actions.it: 'stop' is no action"],
    [
      'has no keys that mean nothing',
      { ...stopTasks, paramaters: {} },
      "actions.it.paramaters: is no key of an action\n    did you mean 'parameters'?",
    ],
    [
      'has parameters that the action has',
      { ...latency, parameters: { delya: '500ms' } },
      "actions.it.parameters.delya: there is no key 'delya' here\n    did you mean 'delay'?",
    ],
    [
      'has values of the right kind',
      { ...latency, parameters: { delay: 500 } },
      'actions.it.parameters.delay: 500 is no duration',
    ],
    [
      'has values in range',
      {
        action: 'aws:lambda:invocation-add-delay',
        target: 'tasks',
        parameters: { delay: '20m' },
        duration: '5m',
      },
      'actions.it.parameters.delay: is out of range',
    ],
    [
      'has values that FIS takes whole',
      { ...latency, parameters: { delay: '1.5ms' } },
      "actions.it.parameters.delay: '1.5ms' is no whole number of milliseconds",
    ],
    [
      'has the parameters that the action needs',
      { action: 'aws:lambda:invocation-error', target: 'tasks', duration: '5m' },
      'actions.it.parameters: is missing',
    ],
    [
      'says how long it lasts',
      { action: 'aws:ecs:task-network-latency', target: 'tasks' },
      "actions.it.duration: is missing: aws:ecs:task-network-latency lasts\n    write how long, such as '5m'",
    ],
    [
      'says no duration where it is over at once',
      { ...stopTasks, duration: '5m' },
      'actions.it.duration: aws:ecs:stop-task is over at once and takes no duration',
    ],
    ['lasts whole seconds', { ...latency, duration: '1500ms' }, "'1500ms' is no whole number of seconds"],
    ['lasts some time', { ...latency, duration: '0s' }, "'0s' is no whole number of seconds above 0"],
    ['lasts a duration', { ...latency, duration: 'long' }, "'long' is no duration"],
    [
      'lasts as long as FIS asks',
      { action: 'aws:fis:wait', duration: '30s' },
      "actions.it.duration: '30s' is shorter than aws:fis:wait lasts at least, 1m",
    ],
    [
      'lasts a time that is known',
      { ...latency, duration: Duration.seconds(Token.asNumber({ Ref: 'Length' })) },
      'actions.it.duration: is known only when it is deployed',
    ],
    ['has a target where it acts on one', { action: 'aws:ecs:stop-task' }, 'actions.it.target: is missing'],
    [
      'has no target where it acts on none',
      { action: 'aws:fis:wait', duration: '1m', target: 'tasks' },
      'actions.it.target: aws:fis:wait acts on no target',
    ],
    [
      'names its target',
      { ...stopTasks, target: 7 },
      "actions.it.target: 7 is not the name of one of the template's targets",
    ],
    ['names what it starts after', { ...stopTasks, startAfter: 7 }, 'actions.it.startAfter: 7 is not'],
    ['has a short description', { ...stopTasks, description: 'x'.repeat(513) }, 'actions.it.description: '],
  ])('%s', (_, action, message) => {
    expect(refusalOf(only(action)).message).toContain(message);
  });

  it('has a name that FIS takes', () => {
    expect(problemsOf(() => template({ actions: { '1st': stopTasks } }))).toEqual(['bad-name actions.1st']);
  });
});

describe('the compiler', () => {
  it('knows the parameters of the action chosen, and no others', () => {
    type Latency = { action: 'aws:ecs:task-network-latency'; target: 'tasks'; duration: '5m' };
    expectTypeOf<Latency & { parameters: { delay: '500ms' } }>().toExtend<FisAction>();
    expectTypeOf<Latency & { parameters: { delay: 500 } }>().not.toExtend<FisAction>();
    expectTypeOf<Latency & { parameters: { delay: '500' } }>().not.toExtend<FisAction>();
    expectTypeOf<{ action: 'aws:ecs:stop-tsk'; target: 'tasks' }>().not.toExtend<FisAction>();
    expectTypeOf<{ action: 'aws:ecs:stop-task' }>().not.toExtend<FisAction>();
  });

  it.each<FisAction>([{ ...latency, parameters: { delay: '500ms' } }, stopTasks])(
    'accepts what synthesis accepts',
    (action) => {
      expect(() => template({ actions: { it: action } })).not.toThrow();
    },
  );
});
