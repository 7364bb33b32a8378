import { lookAtEcsServices, rememberEcsServices } from './ecs-services.ts';
import { lookAtNetworkAcls, rememberNetworkAcls } from './network-acls.ts';
import type { LookForResidue, Remember, ResidueKind } from './residue-kind.ts';

/** What of each kind is remembered before any fault. */
export const remembers: Readonly<Record<ResidueKind, Remember>> = {
  ecsServices: rememberEcsServices,
  networkAcls: rememberNetworkAcls,
};

/** How each kind is looked for afterwards; apart, since the function that looks may do less than the one that remembers. */
export const looks: Readonly<Record<ResidueKind, LookForResidue>> = {
  ecsServices: lookAtEcsServices,
  networkAcls: lookAtNetworkAcls,
};

/** Each kind in messages, and what AWS must allow for it to be seen. */
export const kindFacts: Readonly<Record<ResidueKind, { readonly of: string; readonly needs: string }>> = {
  ecsServices: { of: 'the ECS services of the targets', needs: 'ecs:DescribeServices' },
  networkAcls: { of: 'the network ACLs of the subnets', needs: 'ec2:DescribeNetworkAcls' },
};

export const residueKinds: readonly ResidueKind[] = ['ecsServices', 'networkAcls'];
