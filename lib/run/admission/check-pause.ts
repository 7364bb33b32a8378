import type { Check } from './check.ts';

/** Nobody has paused the experiment in this environment. */
export const checkPause: Check = async ({ ports, input, experiment }) => {
  const base = { check: 'pause', rejection: 'locked' } as const;
  const pause = await ports.pauses.paused(experiment.id);
  const here = input.environment.id;
  if (pause === undefined) return { ...base, passed: true, evidence: `nobody has paused it in ${here}` };
  return {
    ...base,
    passed: false,
    evidence: `${pause.by} paused '${experiment.id}' in ${here} at ${pause.at}: ${pause.reason}`,
    hint: `Ask ${pause.by}, then: steadfast resume ${experiment.id} --env ${here}`,
  };
};
