import { openInWords } from '../../plan/variants.ts';
import type { Check } from './check.ts';

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What whoever started the run asked to be set is what is set: a state machine cannot see a name that nothing opens. */
export const checkSet: Check = async ({ input, experiment }) => {
  const { asked, set = {} } = input;
  const base = { check: 'set', rejection: 'invalid' } as const;
  if (isMap(asked) && Object.entries(asked).every(([name, value]) => set[name] === value))
    return { ...base, passed: true, evidence: `what was asked for is set: ${JSON.stringify(set)}` };
  return {
    ...base,
    passed: false,
    evidence: `${JSON.stringify(asked)} sets what is not open`,
    hint: `Open to be set: ${openInWords(experiment)}; each as a text.`,
  };
};
