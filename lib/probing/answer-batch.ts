import { isHttpProbe } from '../experiment/probe-kind.ts';
import { outside } from '../experiment/vantage-point-names.ts';
import type { Clock, ProbeOutcome, Prober } from '../run/ports.ts';
import type { Batch, BatchAnswer } from './batch.ts';
import { sendWhenDue } from './send-when-due.ts';

/** Sends each request of a batch when it is due by this clock, and answers when all have their outcomes. */
export async function answerBatch(
  batch: Batch,
  { clock, prober }: { readonly clock: Clock; readonly prober: Prober },
): Promise<BatchAnswer> {
  const beganMs = clock.now();
  const selfChecks = batch.selfCheckWorks ? [outside] : [];
  const ask = async ({ probe, dueMs, timeoutMs }: Batch['asks'][number]): Promise<ProbeOutcome> => {
    const definition = batch.probes[probe];
    if (definition === undefined || !isHttpProbe(definition))
      return { error: `prober: the batch has no http probe ${probe}` };
    return sendWhenDue(clock, dueMs, () => prober.ask({ probe, definition, dueMs, timeoutMs, selfChecks }));
  };
  const [outcomes, looks] = await Promise.all([
    Promise.all(batch.asks.map(ask)),
    batch.looks ? prober.selfChecks?.() : undefined,
  ]);
  const failed = looks?.find((look) => look.failed !== undefined)?.failed;
  return {
    beganMs,
    endedMs: clock.now(),
    outcomes,
    ...(failed === undefined ? {} : { selfCheckFailed: failed }),
  };
}
