import * as z from 'zod';
import { byLab } from '../../fis/evidence.ts';
import { percentIn, wholeNumber } from '../../fis/parameter.ts';
import { labFault } from './lab-fault.ts';

/** A machine with little memory left, but never none. */
export const memoryPressure = labFault({
  id: 'lab:memory-pressure',
  title: 'Takes memory of the machine, and leaves it enough to live',
  parameters: z
    .strictObject({
      share: percentIn({
        what: 'How much of the memory that the machine can spare; as it is when the fault begins.',
        least: '1%',
      }).optional(),
      mebibytes: wholeNumber({
        what: 'How much, in MiB; refused where the machine cannot spare it.',
        least: 1,
        most: 1_048_576,
      }).optional(),
    })
    .refine(({ share, mebibytes }) => (share === undefined) !== (mebibytes === undefined), {
      error: "say either 'share' or 'mebibytes'",
    }),
  fisParameters: {
    share: { name: 'sharePercent', as: 'decimalPercent' },
    mebibytes: { name: 'mebibytes', as: 'integer' },
  },
  example: { share: '50%' },
  durationParameter: 'duration',
  requires: ['a service that the lab starts by a command, or its proxy control'],
  limits: [
    'memory belongs to the whole machine: everything on it has less, whatever the selector says',
    'a tenth of the memory, and at least 256 MiB, always stays free: what asks for more is refused, and what was taken is given back as soon as less is left',
  ],
  leavesBehind: 'nothing: the memory is given back with the fault, and at once when the command is gone',
  evidence: byLab(
    'how much memory is held, every page of it written to; what the replicas feel of it, only a probe tells',
  ),
});
