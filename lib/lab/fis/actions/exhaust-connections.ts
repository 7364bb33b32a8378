import * as z from 'zod';
import { SteadfastError } from '../../../experiment/steadfast-error.ts';
import type { Pressing } from '../../pressure/pressure.ts';
import type { Address } from '../../proxy/connection.ts';
import type { Replica } from '../../running-lab.ts';
import type { ActionHandler, FaultyLab } from '../action-handler.ts';
import { isoDurationText, readParameters, wholeNumberText } from '../lab-parameters.ts';

const parametersSchema = z.object({
  duration: isoDurationText(),
  to: z
    .string()
    .transform((text) => text.split(','))
    .optional(),
  connections: wholeNumberText(),
});

/** One that is held, and the replicas that show whether it still answers. */
interface Held {
  readonly name: string;
  readonly address: Address;
  readonly replicas: readonly Replica[];
}

/** The real address of a service that replicas use: what a link leads to, past any fault on it. */
function usedBy(targets: readonly Replica[], to: string, lab: FaultyLab): Held {
  const link = targets.map(({ id }) => lab.links(id).get(to)).find((found) => found !== undefined);
  if (link === undefined) {
    throw new SteadfastError('invalid', `${targets.map(({ id }) => id).join(', ')} have no link to '${to}'`);
  }
  return {
    name: to,
    address: link.upstream,
    replicas: lab.replicas.filter(({ service }) => service === to),
  };
}

async function feltBy({ name, replicas }: Held, pressing: Pressing, lab: FaultyLab) {
  const { heldConnections, refusedConnections } = pressing.counters();
  const healthy = await Promise.all(replicas.map(({ id }) => lab.isHealthy(id)));
  const silent = healthy.filter((one) => !one).length;
  return {
    // One that refuses everything is down, which is another fault.
    did: heldConnections > 0 && (refusedConnections > 0 || silent > 0),
    text: `${name}: ${pressing.evidence()}${silent === 0 ? '' : `, and ${silent} of ${healthy.length} replicas did not answer`}`,
  };
}

/** `lab:exhaust-connections`: holds connections open to each replica, or to the real address of what they use. */
export const exhaustConnections: ActionHandler = {
  id: 'lab:exhaust-connections',
  carryOut: async ({ lab, parameters, targets, signal, clock }) => {
    const { duration, to, connections } = readParameters(
      'lab:exhaust-connections',
      parametersSchema,
      parameters,
    );
    const held =
      to === undefined
        ? targets.map((replica): Held => {
            const { id, port } = replica;
            return { name: id, address: { host: '127.0.0.1', port }, replicas: [replica] };
          })
        : to.map((service) => usedBy(targets, service, lab));
    const pressing: (readonly [Held, Pressing])[] = [];
    try {
      for (const one of held)
        pressing.push([one, await lab.press({ kind: 'connections', ...one.address, connections })]);
      await clock.sleep(duration, signal);
      const felt = await Promise.all(pressing.map(([one, pressed]) => feltBy(one, pressed, lab)));
      const bit = felt.some(({ did }) => did);
      return {
        bit,
        evidence: felt.map(({ text }) => text).join('; '),
        ...(bit
          ? {}
          : { likely: `it takes more than ${connections} connections, or was not there to take any` }),
      };
    } finally {
      await Promise.all(pressing.map(([, pressed]) => pressed.stop()));
    }
  },
};
