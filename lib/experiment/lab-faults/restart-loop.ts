import * as z from 'zod';
import { byLab } from '../../fis/evidence.ts';
import { durationIn } from '../../fis/parameter.ts';
import { labFault } from './lab-fault.ts';

/** What a scheduler makes of a process that dies at once each time it is started. */
export const restartLoop = labFault({
  id: 'lab:restart-loop',
  title: 'Kills the processes of replicas again and again, each time soon after they were started',
  parameters: z.strictObject({
    every: durationIn({
      what: 'How long each of them lives; a pace does not scale it.',
      least: '100ms',
      most: '1h',
    }),
  }),
  fisParameters: { every: { name: 'everyMilliseconds', as: 'milliseconds' } },
  example: { every: '2s' },
  durationParameter: 'duration',
  requires: ['a service that the lab starts by a command, or its proxy control'],
  leavesBehind: 'nothing: it is started a last time when the fault ends, and may not be ready yet',
  evidence: byLab('how often each process was killed, and another one started'),
});
