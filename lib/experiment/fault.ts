import * as z from 'zod';
import type { BiteMetric } from '../fis/bite-metric.ts';
import { actions } from '../fis/catalogue.ts';
import { duration, percentage, show } from '../fis/quantity.ts';
import type { Selector } from '../fis/selector.ts';
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

/** The metric that shows that it bit, where the fault names one. */
export const biteMetricOf = (fault: Fault): BiteMetric | undefined =>
  'bite' in fault ? fault.bite : undefined;

/** What a fault may hit; undefined for an action that hits nothing of its own. */
export const selectorOf = (fault: Fault): Selector | undefined =>
  'selector' in fault ? fault.selector : undefined;

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

/** A step of the ramp: how much is hit, and for how long. */
export const stageSchema = z.strictObject({
  share: share.describe(
    "'one' target, a percentage of the targets, or of the traffic: { of: 'traffic', share: '10%' }.",
  ),
  duration: duration().describe('How long the fault lasts.'),
});

export type Stage = z.output<typeof stageSchema>;

/** A stage's label, as it was written: `one`, `50%`, `10% of traffic`. */
export function stageLabel(stage: Stage): string {
  if (stage.share === 'one') return 'one';
  return 'text' in stage.share ? stage.share.text : `${stage.share.share.text} of traffic`;
}
