import type { RunContext } from '../context.ts';
import { leaseMs } from '../lease.ts';
import type { Check, CheckResult } from './check.ts';

const base = { check: 'lease', rejection: 'busy' } as const;

/** No other run holds a service that this one touches; takes the lease on all of them. */
export const checkLease = async (context: RunContext): Promise<CheckResult> => {
  const { ports, input, runId } = context;
  const lease = await ports.leases.acquire(runId, input.touches, ports.clock.now() + leaseMs);
  return lease.held
    ? {
        ...base,
        passed: true,
        evidence: `this run holds ${input.touches.join(', ')}`,
        lease: { services: input.touches, token: lease.token },
      }
    : inTheWay(lease.by);
};

/** The same without taking it. */
export const lookAtLease: Check = async ({ ports, input, runId }) => {
  const by = await ports.leases.inTheWay(runId, input.touches);
  return by === undefined
    ? { ...base, passed: true, evidence: `nobody holds ${input.touches.join(', ')}` }
    : inTheWay(by);
};

const inTheWay = (by: string): CheckResult => ({
  ...base,
  passed: false,
  evidence: `run ${by} holds a service that this one touches, or the last place among the environment's runs`,
  hint: 'Wait until it has concluded.',
});
