import { DescribeTasksCommand, type DescribeTasksCommandInput, ECSClient } from '@aws-sdk/client-ecs';
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createInventory } from '../../lib/aws/inventory.ts';
import { taskArn } from '../fakes/fake-aws-input.ts';

const query = { fault: 'slow', resourceType: 'aws:ecs:task', tags: { Env: 'staging', Service: 'shop' } };
const tagged = (...arns: string[]) =>
  arns.map((ResourceARN) => ({
    ResourceARN,
    Tags: [
      { Key: 'Env', Value: 'staging' },
      { Key: 'Service', Value: 'shop' },
    ],
  }));

/** The zone of each running task; a task that is not named here is gone. */
function setUp(zones: Record<string, string>, availabilityZone?: string) {
  const tagging = new ResourceGroupsTaggingAPIClient({ region: 'eu-west-1' });
  const ecs = new ECSClient({ region: 'eu-west-1' });
  const [resources, tasks] = [mockClient(tagging), mockClient(ecs)];
  tasks.on(DescribeTasksCommand).callsFake((input: DescribeTasksCommandInput) => ({
    tasks: input.tasks
      ?.filter((arn) => zones[arn] !== undefined && arn.includes(`/${input.cluster}/`))
      .map((arn) => ({ taskArn: arn, availabilityZone: zones[arn], desiredStatus: 'RUNNING' })),
  }));
  const selects = [availabilityZone === undefined ? query : { ...query, availabilityZone }];
  return { resources, tasks, inventory: createInventory({ tagging, ecs, selects }) };
}

describe('the inventory', () => {
  it('holds every resource with all the tags, page after page, with the tags it has', async () => {
    const [a, b] = [taskArn('a'), taskArn('b', 'shop-production')];
    const { inventory, resources } = setUp({ [a]: 'eu-west-1a', [b]: 'eu-west-1b' });
    resources
      .on(GetResourcesCommand)
      .resolvesOnce({ ResourceTagMappingList: tagged(a), PaginationToken: 'more' })
      .resolves({ ResourceTagMappingList: tagged(b), PaginationToken: '' });
    const tags = { Env: 'staging', Service: 'shop' };
    expect(await inventory.matching()).toEqual([
      { fault: 'slow', id: a, tags },
      { fault: 'slow', id: b, tags },
    ]);
    expect(resources.commandCalls(GetResourcesCommand)[0]?.args[0].input).toMatchObject({
      TagFilters: [
        { Key: 'Env', Values: ['staging'] },
        { Key: 'Service', Values: ['shop'] },
      ],
      ResourceTypeFilters: ['ecs:task'],
    });
  });

  it('leaves out tasks that have stopped, which the tagging API still names', async () => {
    const [a, gone] = [taskArn('a'), taskArn('gone')];
    const { inventory, resources } = setUp({ [a]: 'eu-west-1a' });
    resources.on(GetResourcesCommand).resolves({ ResourceTagMappingList: tagged(a, gone) });
    expect((await inventory.matching()).map(({ id }) => id)).toEqual([a]);
  });

  it('keeps to a zone where the selector does', async () => {
    const [a, b] = [taskArn('a'), taskArn('b')];
    const { inventory, resources } = setUp({ [a]: 'eu-west-1a', [b]: 'eu-west-1b' }, 'eu-west-1b');
    resources.on(GetResourcesCommand).resolves({ ResourceTagMappingList: tagged(a, b) });
    expect((await inventory.matching()).map(({ id }) => id)).toEqual([b]);
  });

  it('shows what it cannot look up, so that admission can refuse it', async () => {
    const old = 'arn:aws:ecs:eu-west-1:111122223333:task/0123';
    const { inventory, resources } = setUp({});
    resources.on(GetResourcesCommand).resolves({ ResourceTagMappingList: tagged(old) });
    expect((await inventory.matching()).map(({ id }) => id)).toEqual([old]);
  });

  it.each([
    ['aws:ec2:ebs-volume', ['ec2:volume']],
    ['aws:rds:cluster', ['rds:cluster']],
    [
      'aws:arc:zonal-shift-managed-resource',
      ['autoscaling:autoScalingGroup', 'elasticloadbalancing:loadbalancer', 'eks:cluster'],
    ],
  ])('asks for %s by the names that the tagging API has for it', async (resourceType, types) => {
    const tagging = new ResourceGroupsTaggingAPIClient({ region: 'eu-west-1' });
    const resources = mockClient(tagging);
    resources.on(GetResourcesCommand).resolves({ ResourceTagMappingList: tagged('arn:aws:x:::y') });
    const selects = [{ ...query, resourceType }];
    const inventory = createInventory({
      tagging,
      ecs: new ECSClient({ region: 'eu-west-1' }),
      selects,
    });
    expect((await inventory.matching()).map(({ id }) => id)).toEqual(['arn:aws:x:::y']);
    expect(resources.commandCalls(GetResourcesCommand)[0]?.args[0].input.ResourceTypeFilters).toEqual(types);
  });

  it('holds what is declared by ARN as it is, and no pods, which only their cluster knows', async () => {
    const tagging = new ResourceGroupsTaggingAPIClient({ region: 'eu-west-1' });
    const resources = mockClient(tagging);
    const role = 'arn:aws:iam::111122223333:role/shop';
    const cluster = 'arn:aws:eks:eu-west-1:111122223333:cluster/shop';
    const inventory = createInventory({
      tagging,
      ecs: new ECSClient({ region: 'eu-west-1' }),
      selects: [
        { fault: 'throttled', resourceType: 'aws:iam:role', arns: [role] },
        { fault: 'gone', resourceType: 'aws:eks:pod', pods: { cluster, namespace: 'shop' } },
      ],
    });
    expect(await inventory.matching()).toEqual([{ fault: 'throttled', id: role, tags: {} }]);
    expect(resources.calls()).toEqual([]);
  });

  it('asks ECS for a hundred tasks at a time', async () => {
    const arns = Array.from({ length: 230 }, (_, index) => taskArn(`t${index}`));
    const { inventory, resources, tasks } = setUp(Object.fromEntries(arns.map((arn) => [arn, 'eu-west-1a'])));
    resources.on(GetResourcesCommand).resolves({ ResourceTagMappingList: tagged(...arns) });
    expect(await inventory.matching()).toHaveLength(230);
    expect(tasks.commandCalls(DescribeTasksCommand).map(({ args }) => args[0].input.tasks?.length)).toEqual([
      100, 100, 30,
    ]);
  });
});
