import { leaseMs } from '../lease.ts';
import type { Check } from './check.ts';

/** No other run holds a service that this one touches; takes the lease on all of them. */
export const checkLease: Check = async (context) => {
  const { ports, input, runId } = context;
  const lease = await ports.leases.acquire(runId, input.touches, ports.clock.now() + leaseMs);
  const base = { check: 'lease', rejection: 'busy' } as const;
  return lease.held
    ? {
        ...base,
        passed: true,
        evidence: `this run holds ${input.touches.join(', ')}`,
        lease: { services: input.touches, token: lease.token },
      }
    : {
        ...base,
        passed: false,
        evidence: `run ${lease.by} holds a service that this one touches`,
        hint: 'Wait until it has concluded.',
      };
};
