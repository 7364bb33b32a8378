import { describe, expect, it } from 'vitest';
import { createLocalFis } from '../../../lib/lab/fis/local-fis.ts';
import type { GuardReader } from '../../../lib/lab/guards.ts';
import type { FisTemplate, FisTemplateAction } from '../../../lib/plan/fis-template.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { fakeVictim } from '../support/fake-victim.ts';
import { sequence } from '../support/sequence.ts';
import { fakeLab } from './fake-lab.ts';

const slow: FisTemplateAction = {
  actionId: 'aws:ecs:task-network-latency',
  parameters: { duration: 'PT3.6S', delayMilliseconds: '500', sources: 'database' },
  targets: { Tasks: 'slow' },
};
const stop: FisTemplateAction = { actionId: 'aws:ecs:stop-task', parameters: {}, targets: { Tasks: 'slow' } };
const wait = (duration: string): FisTemplateAction => ({
  actionId: 'aws:fis:wait',
  parameters: { duration },
});

const templateOf = (actions: FisTemplate['actions'], selectionMode = 'PERCENT(50)'): FisTemplate => ({
  description: 'a template',
  targets: {
    slow: { resourceType: 'aws:ecs:task', resourceTags: { Env: 'lab', Service: 'shop' }, selectionMode },
  },
  actions,
  stopOn: ['errors'],
  durationMs: 3_600,
});

function fisWith(
  template: FisTemplate,
  guards: readonly GuardReader[] = [{ name: 'errors', read: async () => 'ok' }],
) {
  const clock = createVirtualClock({ auto: false });
  const { lab, ...fake } = fakeLab();
  const fis = createLocalFis({
    lab,
    labId: 'lab',
    templates: [template],
    guards,
    clock,
    random: sequence(0),
  });
  const start = async (token = 'token') => {
    const { experimentId } = await fis.start(0, { runId: 'run', token });
    await clock.advance(0);
    return experimentId;
  };
  return { fis, clock, start, ...fake };
}

