import * as z from 'zod';
import { byLab } from '../../fis/evidence.ts';
import { anyDuration } from '../../fis/parameter.ts';
import { labFault } from './lab-fault.ts';

/** A process that is gone without a word, as when its machine loses power or the kernel runs out of memory. */
export const kill = labFault({
  id: 'lab:kill',
  title: 'Kills the processes of replicas, which get no time to close anything',
  parameters: z
    .strictObject({
      replacedAfter: anyDuration({
        what: 'When it is started again, counted from the kill; a pace does not scale it.',
        fallback: 'when the fault ends',
      }).optional(),
    })
    .optional(),
  fisParameters: { replacedAfter: { name: 'replacedAfterMilliseconds', as: 'milliseconds' } },
  example: { replacedAfter: '2s' },
  durationParameter: 'duration',
  requires: ['a service that the lab starts by a command, or its proxy control'],
  limits: ['the replica keeps its port: what is connected to it is told that it is gone'],
  leavesBehind: 'nothing: what was killed is started again when the fault ends, however that comes about',
  evidence: byLab("each process was there before, and its process id is nobody's afterwards"),
});
