import * as z from 'zod';
import { packetLoss } from '../../proxy/toxics/packet-loss.ts';
import { faultOnLinks, waysTo } from '../fault-on-links.ts';
import { durationMs, percentText, standIn } from '../stand-in.ts';

/** The least time after which Linux sends again what was lost (TCP_RTO_MIN). */
const retransmitMs = 200;

/** Loses a share of what each replica sends to the sources: it comes later, by the time after which TCP sends it again. */
const networkPacketLoss = (id: string) =>
  standIn({
    id,
    // The defaults are FIS's own (actions reference).
    parameters: z.object({
      duration: durationMs(),
      lossPercent: percentText().prefault('7'),
      flowsPercent: percentText().prefault('100'),
      sources: z.string().default('ALL'),
    }),
    carryOut: (context, { duration, lossPercent, flowsPercent, sources }) =>
      faultOnLinks(context, {
        ways: waysTo(sources, context),
        toxic: packetLoss({
          direction: 'upstream',
          toxicity: flowsPercent / 100,
          loss: lossPercent / 100,
          retransmitMs,
        }),
        durationMs: duration,
        done: 'lost',
        did: ({ chunks, bytes, connections, longestMs }) =>
          `${chunks} chunks (${bytes} bytes) of ${connections} connections lost and sent again, the longest after ${Math.round(longestMs)} ms`,
        vain: lossPercent === 0 ? 'a loss of 0 % loses nothing' : undefined,
      }),
  });

export const taskNetworkPacketLoss = networkPacketLoss('aws:ecs:task-network-packet-loss');
export const podNetworkPacketLoss = networkPacketLoss('aws:eks:pod-network-packet-loss');
