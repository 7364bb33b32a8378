import type { ActionHandler } from '../action-handler.ts';
import { downFor } from '../down-for.ts';
import { durationMsOf } from '../duration-of.ts';

const id = 'aws:elasticache:replicationgroup-interrupt-az-power';

/** `aws:elasticache:replicationgroup-interrupt-az-power`: kills the nodes of a cache in one zone, and starts them again at the end. */
export const replicationgroupInterruptAzPower: ActionHandler = {
  id,
  carryOut: async (context) => {
    const ids = context.targets.map((replica) => replica.id);
    const killed = await downFor(context, ids, { forMs: durationMsOf(id, context.parameters), graceMs: 0 });
    return {
      bit: killed.length > 0 && killed.every(({ gone }) => gone),
      evidence: killed
        .map(({ evidence }) => `${evidence}, and was replaced when the power was back`)
        .join('; '),
    };
  },
};
