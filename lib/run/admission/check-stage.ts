import { noSuchStage, stagesInWords } from '../../plan/only-stage.ts';
import type { Check } from './check.ts';

/** The one stage that whoever started the run asked for is there; then it was narrowed to that before this is asked. */
export const checkStage: Check = async ({ input }) => {
  const { only, stages } = input;
  const base = { check: 'stage', rejection: 'invalid' } as const;
  if (only === undefined) return { ...base, passed: true, evidence: 'all stages are to run' };
  if (!('asked' in only))
    return { ...base, passed: true, evidence: `only stage ${only.stage} of ${only.of} is to run` };
  return {
    ...base,
    passed: false,
    evidence: noSuchStage(only.asked),
    hint: stagesInWords(stages.length),
  };
};
