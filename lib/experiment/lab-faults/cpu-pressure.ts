import * as z from 'zod';
import { byLab } from '../../fis/evidence.ts';
import { percentIn, wholeNumber } from '../../fis/parameter.ts';
import { labFault } from './lab-fault.ts';

/** Neighbours that want the same CPU. */
export const cpuPressure = labFault({
  id: 'lab:cpu-pressure',
  title: 'Makes replicas share one CPU with processes that compute',
  parameters: z
    .strictObject({
      workers: wholeNumber({
        what: 'How many processes compute.',
        least: 1,
        most: 64,
        fallback: '4',
      }).optional(),
      load: percentIn({
        what: 'The share of its time that each of them computes.',
        least: '1%',
        fallback: '100%',
      }).optional(),
    })
    .optional(),
  fisParameters: {
    workers: { name: 'workers', as: 'integer' },
    load: { name: 'loadPercent', as: 'percent' },
  },
  example: { workers: 4, load: '100%' },
  durationParameter: 'duration',
  requires: ['a service that the lab starts by a command, or its proxy control'],
  limits: [
    'on Linux with `taskset` (util-linux) and two CPUs or more, the replicas and what computes are confined to one CPU, so that all else keeps the others',
    'elsewhere what computes does so on all of the machine, and what measures is slowed down with what is measured',
    'at most 8 workers for each CPU of the machine',
  ],
  leavesBehind: 'nothing: what computes is ended with the fault, and the replicas may use every CPU again',
  evidence: byLab(
    'for how long the processes waited for a CPU, as the Linux scheduler counts it; elsewhere only the CPU time that what computes has got',
  ),
});
