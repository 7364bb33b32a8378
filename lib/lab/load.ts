import { Agent, get } from 'node:http';
import type { Clock } from '../run/ports.ts';

/** Requests at a fixed rate. */
export interface Load {
  readonly url: string;
  readonly perSecond: number;
}

/** After this long an answer is no longer waited for, so that a service that hangs does not gather requests without end. */
const answerWithinMs = 10_000;

/**
 * Sends requests at a fixed arrival rate (open model) until the signal aborts: a slow answer never holds back the next
 * request. Answers are not looked at.
 */
export async function playLoad(load: Load, clock: Clock, signal: AbortSignal): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  const ask = () => {
    const request = get(load.url, { agent, timeout: answerWithinMs }, (response) => {
      response.on('error', () => undefined);
      response.resume();
    });
    request.on('timeout', () => request.destroy());
    // What users would see of an error is the probes' concern.
    request.on('error', () => undefined);
  };
  const startMs = clock.now();
  for (let sent = 0; !signal.aborted; sent += 1) {
    const dueMs = startMs + (sent * 1_000) / load.perSecond;
    await clock.sleep(Math.max(0, dueMs - clock.now()), signal);
    if (!signal.aborted) ask();
  }
  agent.destroy();
}
