import * as z from 'zod';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { ActionContext, ActionHandler } from './action-handler.ts';
import { isoDurationMs } from './iso-duration.ts';

/** A duration as FIS writes it, in milliseconds. */
export const durationMs = () =>
  z.string().transform((text, context) => {
    try {
      return isoDurationMs(text);
    } catch {
      context.addIssue({ code: 'custom', message: `'${text}' is no ISO 8601 duration, such as PT2M` });
      return z.NEVER;
    }
  });

/** A number from a text, as FIS writes all values. */
export const numberText = (least: number, most = Number.POSITIVE_INFINITY) =>
  z.string().transform((text, context) => {
    const value = Number(text);
    if (/^\d+(?:\.\d+)?$/.test(text) && value >= least && value <= most) return value;
    const range = most === Number.POSITIVE_INFINITY ? `from ${least}` : `from ${least} to ${most}`;
    context.addIssue({ code: 'custom', message: `'${text}' is no number ${range}` });
    return z.NEVER;
  });

/** A whole percentage. */
export const percentText = () => numberText(0, 100);

/** Texts joined by commas. */
export const listText = () => z.string().transform((text) => text.split(',').map((one) => one.trim()));

/**
 * A stand-in that reads its parameters by a schema, which has FIS's own defaults. Parameters that mean nothing in a lab, such as what
 * FIS's pods look like, are left out of it.
 */
export function standIn<Parameters extends z.ZodObject>({
  id,
  parameters,
  carryOut,
}: {
  readonly id: string;
  readonly parameters: Parameters;
  readonly carryOut: (
    context: ActionContext,
    parameters: z.output<Parameters>,
  ) => ReturnType<ActionHandler['carryOut']>;
}): ActionHandler {
  const read = (given: ActionContext['parameters']): z.output<Parameters> => {
    const result = parameters.safeParse(given);
    if (result.success) return result.data;
    const problems = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new SteadfastError('invalid', `${id}: ${problems.join('; ')}`);
  };
  return {
    id,
    check: (given) => void read(given),
    carryOut: async (context) => carryOut(context, read(context.parameters)),
  };
}
