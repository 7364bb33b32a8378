import type { RunPorts } from '../run/ports.ts';

/** What keeps a run in AWS from starting, and there is nothing of on a laptop. */
export const onlyOnALaptop: Pick<
  RunPorts,
  'capacity' | 'freezes' | 'incidents' | 'listings' | 'pauses' | 'safetyLever'
> = {
  // What is rehearsed lies in front of whoever rehearses it.
  listings: { look: async () => 'listed' },
  freezes: { look: async () => [] },
  incidents: { read: async () => [] },
  pauses: { paused: async () => undefined },
  capacity: { active: async () => [] },
  safetyLever: {
    state: async () => ({ status: 'disengaged', reason: 'a lab has none' }),
    engage: async () => ({ status: 'disengaged', reason: 'a lab has none' }),
    disengage: async () => ({ status: 'disengaged', reason: 'a lab has none' }),
  },
};
