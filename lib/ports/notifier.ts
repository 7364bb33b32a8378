import * as z from 'zod/mini';
import { type VerdictEvent, verdictEventSchema } from '../run/verdict-event-schema.ts';

/** An event of EventBridge, as a rule hands it to a Lambda function. */
const envelopeSchema = z.looseObject({
  id: z.string(),
  account: z.string(),
  region: z.string(),
  source: z.literal('steadfast'),
  'detail-type': z.literal('Verdict'),
  detail: z.looseObject({ schemaVersion: z.number() }),
});

/** A verdict, and where it is from. */
export interface Notification {
  /** What the run ended with; the fields are those of docs/reference/events.md. */
  readonly verdict: VerdictEvent;
  /** The event's id. The same run may come again under another id: what must be told once is told by `verdict.runId`. */
  readonly eventId: string;
  /** The AWS account, 12 digits. */
  readonly account: string;
  readonly region: string;
}

/**
 * A notifier of your own: makes of a function that tells somebody the handler of a Lambda function that a rule on Steadfast's
 * verdicts calls. EventBridge delivers at least once, and tries again for a day when it throws.
 *
 * @throws where `tell` throws, and a TypeError for what is no verdict of a version that it knows
 *
 * @example
 * export const handler = defineNotifier(async ({ verdict }) => {
 *   if (verdict.verdict !== 'held') await openTicket(verdict.runId, verdict.summary);
 * });
 */
export const defineNotifier =
  (tell: (notification: Notification) => void | Promise<void>) =>
  async (event: unknown): Promise<void> => {
    const envelope = envelopeSchema.safeParse(event);
    if (!envelope.success)
      throw new TypeError(
        "this is no verdict of Steadfast: let the rule's pattern be source 'steadfast' and detail-type 'Verdict'",
      );
    const { id, account, region, detail } = envelope.data;
    const read = verdictEventSchema.safeParse(detail);
    if (!read.success) {
      throw new TypeError(
        detail.schemaVersion === 1
          ? `the verdict has another form: ${read.error.issues.map(({ path }) => path.join('.')).join(', ')}`
          : `the verdict is of version ${detail.schemaVersion}, and this is written for version 1: install a newer steadfast-chaos`,
      );
    }
    await tell({ verdict: read.data, eventId: id, account, region });
  };
