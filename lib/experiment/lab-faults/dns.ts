import * as z from 'zod';
import { byLab } from '../../fis/evidence.ts';
import { anyDuration } from '../../fis/parameter.ts';
import { labFault } from './lab-fault.ts';

/**
 * The resolver of a program is the system's (resolv.conf(5)): it is the same for all of the machine, a name server in it has no port,
 * and port 53 is not for everyone. What changes it for one program changes the program: a library loaded before libc is not heeded by
 * those that are linked statically or do their own look-ups (Go, musl), a hook in Node is not in Python.
 */
const notRehearsable =
  'a lab hands its services addresses, so that no name is looked up on the way from one to another; and no user may change where a program looks names up without changing the program. Delay or cut the link instead: a client that waits for a name or for an answer waits alike';

const limits = ['names are looked up through the system, which is shared by the whole machine'];
const requires = ['a system that lets a user say where one program looks names up; none does'];
const leavesBehind = 'nothing';

/** Names that nobody can look up. */
export const dnsFailure = labFault({
  id: 'lab:dns-failure',
  title: 'Lets replicas look up no name',
  parameters: z.strictObject({}).optional(),
  fisParameters: {},
  example: {},
  durationParameter: 'duration',
  requires,
  limits,
  leavesBehind,
  evidence: byLab('look-ups that failed'),
  notRehearsable,
});

/** Names that take long to be looked up. */
export const slowDns = labFault({
  id: 'lab:slow-dns',
  title: 'Delays each look-up of a name by replicas',
  parameters: z.strictObject({ delay: anyDuration({ what: 'How much later each name is known.' }) }),
  fisParameters: { delay: { name: 'delayMilliseconds', as: 'milliseconds' } },
  example: { delay: '2s' },
  durationParameter: 'duration',
  requires,
  limits,
  leavesBehind,
  evidence: byLab('look-ups that were late'),
  notRehearsable,
});
