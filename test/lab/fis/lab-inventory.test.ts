import { expect, it } from 'vitest';
import { createLabInventory } from '../../../lib/lab/fis/lab-inventory.ts';
import { fakeLab } from './fake-lab.ts';

it('lists everything in a lab that each fault can hit, by type, tags and zone', async () => {
  const tags = { Service: 'shop', Env: 'lab' };
  const inventory = createLabInventory(fakeLab().lab, [
    { fault: 'tasks', resourceType: 'aws:ecs:task', tags },
    { fault: 'pods', resourceType: 'aws:eks:pod', tags, availabilityZone: 'eu-west-1b' },
    { fault: 'group', resourceType: 'aws:ec2:autoscaling-group', tags },
    { fault: 'stream', resourceType: 'aws:kinesis:stream', tags },
  ]);
  expect((await inventory.matching()).map(({ fault, id }) => `${fault}: ${id}`)).toEqual([
    'tasks: shop-1',
    'tasks: shop-2',
    'tasks: shop-3',
    'tasks: shop-4',
    'pods: shop-2',
    'pods: shop-4',
    'group: shop',
  ]);
});
