import * as z from 'zod';
import { durationFromMs, positiveDuration, quantityIssue, show } from '../fis/quantity.ts';
import { defaultMs } from './default-ms.ts';
import { defaults } from './defaults.ts';
import { longestApprovalMs } from './longest-approval.ts';

const longest = durationFromMs(longestApprovalMs).text;

const asked = z
  .custom<true>((value) => value === true, {
    error: ({ input }) =>
      `${input === false ? 'false takes nothing back' : `${show(input)} is no approval`}: write true, or { within: '${defaults.approval}' }; without the key none is asked for`,
    params: quantityIssue,
  })
  .meta({ type: 'boolean', const: true });

/** That runs wait until a person has approved them. */
export const approvalSchema = z.union([
  asked,
  z.strictObject({
    within: positiveDuration()
      .refine(({ ms }) => ms <= longestApprovalMs, {
        error: ({ input }) => `'${textOf(input)}' is longer than ${longest}, the longest that a run waits`,
      })
      .describe(`How long a run waits for it, ${longest} at most (default ${defaults.approval}).`),
  }),
]);

type Approval = z.output<typeof approvalSchema>;

const textOf = (input: unknown): string =>
  typeof input === 'object' && input !== null && 'text' in input ? String(input.text) : String(input);

/** How long a run waits for an approval; undefined where none is asked for. Of several the shortest: no deployment undoes its environment's. */
export function approvalMsOf(...asked: readonly (Approval | undefined)[]): number | undefined {
  const waits = asked.flatMap((one) => {
    if (one === undefined) return [];
    return one === true ? defaultMs(defaults.approval) : one.within.ms;
  });
  return waits.length === 0 ? undefined : Math.min(...waits);
}
