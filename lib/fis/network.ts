import * as z from 'zod';
import { fisAction } from './action.ts';
import { byCall } from './evidence.ts';
import { nameOf, noParameters, oneOf, text } from './parameter.ts';
import { type FisPermission, findsByTag, onDeclared, reads, tagged } from './permission.ts';
import { oneMinuteMs, userGuide } from './source.ts';

const prefixListEntries: FisPermission = {
  action: 'ec2:GetManagedPrefixListEntries',
  confinedBy: { none: "a read-only call, also of Amazon's own lists, which carry no tag" },
};
const making = (action: string, on: string): FisPermission => ({ action, on, confinedBy: 'makingForFis' });
const made = (action: string, on?: string): FisPermission => ({
  action,
  ...(on === undefined ? {} : { on }),
  confinedBy: 'madeByFis',
});
const tagging = (call: string, on: string): FisPermission => ({
  action: 'ec2:CreateTags',
  on,
  confinedBy: { taggingForFis: call },
});

/** A call that also takes what carries no tag of ours, and is confined by the other resource it is asked on. */
const besides = (action: string, on: string, other: string): FisPermission => ({
  action,
  on,
  confinedBy: { none: `it is asked on ${other} too, which must carry the environment tag` },
});

const region = text({ what: 'The Region that can no longer be reached.' });
const asRegion = { name: 'region', as: 'text' } as const;
const whileItLasts = { durationParameter: 'duration', price: 'by the minute', source: userGuide } as const;

const disruptConnectivity = fisAction({
  ...whileItLasts,
  id: 'aws:network:disrupt-connectivity',
  title: 'Cuts subnets off by a network ACL',
  target: { key: 'Subnets', resourceType: 'aws:ec2:subnet', maximum: 100 },
  parameters: z
    .strictObject({
      scope: oneOf(['all', 'availability-zone', 'dynamodb', 'prefix-list', 's3', 's3express', 'vpc'], {
        what: 'The traffic that is denied.',
      }),
      prefixList: nameOf({
        what: 'With the scope prefix-list: the list, by logical name; at most ten entries.',
      }).optional(),
    })
    .refine(({ scope, prefixList }) => (scope === 'prefix-list') === (prefixList !== undefined), {
      error: "the scope 'prefix-list' needs a prefixList, and no other scope takes one",
      path: ['prefixList'],
    }),
  fisParameters: {
    scope: { name: 'scope', as: 'text' },
    prefixList: { name: 'prefixListIdentifier', as: 'text', names: 'prefixList' },
  },
  example: { scope: 'availability-zone' },
  leastDurationMs: oneMinuteMs,
  permissions: [
    making('ec2:CreateNetworkAcl', 'ec2:network-acl/*'),
    tagged('ec2:CreateNetworkAcl', 'ec2:vpc/*'),
    made('ec2:CreateNetworkAclEntry'),
    tagging('CreateNetworkAcl', 'ec2:network-acl/*'),
    made('ec2:DeleteNetworkAcl'),
    reads('ec2:DescribeManagedPrefixLists'),
    reads('ec2:DescribeNetworkAcls'),
    reads('ec2:DescribeSubnets'),
    reads('ec2:DescribeVpcs'),
    prefixListEntries,
    tagged('ec2:ReplaceNetworkAclAssociation', 'ec2:subnet/*'),
    besides('ec2:ReplaceNetworkAclAssociation', 'ec2:network-acl/*', 'the subnet'),
  ],
  requires: ['subnets, and their VPC, that carry the environment tag'],
  limits: [
    'the scope all still lets traffic through inside a subnet; more than five subnets need it',
    'other scopes: at most 20 entries of the ACL; availability-zone: at most 30 subnets of a VPC',
  ],
  leavesBehind: 'nothing: the subnets get their own ACL back, and the clone is deleted',
  evidence: byCall('the network ACL of the subnets'),
  rehearsal: {
    fidelity: 'approximate',
    differs:
      "in a lab the links between services in zones are cut: each holds back what is sent and takes new connections that nobody answers, where AWS drops packets. A service that names no zone is outside of the VPC; a balancer finds out about a zone without traffic within ten seconds at the lab's pace; a link to a database that fails over to another zone is cut by where its writer is; one to a service that is in several zones stays whole, and a service without a balancer stays within reach of probes",
  },
});

