import type { Check } from './check.ts';

/** No blackout of the environment is on. */
export const checkBlackouts: Check = async ({ ports, input }) => {
  const now = ports.clock.now();
  const base = { check: 'blackout', rejection: 'blackout' } as const;
  const current = input.blackouts.find((b) => Date.parse(b.from) <= now && now < Date.parse(b.until));
  return current === undefined
    ? { ...base, passed: true, evidence: `none of ${input.blackouts.length} blackouts is on` }
    : { ...base, passed: false, evidence: `a blackout is on until ${current.until}: ${current.reason}` };
};
