import type { SafetyLeverState } from '../ports.ts';
import type { Check } from './check.ts';

const hints: Readonly<Record<Exclude<SafetyLeverState['status'], 'disengaged'>, string>> = {
  engaged:
    'Ask who engaged it, and start again once they have disengaged it (FIS console, Safety lever): until then FIS cancels every experiment.',
  engaging:
    'FIS is stopping every experiment here. Ask who engaged it, and start again once they have disengaged it (FIS console, Safety lever).',
  unreadable:
    'See why FIS does not tell its state: nobody could say whether somebody has stopped all experiments.',
};

/** Nobody has engaged FIS's safety lever. */
export const checkSafetyLever: Check = async ({ ports }) => {
  const { status, reason, permission } = await ports.safetyLever.state();
  const base = { check: 'safety-lever', rejection: 'locked' } as const;
  if (status === 'disengaged')
    return { ...base, passed: true, evidence: `the safety lever of FIS is disengaged: ${reason}` };
  const evidence = `the safety lever of FIS is ${status}: ${reason}`;
  return permission === undefined
    ? { ...base, passed: false, evidence, hint: hints[status] }
    : {
        ...base,
        passed: false,
        evidence,
        rejection: 'permission',
        hint: `Allow ${permission} to the function that admits runs: deploy the runner again.`,
      };
};
