import { describe, expect, it } from 'vitest';
import { createAwsResidue } from '../../../lib/aws/residue/aws-residue.ts';
import { createFakeEc2 } from '../../fakes/fake-ec2.ts';
import { createFakeEcs } from '../../fakes/fake-ecs.ts';

const subnet = (id: string) => ({
  fault: 'cut',
  id: `arn:aws:ec2:eu-west-1:111122223333:subnet/${id}`,
  tags: {},
});

/** What is found where the subnets had these ACLs before, and have those now. */
async function leftOf(before: Record<string, string>, now: Record<string, string>) {
  let acls = before;
  const { ec2 } = createFakeEc2({ acls: () => acls });
  const { ecs } = createFakeEcs([]);
  const residue = createAwsResidue({ ec2, ecs });
  const remembered = await residue.remember([subnet('subnet-1'), subnet('subnet-2')]);
  acls = now;
  return residue.look({ remembered: structuredClone(remembered), hit: [] });
}

const usual = { 'subnet-1': 'acl-own', 'subnet-2': 'acl-own', 'subnet-of-others': 'acl-own' };

describe('the network ACLs of subnets after a fault', () => {
  it('leave nothing where each subnet has its own again', async () => {
    expect(await leftOf(usual, usual)).toEqual({ left: [], unseen: [] });
  });

  it('are residue where one has not been put back', async () => {
    expect(await leftOf(usual, { ...usual, 'subnet-2': 'acl-clone' })).toEqual({
      left: [
        {
          what: 'subnet-2 has the network ACL acl-clone, and had acl-own before the fault',
          hint: 'Give the subnet acl-own again, and delete acl-clone if FIS has made it (its tag is managedByFIS).',
        },
      ],
      unseen: [],
    });
  });

  it('are no matter of subnets that were not to be hit, nor of one that is gone', async () => {
    expect(await leftOf(usual, { 'subnet-1': 'acl-own', 'subnet-of-others': 'acl-clone' })).toEqual({
      left: [],
      unseen: [],
    });
  });

  it('are not asked for where no fault hits a subnet', async () => {
    const { ec2, calls } = createFakeEc2();
    const { ecs } = createFakeEcs([]);
    const residue = createAwsResidue({ ec2, ecs });
    expect(await residue.look({ remembered: await residue.remember([]), hit: [] })).toEqual({
      left: [],
      unseen: [],
    });
    expect(calls.calls()).toHaveLength(0);
  });
});
