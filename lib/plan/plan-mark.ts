import { hashOf } from './hash.ts';
import type { RunnerInputDocument } from './runner-input.ts';

/**
 * So much of a hash tells the plans of one experiment apart: 48 bits. A list of experiments must fit a parameter, mark and all
 * (lib/cdk/listed-experiments.ts).
 */
const markLength = 12;

/**
 * A short mark of a plan: another one whenever the definition, or anything that the environment says of it, has changed. Where it is
 * deployed leaves it as it is: its stack, and the ids that CloudFormation gives to templates.
 */
export function planMark(input: RunnerInputDocument): string {
  const { stack: _stack, stages, ...rest } = input;
  const planned = stages.map(({ templateId: _templateId, ...stage }) => stage);
  return hashOf({ ...rest, stages: planned }).slice(0, markLength);
}