const routeTableDisruptCrossRegionConnectivity = fisAction({
  ...whileItLasts,
  id: 'aws:network:route-table-disrupt-cross-region-connectivity',
  title: 'Cuts subnets off from another Region by route tables',
  target: { key: 'Subnets', resourceType: 'aws:ec2:subnet', maximum: 50 },
  parameters: z.strictObject({ region }),
  fisParameters: { region: asRegion },
  example: { region: 'eu-central-1' },
  permissions: [
    made('ec2:AssociateRouteTable', 'ec2:route-table/*'),
    tagged('ec2:AssociateRouteTable', 'ec2:subnet/*'),
    making('ec2:CreateManagedPrefixList', 'ec2:prefix-list/*'),
    making('ec2:CreateNetworkInterface', 'ec2:network-interface/*'),
    tagged('ec2:CreateNetworkInterface', 'ec2:subnet/*'),
    besides('ec2:CreateNetworkInterface', 'ec2:security-group/*', 'the subnet'),
    made('ec2:CreateRoute'),
    making('ec2:CreateRouteTable', 'ec2:route-table/*'),
    tagged('ec2:CreateRouteTable', 'ec2:vpc/*'),
    tagging('CreateManagedPrefixList', 'ec2:prefix-list/*'),
    tagging('CreateNetworkInterface', 'ec2:network-interface/*'),
    tagging('CreateRouteTable', 'ec2:route-table/*'),
    made('ec2:DeleteManagedPrefixList'),
    made('ec2:DeleteNetworkInterface'),
    made('ec2:DeleteRouteTable'),
    reads('ec2:DescribeManagedPrefixLists'),
    reads('ec2:DescribeNetworkInterfaces'),
    reads('ec2:DescribeRouteTables'),
    reads('ec2:DescribeSubnets'),
    reads('ec2:DescribeVpcEndpoints'),
    reads('ec2:DescribeVpcPeeringConnections'),
    reads('ec2:DescribeVpcs'),
    made('ec2:DisassociateRouteTable', 'ec2:route-table/*'),
    tagged('ec2:DisassociateRouteTable', 'ec2:subnet/*'),
    prefixListEntries,
    made('ec2:ModifyManagedPrefixList'),
    tagged('ec2:ModifyVpcEndpoint', 'ec2:vpc-endpoint/*'),
    made('ec2:ModifyVpcEndpoint', 'ec2:route-table/*'),
    // FIS puts its own table in, and the subnet's back. IAM need not be asked about the subnet here, so its tag alone confines nothing.
    made('ec2:ReplaceRouteTableAssociation', 'ec2:route-table/*'),
    onDeclared('ec2:ReplaceRouteTableAssociation', 'ec2:route-table/*', 'the route tables of the subnets'),
    tagged('ec2:ReplaceRouteTableAssociation', 'ec2:subnet/*'),
  ],
  requires: [
    'subnets, and their VPC and gateway endpoints, that carry the environment tag',
    "the subnets' own route tables, which the environment declares",
    "the VPC's quota of routes a table raised to 250 (350 for us-east-1) beyond those that exist",
  ],
  limits: ['at most 10 route tables, 200 routes and 15 prefix lists of an action'],
  leavesBehind: 'nothing: FIS takes its own route tables away again',
  evidence: byCall('the route tables of the subnets'),
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'in a lab the links between services in the zones that are hit and those that name the Region are cut: each holds back what is sent and takes new connections that nobody answers, where AWS answers that there is no route',
  },
});

const transitGatewayDisruptCrossRegionConnectivity = fisAction({
  ...whileItLasts,
  id: 'aws:network:transit-gateway-disrupt-cross-region-connectivity',
  title: 'Cuts transit gateways off from another Region',
  target: { key: 'TransitGateways', resourceType: 'aws:ec2:transit-gateway', maximum: 50 },
  parameters: z.strictObject({ region }),
  fisParameters: { region: asRegion },
  example: { region: 'eu-central-1' },
  permissions: [
    tagged('ec2:AssociateTransitGatewayRouteTable'),
    reads('ec2:DescribeTransitGatewayAttachments'),
    reads('ec2:DescribeTransitGatewayPeeringAttachments'),
    reads('ec2:DescribeTransitGateways'),
    tagged('ec2:DisassociateTransitGatewayRouteTable'),
  ],
  requires: [
    'transit gateways, with their peering attachments and route tables, that carry the environment tag',
  ],
  leavesBehind: 'nothing: FIS puts the route tables of the attachments back',
  evidence: byCall('the route tables of the peering attachments'),
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'in a lab all links between its services and those that name the Region are cut: each holds back what is sent and takes new connections that nobody answers',
  },
});

const disruptVpcEndpoint = fisAction({
  ...whileItLasts,
  id: 'aws:network:disrupt-vpc-endpoint',
  title: 'Cuts interface VPC endpoints off by an empty security group',
  // FIS's guide shows no template of it; other FIS catalogues give the key so.
  target: { key: 'VPCEndpoints', resourceType: 'aws:ec2:vpc-endpoint' },
  parameters: noParameters(),
  fisParameters: {},
  example: {},
  permissions: [
    reads('ec2:DescribeVpcEndpoints'),
    reads('ec2:DescribeSecurityGroups'),
    tagged('ec2:ModifyVpcEndpoint', 'ec2:vpc-endpoint/*'),
    besides('ec2:ModifyVpcEndpoint', 'ec2:security-group/*', 'the endpoint'),
    making('ec2:CreateSecurityGroup', 'ec2:security-group/*'),
    tagged('ec2:CreateSecurityGroup', 'ec2:vpc/*'),
    made('ec2:DeleteSecurityGroup'),
    made('ec2:RevokeSecurityGroupEgress'),
    tagging('CreateSecurityGroup', 'ec2:security-group/*'),
    {
      ...onDeclared('vpce:AllowMultiRegion', 'ec2:vpc-endpoint/*', 'the endpoints'),
      when: 'for endpoints of another Region',
    },
    findsByTag,
  ],
  requires: [
    'interface endpoints, and their VPC, that carry the environment tag; those of another Region that the environment declares',
  ],
  limits: ['interface endpoints only'],
  leavesBehind:
    'nothing, unless somebody changes the endpoint meanwhile: then it is not put back, and the security group stays',
  evidence: byCall('the security groups of the endpoints'),
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'in a lab all links that lead to the service are cut: each holds back what is sent and takes new connections that nobody answers, where AWS drops packets of new connections alone',
  },
});

export const networkActions = [
  disruptConnectivity,
  routeTableDisruptCrossRegionConnectivity,
  transitGatewayDisruptCrossRegionConnectivity,
  disruptVpcEndpoint,
] as const;
