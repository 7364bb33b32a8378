import type * as z from 'zod/mini';
import { probeAnswerSchema } from '../run/looks/probe-answer.ts';

/**
 * What a look has shown, at least one of:
 *
 * - `latencyMs`: how long the system took, in milliseconds, from 0
 * - `status`: as HTTP has them, 100 to 599; one outside 200 to 399 counts as an error
 * - `value`: a number, for tolerances of `value`, `count` or `age` (then in seconds)
 * - `error`: what is wrong with the system, in a few words; the look counts as an error
 */
export type ProbeAnswer = z.input<typeof probeAnswerSchema>;

/**
 * A probe of your own: makes of a function that looks the handler of a Lambda function that a `lambda` probe calls, and that a lab
 * calls by {@link answerStandardInput}. It looks once a call, and answers what it saw.
 *
 * What is wrong with the system is an `error` in the answer. What the function throws is the prober's own failure: it says nothing
 * about the system, and leads to no `held` and to no `deviated`.
 *
 * @param look is given the probe's `payload`, `{}` where it has none
 * @throws where `look` throws, and a TypeError where its answer has another form
 *
 * @example
 * export const handler = defineProbe(async () => ({ value: await oldestOrderInSeconds() }));
 */
export const defineProbe =
  (look: (payload: unknown) => ProbeAnswer | Promise<ProbeAnswer>) =>
  async (payload: unknown): Promise<ProbeAnswer> => {
    const answer: unknown = await look(payload ?? {});
    const read = probeAnswerSchema.safeParse(answer);
    if (read.success) return read.data;
    throw new TypeError(
      `the probe's answer has another form: ${wrongIn(read.error.issues[0])}; ` +
        'answer an object with any of latencyMs, status, value and error',
    );
  };

function wrongIn(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'unrecognized_keys') return `nobody reads '${issue.keys.join("', '")}'`;
  const field = issue?.path.join('.') ?? '';
  if (field !== '') return `its ${field} is none`;
  return issue?.code === 'custom' ? 'it says nothing' : 'it is no object';
}
