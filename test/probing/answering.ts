import type { Clock, ProbeOutcome, Prober } from '../../lib/run/ports.ts';

/** A service that answers after a while by the clock, and keeps the prober's time-out. */
export const answering = (
  clock: Clock,
  answers: (dueMs: number) => ProbeOutcome,
  selfCheckFailed?: string,
): Prober => ({
  ask: async ({ dueMs, timeoutMs }) => {
    const outcome = answers(dueMs);
    const { latencyMs = 0 } = outcome;
    await clock.sleep(Math.min(latencyMs, timeoutMs));
    return latencyMs < timeoutMs
      ? outcome
      : { latencyMs: timeoutMs, error: `no answer within ${timeoutMs} ms` };
  },
  selfChecks: async () => [
    {
      from: 'outside',
      url: 'http://x',
      ...(selfCheckFailed === undefined ? {} : { failed: selfCheckFailed }),
    },
  ],
});
