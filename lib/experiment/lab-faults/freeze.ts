import * as z from 'zod';
import { byLab } from '../../fis/evidence.ts';
import { labFault } from './lab-fault.ts';
import { positiveDurationOf } from './positive-duration-of.ts';

/** A process that is there and does nothing: connections stay open, new ones are taken by the kernel, and nobody answers. */
export const freeze = labFault({
  id: 'lab:freeze',
  title: 'Stops the processes of replicas and has them go on later, with every connection open meanwhile',
  parameters: z
    .strictObject({
      for: positiveDurationOf({
        what: 'How long it stands still; a pace does not scale it.',
        fallback: 'as long as the fault lasts',
      }).optional(),
      every: positiveDurationOf({
        what: "How often it stands still, from one time to the next, where it does so more than once; needs 'for'.",
      }).optional(),
    })
    .superRefine(({ for: still, every }, context) => {
      if (every === undefined || (still !== undefined && still.ms < every.ms)) return;
      context.addIssue({
        code: 'custom',
        path: still === undefined ? ['for'] : ['every'],
        message:
          still === undefined
            ? "is missing: 'every' says how often, 'for' how long"
            : `is not longer than the ${still.text} that it stands still: it would never go on`,
      });
    })
    .optional(),
  fisParameters: {
    for: { name: 'forMilliseconds', as: 'milliseconds' },
    every: { name: 'everyMilliseconds', as: 'milliseconds' },
  },
  example: { for: '300ms', every: '2s' },
  durationParameter: 'duration',
  requires: ['a service that the lab starts by a command, or its proxy control'],
  limits: [
    'a process that its service has put into a process group of its own goes on',
    'it works on systems that have SIGSTOP: Linux and macOS',
  ],
  leavesBehind: 'nothing: it goes on when the fault ends; one that the lab ends is made to go on first',
  evidence: byLab('the system says of each process that it is stopped, at the end of the time as well'),
});
