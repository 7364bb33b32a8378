import { witnessOfInstances } from './instances.ts';
import type { LookAtTargets } from './look.ts';

/** Of an instance that does not run. */
const notRunning: readonly (string | undefined)[] = ['stopping', 'stopped', 'shutting-down', 'terminated'];

/**
 * Whether instances that were to be stopped have: one does not run, or has been started again since the fault began, as FIS does when
 * it ends. EC2 sets the time of launch anew with each start.
 */
export const instancesStopped: LookAtTargets = {
  asks: 'EC2',
  look: (hit, { ec2 }, fault) =>
    witnessOfInstances(ec2, hit, {
      isHit: ({ State, LaunchTime }) =>
        notRunning.includes(State?.Name) ||
        (fault !== undefined && LaunchTime !== undefined && LaunchTime.getTime() >= fault.fromMs),
      done: 'stopped, or started again since',
      not: 'have run on',
    }),
};
