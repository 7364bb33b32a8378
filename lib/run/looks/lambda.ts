import * as z from 'zod/mini';
import type { LambdaProbe } from '../../experiment/probe.ts';
import { jsonText } from '../json-text.ts';
import type { ProbeOutcome } from '../ports.ts';
import { probeAnswerSchema } from './probe-answer.ts';
import { ofProber, type Sources } from './sources.ts';

const answerSchema = z.pipe(jsonText, probeAnswerSchema);

/** As much of a function's error as a sample needs to hold. */
const longest = 160;

/**
 * What a function saw. It is a prober: what it says of the system is an `error` in its answer, and its own death, being throttled,
 * no answer in time or one of another form say nothing about the system.
 */
export async function lookByFunction(
  { functions }: Sources,
  { lambda }: LambdaProbe,
  timeoutMs: number,
): Promise<ProbeOutcome> {
  const text = await functions.call(lambda.function, JSON.stringify(lambda.payload ?? {}), timeoutMs);
  const answer = answerSchema.safeParse(text);
  if (!answer.success) {
    const [issue] = answer.error.issues;
    const where = issue?.path.join('.') ?? '';
    return ofProber(
      `the answer of ${lambda.function} is of another form: ${where === '' ? '' : `${where}: `}${issue?.message ?? ''}`,
    );
  }
  const { latencyMs, status, value, error } = answer.data;
  return {
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(status === undefined ? {} : { status }),
    ...(value === undefined ? {} : { value }),
    ...(error === undefined ? {} : { error: error.slice(0, longest) }),
  };
}
