import * as z from 'zod';
import { fisAction } from './action.ts';
import { byCall } from './evidence.ts';
import { oneOf, someOf, text } from './parameter.ts';
import { findsByTag, reads, tagged } from './permission.ts';
import { userGuide } from './source.ts';

const startZonalAutoshift = fisAction({
  id: 'aws:arc:start-zonal-autoshift',
  title: 'Shifts traffic away from one Availability Zone',
  target: { key: 'ManagedResources', resourceType: 'aws:arc:zonal-shift-managed-resource', maximum: 200 },
  parameters: z.strictObject({
    zone: text({ what: 'The Availability Zone that traffic leaves, by name or id.' }),
    kinds: someOf(['ASG', 'ALB', 'NLB', 'EKS'], {
      what: 'The kinds of resources that are shifted.',
      fallback: 'all',
    }).optional(),
    autoshift: oneOf(['ENABLED', 'DISABLED', 'ANY'], {
      what: 'Only resources whose zonal autoshift is so.',
      fallback: 'ENABLED',
    }).optional(),
  }),
  fisParameters: {
    zone: { name: 'availabilityZoneIdentifier', as: 'text' },
    kinds: { name: 'managedResourceTypes', as: 'list' },
    autoshift: { name: 'zonalAutoshiftStatus', as: 'text' },
  },
  example: { zone: 'euw1-az1' },
  durationParameter: 'duration',
  permissions: [
    tagged('arc-zonal-shift:StartZonalShift'),
    tagged('arc-zonal-shift:GetManagedResource'),
    tagged('arc-zonal-shift:UpdateZonalShift'),
    tagged('arc-zonal-shift:CancelZonalShift'),
    reads('arc-zonal-shift:ListManagedResources'),
    reads('autoscaling:DescribeTags'),
    findsByTag,
  ],
  requires: ['resources that ARC manages and that carry the environment tag'],
  leavesBehind: 'nothing: FIS renews a shift that expires after a minute, and cancels it when it ends',
  evidence: byCall('the shift that ARC lists'),
  price: 'by the minute',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'in a lab the balancers of services send nothing to their replicas in the zone, at once and until it ends; they count as load balancers whose autoshift is on',
  },
  source: userGuide,
});

export const arcActions = [startZonalAutoshift] as const;
