import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
} from '@aws-sdk/client-ecs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import {
  DescribeInstanceInformationCommand,
  type DescribeInstanceInformationCommandInput,
} from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { createAwsPrerequisites } from '../../../lib/aws/prerequisites/aws-prerequisites.ts';
import { type Prerequisite, taskPrerequisites } from '../../../lib/fis/prerequisite.ts';
import { taskArn } from '../../fakes/fake-aws-input.ts';
import { createFakeEcs, type TaskChanges } from '../../fakes/fake-ecs.ts';
import { containing, withFields } from '../../fakes/matching.ts';

const tag = { key: 'Env', value: 'staging' };
const [a, b, c] = [taskArn('a'), taskArn('b'), taskArn('c')];
const denied = Object.assign(new Error('no'), { name: 'AccessDeniedException' });

function setUp(changes: TaskChanges = {}, arns: readonly string[] = [a, b, c]) {
  const fake = createFakeEcs(arns, changes);
  const prerequisites = createAwsPrerequisites({
    ecs: fake.ecs,
    ssm: fake.ssm,
    lambda: new LambdaClient({ region: 'eu-west-1' }),
    tag,
  });
  const look = async (asked: readonly Prerequisite[] = taskPrerequisites, targets = arns) =>
    prerequisites.look([
      {
        fault: 'slow',
        prerequisites: asked,
        targets: targets.map((id) => ({ fault: 'slow', id, tags: {} })),
      },
    ]);
  return { ...fake, look };
}