describe('the stand-in FIS', () => {
  it('delays the links of the targets to the sources alone, for as long as the action says', async () => {
    const { fis, clock, start, link, toxicsInPlace } = fisWith(templateOf({ slow }));
    const startedMs = clock.now();
    const id = await start();
    expect(await fis.state(id)).toMatchObject({ status: 'running', actions: { slow: 'running' } });
    expect((await fis.targets(id))?.map((target) => [target.fault, target.id])).toEqual([
      ['slow', 'shop-1'],
      ['slow', 'shop-2'],
    ]);
    expect(link('shop-1', 'database').toxics.size).toBe(1);
    expect(link('shop-2', 'database').toxics.size).toBe(1);
    expect(toxicsInPlace()).toBe(2);
    await clock.advance(3_599);
    expect(toxicsInPlace()).toBe(2);
    await clock.advance(1);
    expect(toxicsInPlace()).toBe(0);
    expect(await fis.state(id)).toEqual({
      status: 'completed',
      reason: 'the experiment is completed',
      actions: { slow: 'completed' },
      faultStartMs: startedMs,
      endMs: clock.now(),
    });
    expect(await fis.active('run')).toEqual([]);
  });

  it("takes FIS's own defaults: 200 ms either way by 10, all flows, all links", async () => {
    const { start, link, toxicsInPlace } = fisWith(
      templateOf({ slow: { ...slow, parameters: { duration: 'PT1S' } } }, 'COUNT(1)'),
    );
    await start();
    expect(toxicsInPlace()).toBe(2);
    const [toxic] = link('shop-1', 'queue').toxics;
    expect(toxic).toMatchObject({ direction: 'upstream', toxicity: 1 });
    const bytes = { kind: 'bytes', bytes: Buffer.from('x') } as const;
    expect(toxic?.affect(fakeVictim(sequence(0)).victim).pass(bytes)).toEqual([
      { piece: bytes, holdMs: 190 },
    ]);
  });

  it('reads the share of flows as the probability of each connection', async () => {
    const parameters = { ...slow.parameters, flowsPercent: '25' };
    const { start, link } = fisWith(templateOf({ slow: { ...slow, parameters } }));
    await start();
    expect([...link('shop-1', 'database').toxics][0]?.toxicity).toBe(0.25);
  });

  it('tells for each target what was delayed', async () => {
    const { fis, clock, start, link } = fisWith(templateOf({ slow }));
    link('shop-2', 'database').traffic = false;
    const id = await start();
    await clock.advance(3_600);
    expect(await fis.bite(0, id)).toEqual([
      {
        fault: 'slow',
        bit: true,
        evidence:
          'shop-1 to database: 3 chunks (30 bytes) of 1 connections delayed, the longest by 501 ms; ' +
          'shop-2 to database: nothing was sent that could be delayed',
      },
    ]);
  });

  it('says that nothing bit where nothing was delayed', async () => {
    const { fis, clock, start, link } = fisWith(templateOf({ slow }, 'COUNT(1)'));
    link('shop-1', 'database').traffic = false;
    const id = await start();
    await clock.advance(3_600);
    expect(await fis.bite(0, id)).toMatchObject([{ bit: false }]);
  });

  it('stops tasks, with their old processes as evidence', async () => {
    const { fis, start, stopped } = fisWith(templateOf({ kill: stop }, 'COUNT(1)'));
    const id = await start();
    expect(stopped).toEqual(['shop-1']);
    expect(await fis.state(id)).toMatchObject({ status: 'completed' });
    expect(await fis.bite(0, id)).toEqual([{ fault: 'slow', bit: true, evidence: 'shop-1: gone' }]);
  });

  it('starts an action at once, or after those that it waits for', async () => {
    const { fis, clock, start, stopped } = fisWith(
      templateOf({ kill: { ...stop, startAfter: ['first'] }, first: wait('PT60S'), beside: wait('PT90S') }),
    );
    const id = await start();
    expect((await fis.state(id)).actions).toEqual({ kill: 'pending', first: 'running', beside: 'running' });
    // A wait is no fault.
    expect((await fis.state(id)).faultStartMs).toBeUndefined();
    const startedMs = clock.now();
    await clock.advance(60_000);
    expect((await fis.state(id)).faultStartMs).toBe(startedMs + 60_000);
    expect(stopped).toHaveLength(2);
    expect((await fis.state(id)).actions).toEqual({
      kill: 'completed',
      first: 'completed',
      beside: 'running',
    });
    await clock.advance(30_000);
    expect(await fis.state(id)).toMatchObject({ status: 'completed' });
  });

  it('stops at once when asked, undoes the fault and starts nothing more; stopping again is no error', async () => {
    const { fis, clock, start, stopped, toxicsInPlace } = fisWith(
      templateOf({ slow, kill: { ...stop, startAfter: ['slow'] } }),
    );
    const startedMs = clock.now();
    const id = await start();
    expect(await fis.active('run')).toEqual([id]);
    expect(await fis.active('another run')).toEqual([]);
    await fis.stop(id);
    expect(await fis.state(id)).toMatchObject({ status: 'stopping' });
    await clock.advance(0);
    expect(await fis.state(id)).toEqual({
      status: 'stopped',
      reason: 'stopped on request',
      stoppedBy: 'caller',
      actions: { slow: 'stopped', kill: 'cancelled' },
      faultStartMs: startedMs,
      endMs: clock.now(),
    });
    expect(toxicsInPlace()).toBe(0);
    expect(stopped).toEqual([]);
    await fis.stop(id);
    expect((await fis.state(id)).status).toBe('stopped');
  });

  it('gives the same experiment for the same token', async () => {
    const { start, link } = fisWith(templateOf({ slow }));
    const first = await start('a');
    expect(await start('a')).toBe(first);
    expect(link('shop-1', 'database').seen).toHaveLength(1);
    expect(await start('b')).not.toBe(first);
  });

  it('halts within half a second when a guard goes into alarm, and not for one that has no data', async () => {
    let state: 'ok' | 'alarm' | 'no data' = 'no data';
    const { fis, clock, start, toxicsInPlace } = fisWith(templateOf({ slow }), [
      { name: 'errors', read: async () => state },
    ]);
    const id = await start();
    await clock.advance(1_000);
    expect((await fis.state(id)).status).toBe('running');
    state = 'alarm';
    await clock.advance(500);
    expect(await fis.state(id)).toMatchObject({
      status: 'stopped',
      stoppedBy: 'guard',
      reason: "Experiment halted by stop condition: the guard 'errors' is in alarm",
    });
    expect(toxicsInPlace()).toBe(0);
  });

  it('begins no action when a guard is in alarm at the start', async () => {
    const { fis, start, link } = fisWith(templateOf({ slow }), [
      { name: 'errors', read: async () => 'alarm' },
    ]);
    const id = await start();
    expect(await fis.state(id)).toMatchObject({
      status: 'stopped',
      stoppedBy: 'guard',
      actions: { slow: 'cancelled' },
    });
    expect(link('shop-1', 'database').seen).toEqual([]);
    expect(await fis.bite(0, id)).toEqual([{ fault: 'slow', bit: false, evidence: 'it never started' }]);
  });

  it('fails when a target resolves to nothing', async () => {
    const { fis, start, link } = fisWith(templateOf({ slow }, 'PERCENT(10)'));
    const id = await start();
    expect(await fis.state(id)).toMatchObject({ status: 'failed', actions: { slow: 'cancelled' } });
    expect((await fis.state(id)).reason).toContain('less than one');
    expect(await fis.targets(id)).toBeUndefined();
    expect(link('shop-1', 'database').seen).toEqual([]);
  });

  it('fails with the reason of an action that fails, and undoes the others', async () => {
    const broken: FisTemplateAction = {
      ...slow,
      parameters: { duration: 'PT3.6S', sources: 'printer' },
      startAfter: ['first'],
    };
    const { fis, clock, start, toxicsInPlace } = fisWith(templateOf({ slow, first: wait('PT1S'), broken }));
    const id = await start();
    expect(toxicsInPlace()).toBe(2);
    await clock.advance(1_000);
    expect(await fis.state(id)).toMatchObject({
      status: 'failed',
      reason: "action 'broken' failed: shop-1 has no link to 'printer'",
      actions: { slow: 'stopped', first: 'completed', broken: 'failed' },
    });
    expect(toxicsInPlace()).toBe(0);
  });

  it('previews targets without any fault', async () => {
    const { fis, link } = fisWith(templateOf({ slow }));
    const targets = await fis.preview(0, 'run');
    expect(targets).toEqual([
      { fault: 'slow', id: 'shop-1', tags: { Service: 'shop', Env: 'lab' } },
      { fault: 'slow', id: 'shop-2', tags: { Service: 'shop', Env: 'lab' } },
    ]);
    expect(link('shop-1', 'database').seen).toEqual([]);
    expect(await fis.active('run')).toEqual([]);
  });

  it.each<[string, FisTemplate, RegExp]>([
    [
      'an action without a stand-in',
      templateOf({ a: { actionId: 'aws:directconnect:virtual-interface-disconnect', parameters: {} } }),
      /virtual-interface-disconnect cannot be rehearsed/,
    ],
    [
      'parameters that FIS would not take',
      templateOf({ a: { ...slow, parameters: { duration: '3s', flowsPercent: '101' } } }),
      /action 'a': aws:ecs:task-network-latency: duration: '3s' is no ISO 8601 duration, such as PT2M; flowsPercent: '101' is no number from 0 to 100/,
    ],
    ['a guard that is not there', { ...templateOf({}), stopOn: ['nobody'] }, /stops on 'nobody'/],
    [
      'a target that is not there',
      templateOf({ a: { ...stop, targets: { Tasks: 'none' } } }),
      /names the target 'none'/,
    ],
    [
      'actions in a circle',
      templateOf({ a: { ...stop, startAfter: ['b'] }, b: { ...stop, startAfter: ['a'] } }),
      /in a circle: a, b/,
    ],
  ])('refuses a template with %s', (_what, template, message) => {
    expect(() => fisWith(template)).toThrow(message);
  });
});
