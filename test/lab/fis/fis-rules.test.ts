import { describe, expect, it } from 'vitest';
import { LocalExperiment, type LocalExperimentOptions } from '../../../lib/lab/fis/local-experiment.ts';
import type { GuardReader } from '../../../lib/lab/guards.ts';
import type { FisTarget, FisTemplate, FisTemplateAction } from '../../../lib/plan/fis-template.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { sequence } from '../support/sequence.ts';
import { fakeLab } from './fake-lab.ts';

// What FIS's user guide and API reference say of experiments, held against the stand-in.

const wait = (duration: string, ...startAfter: string[]): FisTemplateAction => ({
  actionId: 'aws:fis:wait',
  parameters: { duration },
  startAfter,
});
const stop = (target = 'shop', ...startAfter: string[]): FisTemplateAction => ({
  actionId: 'aws:ecs:stop-task',
  parameters: {},
  targets: { Tasks: target },
  startAfter,
});
const slow: FisTemplateAction = {
  actionId: 'aws:ecs:task-network-latency',
  parameters: { duration: 'PT60S', sources: 'database' },
  targets: { Tasks: 'shop' },
};
const tasks = (service: string, selectionMode = 'COUNT(1)'): FisTarget => ({
  resourceType: 'aws:ecs:task',
  resourceTags: { Env: 'lab', Service: service },
  selectionMode,
});
const templateOf = (actions: FisTemplate['actions'], more: Partial<FisTemplate> = {}): FisTemplate => ({
  description: 'a template',
  targets: { shop: tasks('shop') },
  actions,
  stopOn: ['errors'],
  durationMs: 60_000,
  ...more,
});
const calm: GuardReader = { name: 'errors', read: async () => 'ok' };

function begun(template: FisTemplate, options: Partial<LocalExperimentOptions> = {}) {
  const clock = createVirtualClock({ auto: false });
  const { lab, ...fake } = fakeLab();
  const experiment = new LocalExperiment({
    template,
    lab,
    guards: [calm],
    clock,
    random: sequence(0),
    ...options,
  });
  return { experiment, clock, lab, ...fake };
}

async function running(template: FisTemplate, options: Partial<LocalExperimentOptions> = {}) {
  const all = begun(template, options);
  void all.experiment.run();
  await all.clock.advance(0);
  return all;
}

/** A promise, and what resolves it. */
const latch = () => Promise.withResolvers<undefined>();

