import * as z from 'zod';
import type { Toxic } from '../../proxy/toxic.ts';
import { connectDelay } from '../../proxy/toxics/connect-delay.ts';
import { type LatencyOptions, latency } from '../../proxy/toxics/latency.ts';
import { faultOnLinks, waysTo } from '../fault-on-links.ts';
import { durationMs, numberText, percentText, standIn } from '../stand-in.ts';

/** FIS delays every packet that leaves: what is sent, and before that what opens the connection. */
const delaying = (options: Required<LatencyOptions>): Toxic => ({
  ...connectDelay(options),
  ...latency(options),
});

/** Delays what each replica sends to the sources, on its own links. */
const networkLatency = (id: string) =>
  standIn({
    id,
    // The defaults are FIS's own (actions reference).
    parameters: z.object({
      duration: durationMs(),
      delayMilliseconds: numberText(0).prefault('200'),
      jitterMilliseconds: numberText(0).prefault('10'),
      flowsPercent: percentText().prefault('100'),
      sources: z.string().default('ALL'),
    }),
    carryOut: (
      context,
      { duration, delayMilliseconds: delayMs, jitterMilliseconds: jitterMs, flowsPercent, sources },
    ) =>
      faultOnLinks(context, {
        ways: waysTo(sources, context),
        toxic: delaying({ direction: 'upstream', delayMs, jitterMs, toxicity: flowsPercent / 100 }),
        durationMs: duration,
        done: 'delayed',
        did: ({ chunks, bytes, connections, longestMs }) =>
          `${chunks} chunks (${bytes} bytes) of ${connections} connections delayed, the longest by ${Math.round(longestMs)} ms`,
        vain: delayMs + jitterMs === 0 ? 'a delay of 0 ms holds nothing back' : undefined,
      }),
  });

export const taskNetworkLatency = networkLatency('aws:ecs:task-network-latency');
export const podNetworkLatency = networkLatency('aws:eks:pod-network-latency');
