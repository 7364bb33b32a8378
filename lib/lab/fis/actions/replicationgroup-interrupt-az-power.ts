import type { ActionHandler } from '../action-handler.ts';
import { durationMsOf } from '../duration-of.ts';

const id = 'aws:elasticache:replicationgroup-interrupt-az-power';

/** `aws:elasticache:replicationgroup-interrupt-az-power`: kills the nodes of a cache in one zone, and starts them again at the end. */
export const replicationgroupInterruptAzPower: ActionHandler = {
  id,
  carryOut: async ({ lab, parameters, targets, clock, signal }) => {
    const durationMs = durationMsOf(id, parameters);
    const killed = await Promise.all(targets.map((replica) => lab.killReplica(replica.id)));
    try {
      await clock.sleep(durationMs, signal);
    } finally {
      await Promise.all(killed.map(({ replica }) => lab.startReplica(replica)));
    }
    return {
      bit: killed.length > 0 && killed.every(({ gone }) => gone),
      evidence: killed
        .map(({ evidence }) => `${evidence}, and was replaced when the power was back`)
        .join('; '),
    };
  },
};