describe('what actions need of tasks', () => {
  it('is all there in a task that is ready, and the evidence says what was looked at', async () => {
    const { unmet, evidence } = await setUp().look();
    expect(unmet).toEqual([]);
    expect(evidence).toBe(`3 ECS tasks have what the actions need: ${taskPrerequisites.join(', ')}`);
  });

  it.each<[Prerequisite, TaskChanges, string, string]>([
    [
      'propagated-tags',
      { service: { propagateTags: 'NONE' } },
      'ECS service shop does not propagate tags',
      'propagateTags to SERVICE',
    ],
    [
      'ssm-sidecar',
      { definition: { containerDefinitions: [{ name: 'shop', image: 'shop:1' }] } },
      'task definition shop:12 has no container with the SSM agent',
      'public.ecr.aws/amazon-ssm-agent/amazon-ssm-agent',
    ],
    ['registered-task', { unregistered: [a, b, c] }, 'has not registered the task', 'ssm:CreateActivation'],
    ['registered-task', { silent: [a, b, c] }, 'does not answer Systems Manager', 'See the log'],
    [
      'registered-task',
      { untagged: [a, b, c] },
      'does not carry the environment tag Env=staging',
      'with the tag Env=staging',
    ],
    [
      'ecs-exec-off',
      { task: { enableExecuteCommand: true } },
      'ECS Exec is on for tasks of ECS service shop',
      'enableExecuteCommand of the service to false',
    ],
    [
      'fault-injection-enabled',
      { definition: { enableFaultInjection: false } },
      'task definition shop:12 does not have enableFaultInjection',
      'enableFaultInjection to true',
    ],
    [
      'shared-pid-mode',
      { definition: { pidMode: 'host' } },
      'task definition shop:12 has pidMode host',
      'pidMode to task in the task definition, and',
    ],
    [
      'task-network-mode',
      { definition: { networkMode: 'bridge' } },
      'task definition shop:12 has network mode bridge',
      'networkMode to awsvpc',
    ],
  ])(
    '%s: what is missing is told once for all tasks, with the way to mend it',
    async (one, changes, what, hint) => {
      const { unmet } = await setUp(changes).look();
      expect(unmet).toEqual([
        { what: containing(what), hint: containing(hint), targets: [a, b, c], rejection: 'targets' },
      ]);
      expect((await setUp(changes).look([one])).unmet).toHaveLength(1);
      const others = taskPrerequisites.filter((other) => other !== one);
      expect((await setUp(changes).look(others)).unmet).toEqual([]);
    },
  );

  it('is told in full where several things are missing', async () => {
    const { unmet } = await setUp({
      definition: { pidMode: undefined, enableFaultInjection: undefined, networkMode: undefined },
      task: { enableExecuteCommand: true },
      service: { propagateTags: undefined },
      unregistered: [b],
    }).look();
    expect(unmet.map(({ what }) => what)).toEqual([
      containing('does not propagate tags'),
      containing('has not registered'),
      containing('ECS Exec is on'),
      containing('enableFaultInjection'),
      containing('no pidMode'),
      containing('bridge, by default'),
    ]);
    expect(unmet.find(({ what }) => what.includes('registered'))?.targets).toEqual([b]);
  });

  it('names the operating system that Fargate wants beside a shared process namespace', async () => {
    const { unmet } = await setUp({ definition: { pidMode: undefined, runtimePlatform: undefined } }).look();
    expect(unmet[0]?.hint).toContain('runtimePlatform.operatingSystemFamily to LINUX');
  });

  it.each([
    {
      image:
        '111122223333.dkr.ecr.eu-west-1.amazonaws.com/ecr-public/amazon-ssm-agent/amazon-ssm-agent@sha256:0',
    },
    { image: 'own-agent:1', environment: [{ name: 'MANAGED_INSTANCE_ROLE_NAME', value: 'agent' }] },
  ])('holds for a mirrored or an own image of the agent ($image)', async (container) => {
    const { unmet } = await setUp({ definition: { containerDefinitions: [container] } }).look();
    expect(unmet).toEqual([]);
  });

  it('does not take another image for the agent', async () => {
    const containerDefinitions = [{ image: 'amazon-ssm-agent-docs:1' }];
    expect((await setUp({ definition: { containerDefinitions } }).look()).unmet).toHaveLength(1);
  });

  it('needs nothing of a service in a task that nobody replaces, and names its definition', async () => {
    const { look, calls } = setUp({ task: { group: 'family:shop', enableExecuteCommand: true } });
    expect((await look()).unmet).toEqual([
      withFields({ what: containing('ECS Exec is on for tasks of shop:12') }),
    ]);
    expect(calls.commandCalls(DescribeServicesCommand)).toEqual([]);
  });

  it('leaves out a task that has ended since it was listed, as FIS would', async () => {
    const { look } = setUp({ definition: { pidMode: undefined } }, [a]);
    expect((await look(taskPrerequisites, [a, b])).unmet).toEqual([withFields({ targets: [a] })]);
  });

  it('cannot be seen of a task whose ARN names no cluster, which counts as missing', async () => {
    const old = 'arn:aws:ecs:eu-west-1:111122223333:task/0123';
    expect((await setUp().look(taskPrerequisites, [a, old])).unmet).toEqual([
      withFields({ what: containing('does not say which cluster'), targets: [old] }),
    ]);
  });

  it('is asked of Systems Manager for many tasks at once, and one by one only where some are not well', async () => {
    const many = Array.from({ length: 120 }, (_, index) => taskArn(`t${index}`));
    const well = setUp({}, many);
    expect((await well.look()).unmet).toEqual([]);
    expect(well.agents.commandCalls(DescribeInstanceInformationCommand)).toHaveLength(3);
    const [, lost = ''] = many;
    const one = setUp({ unregistered: [lost] }, many);
    expect((await one.look()).unmet).toEqual([withFields({ targets: [lost] })]);
  });

  it('does not take an agent that registered twice for that of another task', async () => {
    const { look, agents } = setUp({}, [a, b]);
    const online = (InstanceId: string) => ({
      InstanceId,
      PingStatus: 'Online' as const,
      IPAddress: '10.0.0.1',
    });
    agents
      .on(DescribeInstanceInformationCommand)
      .callsFake(({ Filters }: DescribeInstanceInformationCommandInput) => ({
        InstanceInformationList: Filters?.[0]?.Values?.includes(a) ? [online('mi-1'), online('mi-2')] : [],
      }));
    expect((await look()).unmet).toEqual([withFields({ targets: [b] })]);
  });

  it.each([
    ['ecs:DescribeTasks on the tasks', ({ calls }) => calls.on(DescribeTasksCommand)],
    [
      'ecs:DescribeTaskDefinition on task definition shop:12',
      ({ calls }) => calls.on(DescribeTaskDefinitionCommand),
    ],
    ['ecs:DescribeServices on ECS service shop', ({ calls }) => calls.on(DescribeServicesCommand)],
    [
      'ssm:DescribeInstanceInformation on the managed instances of the tasks',
      ({ agents }) => agents.on(DescribeInstanceInformationCommand),
    ],
  ] as readonly [string, (fake: ReturnType<typeof setUp>) => { rejects: (error: Error) => unknown }][])(
    'counts as missing when AWS refuses %s, with the permission to give',
    async (call, on) => {
      const fake = setUp();
      on(fake).rejects(denied);
      const { unmet } = await fake.look();
      expect(unmet).toEqual([
        withFields({ what: containing(`AWS refused ${call}`), rejection: 'permission', targets: [a, b, c] }),
      ]);
    },
  );

  it('counts as missing when the definition or the service is gone', async () => {
    const { look, calls } = setUp();
    calls
      .on(DescribeTaskDefinitionCommand)
      .rejects(Object.assign(new Error('Unable to describe task definition.'), { name: 'ClientException' }));
    calls.on(DescribeServicesCommand).resolves({ services: [], failures: [{ reason: 'MISSING' }] });
    expect((await look()).unmet.map(({ what }) => what)).toEqual([
      'ECS service shop cannot be found',
      'task definition shop:12 cannot be found',
    ]);
  });

  it.each(['ecs', 'ssm'] as const)('fails when %s does not answer, since it soon may', async (service) => {
    const { look, calls, agents } = setUp();
    const broken = new Error('the connection was reset');
    if (service === 'ecs') calls.on(DescribeTaskDefinitionCommand).rejects(broken);
    else agents.on(DescribeInstanceInformationCommand).rejects(broken);
    await expect(look()).rejects.toBe(broken);
  });

  it('asks AWS nothing that the fault does not need', async () => {
    const { look, calls, agents } = setUp();
    expect((await look(['propagated-tags'])).unmet).toEqual([]);
    expect(calls.commandCalls(DescribeTaskDefinitionCommand)).toEqual([]);
    expect(agents.calls()).toEqual([]);
    expect((await look([])).evidence).toBe('the actions need nothing of their targets that can be looked at');
    expect(calls.commandCalls(DescribeTasksCommand)).toHaveLength(1);
  });
});
