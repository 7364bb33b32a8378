import { describe, expect, it } from 'vitest';
import type { RunnerInputDocument } from '../../lib/plan/runner-input.ts';
import { podId } from '../../lib/run/pods.ts';
import { expectNothingLeft, run, type Script } from './scripted-run.ts';

const account = '111122223333';
const shop = { cluster: `arn:aws:eks:eu-west-1:${account}:cluster/shop`, namespace: 'shop' };
const environment = {
  id: 'staging',
  production: false,
  tag: { key: 'Env', value: 'staging' },
  account,
  region: 'eu-west-1',
};
const pod = (name: string, namespace = 'shop') => ({
  fault: 'slow',
  id: podId({ ...shop, namespace }, name),
  tags: {},
});
const role = (name: string) => ({ fault: 'slow', id: `arn:aws:iam::${account}:role/${name}`, tags: {} });

/** A run in AWS of a fault of pods, which no inventory lists, or of declared roles. */
const onPods = (
  input: Partial<RunnerInputDocument> = {},
  faults: NonNullable<Script['world']>['faults'] = {},
) =>
  run({
    input: {
      mode: 'aws',
      environment,
      selects: [{ fault: 'slow', resourceType: 'aws:eks:pod', pods: shop }],
      ...input,
    },
    world: {
      matching: () => [],
      faults: { preview: () => [pod('web-1'), pod('web-2')], resolves: () => [pod('web-1')], ...faults },
    },
  });
const onRoles = (preview: readonly ReturnType<typeof role>[]) =>
  run({
    input: {
      mode: 'aws',
      environment,
      selects: [{ fault: 'slow', resourceType: 'aws:iam:role', arns: [role('shop').id] }],
    },
    world: { matching: () => [role('shop')], faults: { preview: () => preview, resolves: () => preview } },
  });

describe('pods of a declared namespace', () => {
  it('are admitted by the preview, and hit', async () => {
    const held = await onPods();
    expect(held.journal.verdict).toBe('held');
    expect(held.journal.stages[0]?.targets?.map(({ id }) => id)).toEqual([pod('web-1').id]);
    expectNothingLeft(held);
  });

  it('are admitted also when they came after the preview', async () => {
    expect((await onPods({}, { resolves: () => [pod('web-3')] })).journal.verdict).toBe('held');
  });

  it.each([
    ['of another namespace', {}, () => [pod('web-1'), pod('web-1', 'payments')]],
    ['that are untouchable', { untouchable: ['*/pod/shop/*'] }, () => [pod('web-1')]],
    ['that are too many', { limits: { targets: 1, runs: 1 } }, () => [pod('web-1'), pod('web-2')]],
  ])('are rejected where the preview resolves pods %s', async (_, input, preview) => {
    const rejected = await onPods(input, { preview });
    expect(rejected.journal.findings[0]).toMatchObject({ verdict: 'rejected', rejection: 'targets' });
    expect(rejected.faults.experiments).toEqual([]);
    expectNothingLeft(rejected);
  });

  it('end the stage where FIS resolves a pod of another namespace', async () => {
    const halted = await onPods({}, { resolves: () => [pod('web-1', 'payments')], durationMs: 600_000 });
    expect(halted.codes[0]).toBe('foreign-target');
    expectNothingLeft(halted);
  });
});

describe('declared roles', () => {
  it('are admitted without a tag', async () => {
    expect((await onRoles([role('shop')])).journal.verdict).toBe('held');
  });

  it('are rejected where the preview resolves one that is not declared', async () => {
    const rejected = await onRoles([role('payments')]);
    expect(rejected.journal.findings[0]).toMatchObject({ verdict: 'rejected', rejection: 'targets' });
    expect(rejected.faults.experiments).toEqual([]);
  });
});

describe('a fault that selects nothing', () => {
  it('is admitted, since what it names is declared', async () => {
    const nothing = () => [];
    const held = await run({
      input: { mode: 'aws', environment, selects: [] },
      world: { matching: nothing, faults: { preview: nothing, resolves: nothing } },
    });
    expect(held.journal.verdict).toBe('held');
    expect(held.journal.checks.find(({ check }) => check === 'targets')?.evidence).toContain(
      'none is listed',
    );
  });
});
