import * as z from 'zod';
import { actions } from '../fis/catalogue.ts';
import { duration, durationFromMs, percentage, positiveDuration, show } from '../fis/quantity.ts';
import { findLabFault, labFaults } from './lab-faults/lab-faults.ts';

const [first, ...others] = actions;

/** One FIS action with its parameters and its selector: those of the catalogue; or a fault of a lab. */
export const faultSchema = z.discriminatedUnion('action', [
  first.fault,
  ...others.map(({ fault }) => fault),
  ...labFaults.map(({ fault }) => fault),
]);

export type Fault = z.output<typeof faultSchema>;
/** A fault as it is written. */
export type FaultDefinition = z.input<typeof faultSchema>;

/** Whether only a lab can put it in. */
export const isLabFault = ({ action }: Pick<Fault, 'action'>): boolean => findLabFault(action) !== undefined;

const share = z.union(
  [
    z.literal('one'),
    percentage(),
    z.strictObject({
      of: z.literal('traffic').describe('A share of the traffic, where the action can.'),
      share: percentage().describe('How much of it.'),
    }),
  ],
  {
    error: ({ input }) =>
      input === undefined
        ? "is missing: write 'one', a percentage such as '50%', or { of: 'traffic', share: '10%' }"
        : `${show(input)} is no share: write 'one', a percentage such as '50%', or { of: 'traffic', share: '10%' }`,
  },
);

/** Harm that comes later than this is looked for by another experiment: the lease keeps others from the services all the while. */
const longestSoakMs = 4 * 3_600_000;

/** A step of the ramp: how much is hit, and for how long. */
export const stageSchema = z.strictObject({
  share: share.describe(
    "'one' target, a percentage of the targets, or of the traffic: { of: 'traffic', share: '10%' }.",
  ),
  duration: duration().describe('How long the fault lasts.'),
  soak: positiveDuration()
    .refine(({ ms }) => ms <= longestSoakMs, {
      error: `is longer than ${durationFromMs(longestSoakMs).text}, the longest that a soak may be`,
    })
    .optional()
    .describe(
      'How long steady state must hold without any fault before the next stage starts; not for the last stage, which recovery follows.',
    ),
});

export type Stage = z.output<typeof stageSchema>;
