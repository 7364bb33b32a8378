import { DescribeTasksCommand, ECSClient, type Task } from '@aws-sdk/client-ecs';
import type { ExperimentAction } from '@aws-sdk/client-fis';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { biteEvidence } from '../../lib/aws/fis-bite.ts';
import { taskArn } from '../fakes/fake-aws-input.ts';
import { containing, matching } from '../fakes/matching.ts';

const latency = 'aws:ecs:task-network-latency';
const stop = 'aws:ecs:stop-task';

type Status = 'completed' | 'stopped' | 'failed' | 'cancelled' | 'running';

const action = (status: Status, begun = true): ExperimentAction => ({
  targets: { Tasks: 'one' },
  ...(begun ? { startTime: new Date(0) } : {}),
  state: { status },
});

async function bite(options: {
  readonly kind?: string;
  readonly actions: Record<string, ExperimentAction>;
  readonly hit?: readonly string[];
  readonly tasks?: readonly Task[];
}) {
  const ecs = new ECSClient({ region: 'eu-west-1' });
  mockClient(ecs)
    .on(DescribeTasksCommand)
    .resolves({ tasks: [...(options.tasks ?? [])] });
  const [evidence] = await biteEvidence({
    faults: [{ name: 'one', action: options.kind ?? latency }],
    experiment: { actions: options.actions },
    targets: (options.hit ?? [taskArn('a')]).map((id) => ({ fault: 'one', id, tags: {} })),
    ecs,
  });
  return evidence;
}

describe('the bite of a fault, as FIS witnesses it', () => {
  it.each([
    ['completed', true, true],
    ['stopped', true, true],
    ['stopped', false, undefined],
    ['failed', true, false],
    ['cancelled', false, false],
    ['running', true, undefined],
  ] as const)('of an action that %s (begun: %s) is %s', async (status, begun, bit) => {
    expect(await bite({ actions: { latency: action(status, begun) } })).toMatchObject({
      fault: 'one',
      bit,
      evidence: containing('FIS'),
    });
  });

  it('needs every action of the fault, and looks at no other', async () => {
    const other = { ...action('failed'), targets: { Tasks: 'two' } };
    expect(await bite({ actions: { first: action('completed'), other } })).toMatchObject({ bit: true });
    expect(await bite({ actions: { first: action('completed'), second: action('failed') } })).toMatchObject({
      bit: false,
    });
    expect(await bite({ actions: { other } })).toMatchObject({ bit: undefined });
  });

  it('is none without a target', async () => {
    expect(await bite({ actions: { latency: action('completed') }, hit: [] })).toMatchObject({ bit: false });
  });
});

describe('the bite of an action that hits nothing of its own', () => {
  const runbook = 'aws:ssm:start-automation-execution';
  const of = (status: Status): ExperimentAction => ({ startTime: new Date(0), state: { status } });

  it.each([
    ['completed', true],
    ['failed', false],
  ] as const)('is that of the action of its name: %s is %s', async (status, bit) => {
    const actions = { one: of(status), 'steadfast-hold': of('completed') };
    expect(await bite({ kind: runbook, actions, hit: [] })).toMatchObject({
      bit,
      evidence: `FIS: one ${status}`,
    });
  });

  it('is unknown where the experiment lists no such action', async () => {
    expect(await bite({ kind: runbook, actions: { other: of('completed') }, hit: [] })).toMatchObject({
      bit: undefined,
    });
  });
});

describe('the bite of stopping tasks, as ECS witnesses it', () => {
  const actions = { stop: action('completed') };

  it('is there when all of them are gone or stopping', async () => {
    const tasks = [{ taskArn: taskArn('a'), desiredStatus: 'STOPPED', lastStatus: 'DEPROVISIONING' }];
    expect(await bite({ kind: stop, actions, hit: [taskArn('a'), taskArn('gone')], tasks })).toMatchObject({
      bit: true,
      evidence: matching(/^ECS: all 2 targets.*; FIS: stop completed/),
    });
  });

  it('is not when one of them runs on, whatever FIS says', async () => {
    const tasks = [{ taskArn: taskArn('a'), desiredStatus: 'RUNNING', lastStatus: 'RUNNING' }];
    expect(await bite({ kind: stop, actions, hit: [taskArn('a'), taskArn('gone')], tasks })).toMatchObject({
      bit: false,
      evidence: containing('1 of 2 targets still run'),
    });
  });
});
