import * as z from 'zod';
import { byLab } from '../../fis/evidence.ts';
import { servicesAsHosts, wholeNumber } from '../../fis/parameter.ts';
import { labFault } from './lab-fault.ts';

/** Clients that open connections and never close them, until nobody else gets one. */
export const exhaustConnections = labFault({
  id: 'lab:exhaust-connections',
  title: 'Holds connections open until a service takes no more',
  parameters: z.strictObject({
    to: servicesAsHosts({
      what: 'The services that are held, by logical name: those that the replicas use, at their real addresses. Default: the replicas themselves.',
    }).optional(),
    connections: wholeNumber({ what: 'How many are held open to each.', least: 1, most: 10_000 }),
  }),
  fisParameters: {
    to: { name: 'to', as: 'hosts' },
    connections: { name: 'connections', as: 'integer' },
  },
  example: { to: ['database'], connections: 200 },
  durationParameter: 'duration',
  requires: ['a service that counts its connections: its pool, its limit or its threads'],
  limits: [
    'nothing is said on the connections: a service that counts only clients that have logged in does not feel them',
  ],
  leavesBehind: 'nothing: the connections are closed with the fault, and at once when the command is gone',
  evidence: byLab(
    'how many connections are held, and whether the service refused others or stopped answering',
  ),
});
