import * as z from 'zod';
import { stopTask, taskNetworkLatency } from '../fis/ecs.ts';
import { duration, percentage, show } from '../fis/quantity.ts';
import { logicalName } from './names.ts';

/**
 * The targets a fault may hit, by logical name. The environment's tag is added by the plan and can never be named here:
 * a selector that could name it could also name another environment's.
 */
const selectorSchema = z
  .strictObject({
    service: logicalName().optional().describe('The service whose resources may be hit, by logical name.'),
    tags: z
      .record(z.string().min(1), z.string().min(1))
      .optional()
      .describe('Further tags that the resources must carry.'),
    availabilityZone: z.string().min(1).optional().describe('Only resources in this zone.'),
  })
  .refine((selector) => selector.service !== undefined || Object.keys(selector.tags ?? {}).length > 0, {
    error: 'selects everything in the environment: name a service, or tags',
  });

const selects = 'The targets it may hit.';
const parametersOf = 'How the action is carried out.';
const actionId = <Action extends string>(id: Action) => z.literal(id).describe("FIS's id of the action.");

const of = <Action extends string, Parameters extends z.ZodType>(action: {
  id: Action;
  parameters: Parameters;
}) =>
  z.strictObject({
    action: actionId(action.id),
    selector: selectorSchema.describe(selects),
    parameters: action.parameters.describe(parametersOf),
  });

const ofNothing = <Action extends string, Parameters extends z.ZodType>(action: {
  id: Action;
  parameters: Parameters;
}) =>
  z.strictObject({
    action: actionId(action.id),
    selector: selectorSchema.describe(selects),
    parameters: action.parameters.optional().describe(parametersOf),
  });

/** One FIS action with its parameters and its selector. A new action of the catalogue is added here. */
export const faultSchema = z.discriminatedUnion('action', [ofNothing(stopTask), of(taskNetworkLatency)]);

export type Fault = z.output<typeof faultSchema>;

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
