import * as z from 'zod';
import { byLab } from '../../fis/evidence.ts';
import { wholeNumber } from '../../fis/parameter.ts';
import { labFault } from './lab-fault.ts';

/** A process that has leaked its file descriptors: neither a file nor a connection can be opened. */
export const exhaustFileDescriptors = labFault({
  id: 'lab:exhaust-file-descriptors',
  title: 'Lets the processes of replicas open no more files and connections than they have open',
  parameters: z
    .strictObject({
      spare: wholeNumber({
        what: 'How many they may still open besides.',
        least: 0,
        most: 10_000,
        fallback: '0',
      }).optional(),
    })
    .optional(),
  fisParameters: { spare: { name: 'spare', as: 'integer' } },
  example: { spare: 0 },
  durationParameter: 'duration',
  requires: [
    'a service that the lab starts by a command, or its proxy control',
    'Linux with `prlimit` (util-linux): no other system lets one process lower the limits of another',
  ],
  limits: ['what they close meanwhile is taken away from them too, a tenth of a second later'],
  leavesBehind: 'nothing: each process has its old limit back when the fault ends',
  evidence: byLab('whether a process has a file descriptor left, and takes a new connection'),
});
