import * as z from 'zod/mini';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { iso } from '../../run/iso.ts';
import type { DispatchPorts } from './dispatch-ports.ts';
import { type PartWord, partWordEvent, partWordSchema, placeText } from './part-word.ts';

const kindSchema = z.object({ 'detail-type': z.literal(partWordEvent.detailType) });

/** What of an event is looked at. */
const eventSchema = z.object({
  source: z.string(),
  /** When it was put on the bus. */
  time: z.iso.datetime(),
  detail: partWordSchema,
});

/** Whether something is an event, and no step. */
export const isEvent = (told: unknown): boolean =>
  z.object({ source: z.string(), 'detail-type': z.string() }).safeParse(told).success;

/**
 * Keeps what another part of a campaign tells. What is counted of it depends on the plan, which the step that reads it holds: the plan may
 * come later than the word. Undefined for an event of another kind.
 *
 * @throws SteadfastError `invalid` for what cannot be read, or is told in another's name. The bus lets in partners alone, so one of them
 * has another version, or is not what it says: what it counts would be missing here, and nobody would know.
 */
export async function hear(
  { words, clock }: Pick<DispatchPorts, 'clock' | 'words'>,
  told: unknown,
): Promise<PartWord | undefined> {
  if (!kindSchema.safeParse(told).success) return undefined;
  const { data: event, error } = eventSchema.safeParse(told);
  if (event === undefined) throw noWord(error.message, error);
  const { source, time, detail } = event;
  if (source !== partWordEvent.sourceOf(detail)) throw noWord(`${source} tells it of ${placeText(detail)}`);
  // One that was long on its way is no sign of life.
  await words.keep({ ...detail, heardAt: iso(Math.min(Date.parse(time), clock.now())) });
  return detail;
}

const noWord = (why: string, cause?: unknown) =>
  new SteadfastError('invalid', `this is no word of a part of a campaign: ${why}`, {
    hint: 'deploy the runners of all partners from the same version of Steadfast',
    cause,
  });