describe('an experiment', () => {
  it('is pending, then initiating while targets are resolved and guards are asked, then running, then completed', async () => {
    const asked = latch();
    const guard: GuardReader = { name: 'errors', read: async () => (await asked.promise) ?? 'ok' };
    const { experiment, clock } = begun(templateOf({ shop: stop(), hold: wait('PT60S') }), {
      guards: [guard],
    });
    expect(experiment.state()).toMatchObject({
      status: 'pending',
      actions: { shop: 'pending', hold: 'pending' },
    });
    void experiment.run();
    await clock.advance(0);
    expect(experiment.state()).toMatchObject({
      status: 'initiating',
      actions: { shop: 'pending', hold: 'pending' },
    });
    asked.resolve(undefined);
    await clock.advance(0);
    expect(experiment.state()).toMatchObject({
      status: 'running',
      actions: { shop: 'completed', hold: 'running' },
    });
    await clock.advance(60_000);
    expect(experiment.state()).toMatchObject({ status: 'completed', actions: { hold: 'completed' } });
  });

  it.each(['pending', 'initiating'] as const)(
    'that is stopped while it is %s is stopped, and none of its actions began',
    async (when) => {
      // Nor does it wait for a guard that never answers.
      const silent: GuardReader = { name: 'errors', read: () => new Promise(() => undefined) };
      const { experiment, clock, stopped } = begun(templateOf({ shop: stop() }), { guards: [silent] });
      const ended = when === 'pending' ? undefined : experiment.run();
      expect(experiment.state().status).toBe(when);
      experiment.stop('caller', 'enough');
      expect(experiment.state().status).toBe('stopping');
      await (ended ?? experiment.run());
      await clock.advance(0);
      expect(experiment.state()).toMatchObject({
        status: 'stopped',
        reason: 'enough',
        actions: { shop: 'cancelled' },
      });
      expect(stopped).toEqual([]);
    },
  );

  it('is stopping, and its action with it, until what the action undoes is undone', async () => {
    const undone = latch();
    const fake = fakeLab();
    const lab = {
      ...fake.lab,
      stopReplica: async (id: string) => {
        await undone.promise;
        return fake.lab.stopReplica(id);
      },
    };
    const { experiment, clock } = await running(templateOf({ shop: stop(), next: wait('PT60S', 'shop') }), {
      lab,
    });
    expect(experiment.state().actions).toEqual({ shop: 'running', next: 'pending' });
    experiment.stop('caller', 'enough');
    await clock.advance(0);
    expect(experiment.state()).toMatchObject({
      status: 'stopping',
      actions: { shop: 'stopping', next: 'pending' },
    });
    expect(experiment.isActive).toBe(true);
    undone.resolve(undefined);
    await clock.advance(0);
    expect(experiment.state()).toMatchObject({
      status: 'stopped',
      actions: { shop: 'stopped', next: 'cancelled' },
    });
  });

  it('resolves its targets once: what comes in their place is not hit', async () => {
    const { experiment, clock, lab, stopped } = await running(
      templateOf({ hold: wait('PT60S'), shop: stop('shop', 'hold') }),
    );
    const before = experiment.targets;
    const [first] = lab.replicas;
    Object.assign(first ?? {}, { tags: { Service: 'another' } });
    await clock.advance(60_000);
    expect(experiment.targets).toBe(before);
    expect(stopped).toEqual(['shop-1']);
  });

  it('tells of the first action that failed, and stops the others for it', async () => {
    const broken = { ...slow, parameters: { duration: 'PT60S', sources: 'printer' }, startAfter: ['hold'] };
    const { experiment, clock, toxicsInPlace } = await running(
      templateOf({ hold: wait('PT1S'), broken, another: { ...broken, startAfter: ['broken'] }, slow }),
    );
    await clock.advance(1_000);
    expect(experiment.state()).toMatchObject({
      status: 'failed',
      reason: "action 'broken' failed: shop-1 has no link to 'printer'",
      actions: { hold: 'completed', broken: 'failed', another: 'cancelled', slow: 'stopped' },
    });
    expect(toxicsInPlace()).toBe(0);
  });

  it.each([
    ['at its start', 0, 'cancelled'],
    ['during a wait', 1_500, 'stopped'],
  ])('ends when a stop condition is in alarm %s', async (_when, afterMs, actions) => {
    const { clock: _, ...parts } = begun(templateOf({}));
    const clock = createVirtualClock({ auto: false });
    const guard: GuardReader = {
      name: 'errors',
      read: async () => (clock.now() - startedMs >= afterMs ? 'alarm' : 'ok'),
    };
    const startedMs = clock.now();
    const experiment = new LocalExperiment({
      template: templateOf({ hold: wait('PT60S') }),
      lab: parts.lab,
      guards: [guard],
      clock,
      random: sequence(0),
    });
    void experiment.run();
    await clock.advance(2_000);
    expect(experiment.state()).toMatchObject({
      status: 'stopped',
      stoppedBy: 'guard',
      reason: "Experiment halted by stop condition: the guard 'errors' is in alarm",
      actions: { hold: actions },
      endMs: startedMs + afterMs,
    });
  });

  it('fails when nobody can tell whether a stop condition is in alarm', async () => {
    const guard: GuardReader = { name: 'errors', read: () => Promise.reject(new Error('no answer')) };
    const { experiment } = await running(templateOf({ hold: wait('PT60S') }), { guards: [guard] });
    expect(experiment.state()).toMatchObject({
      status: 'failed',
      reason: 'no answer',
      actions: { hold: 'cancelled' },
    });
  });

  it('whose actions are all skipped resolves its targets, and does nothing to them', async () => {
    const { experiment, stopped, lab } = begun(templateOf({ shop: stop(), hold: wait('PT60S') }), {
      actionsMode: 'skip-all',
    });
    await experiment.run();
    expect(experiment.state()).toMatchObject({
      status: 'completed',
      actions: { shop: 'skipped', hold: 'skipped' },
    });
    expect([...(experiment.targets ?? [])].map(([name, found]) => [name, found.map(({ id }) => id)])).toEqual(
      [['shop', ['shop-1']]],
    );
    expect(stopped).toEqual([]);
    expect(lab.replicas.every(({ alive }) => alive)).toBe(true);
  });
});

describe('a target that resolves to nothing', () => {
  const nothing = { shop: tasks('shop'), none: tasks('nobody'), few: tasks('shop', 'PERCENT(10)') };
  const actions = { none: stop('none'), few: stop('few'), after: stop('shop', 'none', 'few') };

  it('fails the experiment where its template says nothing of it', async () => {
    const { experiment, stopped } = await running(templateOf(actions, { targets: nothing }));
    expect(experiment.state()).toMatchObject({
      status: 'failed',
      actions: { none: 'cancelled', few: 'cancelled', after: 'cancelled' },
    });
    expect(experiment.state().reason).toContain("target 'none': it resolved to an empty set");
    expect(stopped).toEqual([]);
  });

  it('skips the action where the template says so, and what waits for it goes on at once', async () => {
    const { experiment, stopped } = await running(
      templateOf(actions, { targets: nothing, emptyTargetResolution: 'skip' }),
    );
    expect(experiment.state()).toMatchObject({
      status: 'completed',
      actions: { none: 'skipped', few: 'skipped', after: 'completed' },
    });
    expect(stopped).toEqual(['shop-1']);
    expect(experiment.bites()).toContainEqual({ fault: 'none', bit: false, evidence: 'it was skipped' });
  });

  it('fails the experiment all the same where it is named by its ARN', async () => {
    const role = { resourceType: 'aws:iam:role', selectionMode: 'ALL', resourceArns: ['shop', 'gone'] };
    const { experiment } = await running(
      templateOf({ hold: wait('PT1S') }, { targets: { role }, emptyTargetResolution: 'skip' }),
    );
    expect(experiment.state()).toMatchObject({
      status: 'failed',
      reason: "target 'role': there is no aws:iam:role gone that runs",
    });
  });
});
