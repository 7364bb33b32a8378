import type {
  ActiveExperiment,
  Clock,
  FreezeState,
  GuardState,
  Listings,
  Pause,
  RunPorts,
  SafetyLeverState,
} from '../../lib/run/ports.ts';

/** What keeps a run from starting. Every function is asked with the run's clock at `nowMs`. */
export interface Gates {
  /** Whether an experiment is among those that are deployed; all of them are where this is absent. */
  readonly lists?: (experiment: string, plan?: string) => Awaited<ReturnType<Listings['look']>>;
  readonly freezes?: (nowMs: number) => readonly FreezeState[];
  readonly incidents?: (nowMs: number) => readonly GuardState[];
  readonly lever?: (nowMs: number) => SafetyLeverState;
  readonly pause?: (nowMs: number) => Pause | undefined;
  /** What FIS carries out already. */
  readonly active?: (nowMs: number) => readonly ActiveExperiment[];
}

const disengaged: SafetyLeverState = { status: 'disengaged', reason: 'as it was made' };

/** The ports behind the gates of admission. */
export function createFakeGates(
  clock: Clock,
  { lists, freezes, incidents, lever, pause, active }: Gates,
): Pick<RunPorts, 'capacity' | 'freezes' | 'incidents' | 'listings' | 'pauses' | 'safetyLever'> {
  const state = async () => lever?.(clock.now()) ?? disengaged;
  return {
    listings: { look: async (experiment, plan) => lists?.(experiment, plan) ?? 'listed' },
    freezes: { look: async () => freezes?.(clock.now()) ?? [] },
    incidents: { read: async () => incidents?.(clock.now()) ?? [] },
    safetyLever: { state, engage: state, disengage: state },
    pauses: { paused: async () => pause?.(clock.now()) },
    capacity: { active: async () => active?.(clock.now()) ?? [] },
  };
}
