import {
  DescribeServicesCommand,
  type DescribeServicesCommandInput,
  DescribeTasksCommand,
  ECSClient,
  type Service,
} from '@aws-sdk/client-ecs';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createAwsResidue } from '../../../lib/aws/residue/aws-residue.ts';
import { taskArn } from '../../fakes/fake-aws-input.ts';
import { createFakeEc2 } from '../../fakes/fake-ec2.ts';
import { containing } from '../../fakes/matching.ts';

const definition = (revision: number) =>
  `arn:aws:ecs:eu-west-1:111122223333:task-definition/shop:${revision}`;
const usual: Service = { desiredCount: 4, taskDefinition: definition(12), status: 'ACTIVE' };

const target = (id: string) => ({ fault: 'slow', id, tags: {} });

/** ECS with tasks of a service each, and services that are as `services` says whenever they are asked for. */
function ecsWith(
  groups: Readonly<Record<string, string>>,
  services: () => Readonly<Record<string, Service>> | Error,
) {
  const ecs = new ECSClient({ region: 'eu-west-1' });
  const calls = mockClient(ecs);
  calls.on(DescribeTasksCommand).resolves({
    tasks: Object.entries(groups).map(([id, group]) => ({ taskArn: taskArn(id), group })),
  });
  calls.on(DescribeServicesCommand).callsFake((input: DescribeServicesCommandInput) => {
    const now = services();
    if (now instanceof Error) throw now;
    const asked = input.services ?? [];
    return {
      services: asked.flatMap((serviceName) => {
        const found = now[serviceName];
        return found === undefined ? [] : [{ serviceName, ...found }];
      }),
    };
  });
  return { residue: createAwsResidue({ ec2: createFakeEc2().ec2, ecs }), calls };
}

/** What is found of a service that was as usual, and is now as given. */
async function leftOf(now: Service | undefined) {
  let service: Service | undefined = usual;
  const { residue } = ecsWith({ a: 'service:shop' }, () => (service === undefined ? {} : { shop: service }));
  const remembered = await residue.remember([target(taskArn('a'))]);
  service = now;
  // As it comes back from the store.
  return residue.look({ remembered: structuredClone(remembered), hit: [] });
}

describe('an ECS service after a fault', () => {
  it('leaves nothing where it is as it was', async () => {
    expect(await leftOf(usual)).toEqual({ left: [], unseen: [] });
  });

  it.each([
    ['wants fewer tasks', { ...usual, desiredCount: 1 }, 'wants 1 tasks, and wanted 4 before the fault'],
    [
      'runs another definition',
      { ...usual, taskDefinition: definition(13) },
      'runs the task definition shop:13, and ran shop:12',
    ],
    ['is gone', undefined, 'the ECS service shop is gone'],
    ['is being forgotten', { ...usual, status: 'INACTIVE' }, 'the ECS service shop is gone'],
  ])('is residue where it %s', async (_what, now, words) => {
    const { left, unseen } = await leftOf(now);
    expect(left).toMatchObject([{ what: containing(words) }]);
    expect(unseen).toEqual([]);
  });

  it('may want more tasks than before: that is scaling, which ends by itself', async () => {
    expect((await leftOf({ ...usual, desiredCount: 9 })).left).toEqual([]);
  });

  it('is one of many, asked for ten at a time', async () => {
    const ids = Array.from({ length: 23 }, (_, index) => `t${index}`);
    const groups = Object.fromEntries(ids.map((id) => [id, `service:${id}`]));
    const { residue, calls } = ecsWith(groups, () => Object.fromEntries(ids.map((id) => [id, usual])));
    const remembered = await residue.remember(ids.map((id) => target(taskArn(id))));
    expect(await residue.look({ remembered, hit: [] })).toEqual({ left: [], unseen: [] });
    expect(calls.commandCalls(DescribeServicesCommand)).toHaveLength(6);
  });

  it('is no matter of targets without one', async () => {
    const { residue, calls } = ecsWith({ a: 'family:job' }, () => ({}));
    const remembered = await residue.remember([
      target(taskArn('a')),
      target('arn:aws:ec2:eu-west-1:111122223333:instance/i-1'),
    ]);
    expect(remembered).toEqual({});
    expect(await residue.look({ remembered, hit: [] })).toEqual({ left: [], unseen: [] });
    expect(calls.commandCalls(DescribeServicesCommand)).toHaveLength(0);
  });
});

describe('what AWS does not show of what a fault left behind', () => {
  const denied = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });

  it('is told, with the permission that is wanting, and is no error', async () => {
    let answer: Record<string, Service> | Error = { shop: usual };
    const { residue } = ecsWith({ a: 'service:shop' }, () => answer);
    const remembered = await residue.remember([target(taskArn('a'))]);
    answer = denied;
    expect(await residue.look({ remembered, hit: [] })).toEqual({
      left: [],
      unseen: [
        {
          what: 'the ECS services of the targets could not be seen after it (not authorized)',
          hint: 'Allow the functions of Steadfast ecs:DescribeServices, and look yourself this time.',
        },
      ],
    });
  });

  it('is told too where it could not be seen before the fault', async () => {
    const { residue } = ecsWith({ a: 'service:shop' }, () => denied);
    const remembered = await residue.remember([target(taskArn('a'))]);
    const { unseen } = await residue.look({ remembered: structuredClone(remembered), hit: [] });
    expect(unseen).toMatchObject([{ what: containing('could not be seen before the fault') }]);
  });
});
