import * as z from 'zod';
import { byLab } from '../../fis/evidence.ts';
import { anyDuration, oneOf, servicesAsHosts } from '../../fis/parameter.ts';
import { logicalName } from '../names.ts';
import { labFault } from './lab-fault.ts';

/** What a team's script does that adds a toxic through Toxiproxy: it stays until something removes it. */
export const addToxic = labFault({
  id: 'lab:add-toxic',
  title: 'Adds a toxic to links through the control of the proxy, and leaves it there',
  parameters: z.strictObject({
    to: servicesAsHosts({ what: 'The services whose links are hit, by logical name.' }),
    name: logicalName().describe('What the toxic is called; a rollback removes it by this name.'),
    type: oneOf(['latency'], { what: 'What it does.' }),
    delay: anyDuration({ what: 'How much later each piece arrives, in whole milliseconds.' }),
    jitter: anyDuration({ what: 'By how much the delay varies either way.', fallback: '0ms' }).optional(),
    stream: oneOf(['upstream', 'downstream'], {
      what: 'Whether what goes to the service is hit, or what comes back.',
      fallback: 'downstream',
    }).optional(),
  }),
  fisParameters: {
    to: { name: 'to', as: 'hosts' },
    name: { name: 'name', as: 'text' },
    type: { name: 'type', as: 'text' },
    delay: { name: 'delayMilliseconds', as: 'milliseconds' },
    jitter: { name: 'jitterMilliseconds', as: 'milliseconds' },
    stream: { name: 'stream', as: 'text' },
  },
  example: { to: ['database'], name: 'slow-database', type: 'latency', delay: '500ms' },
  needs: 'proxyControl',
  requires: [
    'a lab with a service that is its proxy control (`proxyControl: {}`)',
    'a rollback that removes the toxic: nothing else does before the lab ends',
  ],
  leavesBehind: 'the toxic, until a rollback removes it or the lab ends',
  evidence: byLab('pieces that the toxic held back'),
});
