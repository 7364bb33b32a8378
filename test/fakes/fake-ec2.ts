import {
  DescribeInstancesCommand,
  type DescribeInstancesCommandInput,
  DescribeNetworkAclsCommand,
  type DescribeNetworkAclsCommandInput,
  EC2Client,
  type Filter,
  type Instance,
} from '@aws-sdk/client-ec2';
import { mockClient } from 'aws-sdk-client-mock';

const valuesOf = (filters: readonly Filter[] | undefined, name: string): readonly string[] =>
  filters?.find(({ Name }) => Name === name)?.Values ?? [];

/** EC2 as far as runs ask it. What there is may change between two calls. */
export function createFakeEc2(
  there: {
    readonly instances?: () => readonly Instance[];
    /** Subnet to its network ACL. */
    readonly acls?: () => Readonly<Record<string, string>>;
  } = {},
) {
  const { instances = () => [], acls = () => ({}) } = there;
  const client = new EC2Client({ region: 'eu-west-1' });
  const calls = mockClient(client);
  calls.on(DescribeInstancesCommand).callsFake(({ Filters, NextToken }: DescribeInstancesCommandInput) => {
    const ids = valuesOf(Filters, 'instance-id');
    const found = instances().filter(({ InstanceId = '' }) => ids.includes(InstanceId));
    // A page holds one, so that whoever asks has to turn it.
    const from = Number(NextToken ?? 0);
    return {
      Reservations: [{ Instances: found.slice(from, from + 1) }],
      ...(from + 1 < found.length ? { NextToken: String(from + 1) } : {}),
    };
  });
  calls.on(DescribeNetworkAclsCommand).callsFake(({ Filters }: DescribeNetworkAclsCommandInput) => {
    const asked = valuesOf(Filters, 'association.subnet-id');
    const all = Object.entries(acls()).map(([SubnetId, NetworkAclId]) => ({ SubnetId, NetworkAclId }));
    const wanted = new Set(
      all.flatMap(({ SubnetId, NetworkAclId }) => (asked.includes(SubnetId) ? [NetworkAclId] : [])),
    );
    return {
      NetworkAcls: [...wanted].map((NetworkAclId) => ({
        NetworkAclId,
        Associations: all.filter((one) => one.NetworkAclId === NetworkAclId),
      })),
    };
  });
  return { ec2: async () => client, calls };
}
