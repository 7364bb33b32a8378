import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { systemClock } from '../../probing/system-clock.ts';
import { onSignals } from '../interruption.ts';
import type { Io } from '../io.ts';
import type { RehearseFlags } from './flags.ts';
import { rehearseMany } from './rehearse-many.ts';
import { seeds } from './seeds.ts';
import { startRehearsal } from './start-rehearsal.ts';

/** Many rehearsals on this machine. */
export const manyCommand = (io: Io, argument: string | undefined, flags: RehearseFlags): Promise<number> =>
  rehearseMany(io, argument, flags, {
    clock: systemClock,
    start: startRehearsal,
    machine: { cores: availableParallelism(), freeMemoryBytes: process.availableMemory() },
    drawSeed: () => randomInt(seeds),
    onSignal: onSignals,
  });
