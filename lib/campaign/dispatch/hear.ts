import * as z from 'zod/mini';
import { iso } from '../../run/iso.ts';
import type { DispatchPorts } from './dispatch-ports.ts';
import { type PartWord, partWordEvent, partWordSchema } from './part-word.ts';

/** What of an event is looked at. */
const eventSchema = z.object({
  source: z.string(),
  'detail-type': z.literal(partWordEvent.detailType),
  detail: partWordSchema,
});

/** Whether something is an event, and no step. */
export const isEvent = (told: unknown): boolean =>
  z.object({ source: z.string(), 'detail-type': z.string() }).safeParse(told).success;

/**
 * Keeps what another part of a campaign tells. What is counted of it depends on the plan, which the step that reads it holds: the plan may
 * come later than the word. Undefined for what is no word, or is told in another's name: that is worth nothing, however often it comes.
 */
export async function hear(
  { words, clock }: Pick<DispatchPorts, 'clock' | 'words'>,
  told: unknown,
): Promise<PartWord | undefined> {
  const event = eventSchema.safeParse(told).data;
  if (event === undefined || event.source !== partWordEvent.sourceOf(event.detail)) return undefined;
  await words.keep({ ...event.detail, heardAt: iso(clock.now()) });
  return event.detail;
}
