import type { RunningLab } from '../lab/running-lab.ts';
import type { Clock, Random } from '../run/ports.ts';
import type { FoundLab } from './find-lab.ts';
import type { FaultEnd } from './test-lab.ts';

/** What a fault is put into. */
export interface Surroundings {
  readonly found: FoundLab;
  readonly running: RunningLab;
  readonly clock: Clock;
  readonly random: Random;
}

/** A fault that has been started. */
export interface Started {
  readonly ended: Promise<FaultEnd>;
  /** Asks for its end; `ended` tells when it is reached. Twice is no error. */
  readonly end: () => void;
}
