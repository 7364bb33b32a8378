import { witnessOfInstances } from './instances.ts';
import type { LookAtTargets } from './look.ts';

/** Whether instances that were to be terminated are, or are about to be. */
export const instancesTerminated: LookAtTargets = {
  asks: 'EC2',
  look: (hit, { ec2 }) =>
    witnessOfInstances(ec2, hit, {
      isHit: ({ State }) => State?.Name === 'shutting-down' || State?.Name === 'terminated',
      done: 'been terminated',
      not: 'are still there',
    }),
};
