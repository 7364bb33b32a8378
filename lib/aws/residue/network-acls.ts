import * as z from 'zod/mini';
import { ec2Id, filtered, type LazyEc2 } from '../lazy-ec2.ts';
import type { LookForResidue, Remember } from './residue-kind.ts';

/** Subnet to the id of its network ACL; a subnet has one. */
const aclsSchema = z.record(z.string(), z.string());

async function aclsOf(ec2: LazyEc2, subnets: readonly string[]): Promise<Record<string, string>> {
  const { paginateDescribeNetworkAcls } = await import('@aws-sdk/client-ec2');
  const client = await ec2();
  const acls: Record<string, string> = {};
  for (const Values of filtered(subnets)) {
    const pages = paginateDescribeNetworkAcls(
      { client },
      { Filters: [{ Name: 'association.subnet-id', Values }] },
    );
    for await (const { NetworkAcls = [] } of pages) {
      // An ACL is listed with all its subnets, also with those that were not asked about.
      for (const { SubnetId = '', NetworkAclId = '' } of NetworkAcls.flatMap((acl) => acl.Associations ?? []))
        if (Values.includes(SubnetId)) acls[SubnetId] = NetworkAclId;
    }
  }
  return acls;
}

/** The network ACLs of the subnets that may be hit: FIS puts a clone in their place, and is to put them back. */
export const rememberNetworkAcls: Remember = async ({ ec2 }, targets) => {
  const subnets = targets.flatMap(({ id }) => (id.includes(':subnet/') ? [ec2Id(id)] : []));
  return subnets.length === 0 ? undefined : aclsOf(ec2, [...new Set(subnets)]);
};

/** Those subnets that have another ACL than before. */
export const lookAtNetworkAcls: LookForResidue = async ({ ec2 }, { before }) => {
  const had = z._default(aclsSchema, {}).parse(before);
  const subnets = Object.keys(had);
  if (subnets.length === 0) return [];
  const has = await aclsOf(ec2, subnets);
  return subnets.flatMap((subnet) => {
    const [old, now] = [had[subnet], has[subnet]];
    if (old === now || now === undefined) return [];
    return [
      {
        what: `${subnet} has the network ACL ${now}, and had ${old} before the fault`,
        hint: `Give the subnet ${old} again, and delete ${now} if FIS has made it (its tag is managedByFIS).`,
      },
    ];
  });
};
