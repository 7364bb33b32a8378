import { createEventClock } from '../lib/aws/event-clock.ts';
import { createProbeClients, type ProbeClients } from '../lib/aws/probe-clients.ts';
import { createSecrets } from '../lib/aws/secrets.ts';
import { answerBatch } from '../lib/probing/answer-batch.ts';
import { type BatchAnswer, batchSchema } from '../lib/probing/batch.ts';
import { createHttpProber } from '../lib/probing/http-prober.ts';
import { createSelfCheck } from '../lib/probing/self-check.ts';
import type { Clock } from '../lib/run/ports.ts';

/** What tests put in place of the real thing. */
interface Replacements {
  readonly clients?: ProbeClients;
  readonly clock?: Clock;
}

/**
 * A handler that answers one batch of requests. It writes nothing down and reads nothing but the secrets that their headers need.
 *
 * @throws a ZodError for what is no batch
 */
export function createProbeHandler({
  clients,
  clock,
}: Replacements = {}): (event: unknown) => Promise<BatchAnswer> {
  let made: ProbeClients | undefined;
  return async (event) => {
    const batch = batchSchema.parse(event);
    made ??= clients ?? createProbeClients();
    const ofEvent = clock ?? createEventClock();
    const prober = createHttpProber({
      clock: ofEvent,
      urls: batch.services,
      secret: createSecrets({ ...made, sources: batch.secrets }),
      ...(batch.selfCheck === undefined
        ? {}
        : { selfCheck: createSelfCheck({ url: batch.selfCheck.url, clock: ofEvent }) }),
    });
    return answerBatch(batch, { clock: ofEvent, prober });
  };
}
