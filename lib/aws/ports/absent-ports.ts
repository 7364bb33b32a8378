import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { Guards, RunPorts, RunStore } from '../../run/ports.ts';

/** Rejects, as a step's failure: nobody takes what a function does not have for an answer. */
const refuse = (): Promise<never> =>
  Promise.reject(
    new SteadfastError('internal', 'a step asked a port that its function does not have', {
      hint: "give it to the function in lib/aws/ports; the tests of functions' ports name the step",
    }),
  );

const guards: Guards = { read: refuse };

/**
 * In place of the ports that no step of a function asks, so that the function need not hold what is behind them. That its steps ask
 * none of these is proven by reading the code (test/iam/calls/reach.test.ts).
 */
export const absentPorts: Omit<RunPorts, 'clock' | 'progress' | 'store'> = {
  prober: { ask: refuse },
  metrics: { read: refuse },
  ecsServices: { state: refuse, health: refuse },
  functions: { call: refuse },
  faults: {
    preview: refuse,
    start: refuse,
    state: refuse,
    targets: refuse,
    stop: refuse,
    active: refuse,
    bite: refuse,
    pollMs: 0,
  },
  inventory: { matching: refuse },
  prerequisites: { look: refuse },
  guards,
  leases: { acquire: refuse, inTheWay: refuse, renew: refuse, release: refuse },
  liveRuns: {
    begin: refuse,
    willUndo: refuse,
    undone: refuse,
    pending: refuse,
    claim: refuse,
    mayTell: refuse,
    markTold: refuse,
    close: refuse,
  },
  rollbacks: { perform: refuse },
  residue: { remember: refuse, look: refuse },
  traffic: { ask: refuse },
  notifier: { notify: refuse, publish: refuse, approvalWanted: refuse },
  halts: { requested: refuse },
  listings: { look: refuse },
  freezes: { look: refuse },
  incidents: guards,
  safetyLever: { state: refuse, engage: refuse, disengage: refuse },
  pauses: { paused: refuse },
  capacity: { active: refuse },
  approvals: { ask: refuse, answer: refuse, close: refuse },
};

/** The same of what reads a run's record back and ends it. */
export const absentRecord: Pick<RunStore, 'entries' | 'saveJournal' | 'saveSamples'> = {
  entries: refuse,
  saveJournal: refuse,
  saveSamples: refuse,
};
