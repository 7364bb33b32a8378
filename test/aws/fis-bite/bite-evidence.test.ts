import { DescribeTasksCommand, ECSClient, type Task } from '@aws-sdk/client-ecs';
import type { ExperimentAction } from '@aws-sdk/client-fis';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { biteEvidence } from '../../../lib/aws/fis-bite/bite-evidence.ts';
import type { Sight } from '../../../lib/aws/fis-bite/sight.ts';
import { biteMetricSchema } from '../../../lib/fis/bite-metric.ts';
import { findAction } from '../../../lib/fis/catalogue.ts';
import { factsOf } from '../../../lib/plan/run-facts.ts';
import type { Stretch } from '../../../lib/run/ports.ts';
import { taskArn } from '../../fakes/fake-aws-input.ts';
import { createFakeEc2 } from '../../fakes/fake-ec2.ts';
import { containing, matching } from '../../fakes/matching.ts';

const latency = 'aws:ecs:task-network-latency';
const stop = 'aws:ecs:stop-task';

const asked = biteMetricSchema.parse({ metric: 'databaseLatency', rises: '20%' });

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
  /** What ECS answers in place of tasks. */
  readonly refuses?: Error;
  /** What the metric that the experiment names has shown. */
  readonly moved?: (fault: Stretch | undefined) => Promise<Sight>;
}) {
  const ecs = new ECSClient({ region: 'eu-west-1' });
  const tasks = mockClient(ecs).on(DescribeTasksCommand);
  if (options.refuses === undefined) tasks.resolves({ tasks: [...(options.tasks ?? [])] });
  else tasks.rejects(options.refuses);
  const { moved } = options;
  const [evidence] = await biteEvidence({
    faults: [
      {
        name: 'one',
        action: factsOf(findAction(options.kind ?? latency) ?? expect.unreachable('no such action')),
        ...(moved === undefined ? {} : { metric: { asked, moved: (_asked, fault) => moved(fault) } }),
      },
    ],
    experiment: { actions: options.actions },
    targets: (options.hit ?? [taskArn('a')]).map((id) => ({ fault: 'one', id, tags: {} })),
    clients: { ec2: createFakeEc2().ec2, ecs },
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
      evidence: matching(new RegExp(`^FIS: one ${status}`)),
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

describe("the bite that FIS's word alone shows", () => {
  it("says that it is FIS's word, and what that rests on", async () => {
    expect(await bite({ actions: { slow: action('completed') } })).toEqual({
      fault: 'one',
      bit: true,
      evidence:
        "FIS: slow completed on 1 target; that is FIS's word alone: the SSM agent in each target has reported that it did the work; whether there was anything to feel it, the agent does not say",
    });
  });

  it('is unknown where that word does not suffice, with what would show it', async () => {
    const actions = { fail: action('completed') };
    expect(await bite({ kind: 'aws:lambda:invocation-error', actions })).toMatchObject({
      bit: undefined,
      evidence: containing('FIS leaves the fault in a bucket'),
      likely: containing('name one under bite'),
    });
  });
});

describe('the bite that a metric shows', () => {
  const actions = {
    slow: { ...action('completed'), startTime: new Date(1_000), endTime: new Date(9_000) },
    again: { ...action('completed'), startTime: new Date(3_000), endTime: new Date(12_000) },
  };
  const sees = (bit: boolean | undefined) => async () => ({ bit, evidence: 'metric: seen' });

  it.each([true, false, undefined])('counts, whatever FIS says: %s', async (bit) => {
    expect(await bite({ actions, moved: sees(bit) })).toMatchObject({
      bit,
      evidence: 'metric: seen; FIS: slow completed, again completed on 1 target',
    });
  });

  it('is looked for while the actions of the fault were on', async () => {
    let on: Stretch | undefined;
    await bite({
      actions,
      moved: async (fault) => {
        on = fault;
        return { bit: true, evidence: '' };
      },
    });
    expect(on).toEqual({ fromMs: 1_000, toMs: 12_000 });
  });

  it('is not asked for where FIS says that nothing was done', async () => {
    expect(await bite({ actions: { slow: action('failed') }, moved: sees(true) })).toMatchObject({
      bit: false,
    });
  });

  it('goes with what the targets show: both must have seen it', async () => {
    const of = (bit: boolean | undefined) =>
      bite({ kind: stop, actions, hit: [taskArn('gone')], moved: sees(bit) });
    expect(await of(true)).toMatchObject({ bit: true, evidence: matching(/^ECS: .*; metric: seen; FIS: /) });
    expect(await of(undefined)).toMatchObject({ bit: undefined });
    expect(await of(false)).toMatchObject({ bit: false });
  });

  it('is unknown where it cannot be read', async () => {
    const moved = async () => {
      throw new Error('CloudWatch is throttling');
    };
    expect(await bite({ actions, moved })).toMatchObject({
      bit: undefined,
      evidence: containing('metric databaseLatency could not be asked: CloudWatch is throttling'),
    });
  });
});

describe('a look at targets that AWS refuses', () => {
  it('leaves the bite unknown, and ends nothing', async () => {
    const refuses = new Error('not authorized to perform ecs:DescribeTasks');
    expect(await bite({ kind: stop, actions: { stop: action('completed') }, refuses })).toMatchObject({
      bit: undefined,
      evidence: matching(/^ECS could not be asked: not authorized.*; FIS: stop completed/),
    });
  });
});
