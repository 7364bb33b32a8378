import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { tagKeys } from '../../plan/aws-names.ts';
import { experimentOf, type RunnerInput } from '../../plan/runner-input.ts';

/** A stage of a run, with its template. */
export function stageOf(input: RunnerInput, index: number): RunnerInput['stages'][number] {
  const stage = input.stages[index];
  if (stage === undefined) throw new SteadfastError('internal', `there is no stage ${index}`);
  return stage;
}

/** Tags that say whose an experiment is; the sweep and the console find it by them. */
export const runTags = (input: RunnerInput, runId: string): Record<string, string> => ({
  [tagKeys.run]: runId,
  [tagKeys.experiment]: experimentOf(input).id,
  [tagKeys.environment]: input.environment.id,
});
