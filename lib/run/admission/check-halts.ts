import type { Check } from './check.ts';

/** Nobody has asked for a halt: the kill switch, or a person. */
export const checkHalts: Check = async ({ ports, runId }) => {
  const halt = await ports.halts.requested(runId);
  const base = { check: 'kill-switch', rejection: 'locked' } as const;
  return halt === undefined
    ? { ...base, passed: true, evidence: 'nobody asked for a halt' }
    : { ...base, passed: false, evidence: `a halt was asked for: ${halt.reason}` };
};
