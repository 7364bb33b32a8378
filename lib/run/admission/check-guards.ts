import type { Check } from './check.ts';

/** Every guard exists and is not in ALARM. */
export const checkGuards: Check = async ({ ports, input }) => {
  const states = await ports.guards.read();
  const base = { check: 'guards', rejection: 'guard' } as const;
  const bad = states.filter((guard) => guard.state === 'alarm' || guard.state === 'missing');
  const absent = Object.keys(input.guards).filter((name) => !states.some((guard) => guard.guard === name));
  if (states.length === 0 || absent.length > 0) {
    return {
      ...base,
      passed: false,
      evidence: `nothing can be read of guard ${absent.join(', ') || '(none is set)'}`,
    };
  }
  return bad.length === 0
    ? {
        ...base,
        passed: true,
        evidence: states.map((guard) => `${guard.guard} is ${guard.state}`).join(', '),
      }
    : {
        ...base,
        passed: false,
        evidence: bad.map((guard) => `guard ${guard.guard} is ${guard.state}: ${guard.detail}`).join('; '),
      };
};
