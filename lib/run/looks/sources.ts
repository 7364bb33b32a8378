import type { ProbeOutcome, RunPorts } from '../ports.ts';

/** What polled probes look with. */
export type Sources = Pick<RunPorts, 'ecsServices' | 'functions' | 'guards' | 'metrics'>;

/** What a look saw, and when it was so. */
export interface Look extends ProbeOutcome {
  readonly atMs: number;
}

/** A stretch of time that is looked at: [fromMs, toMs). */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The sources among the ports of a run. */
export const sourcesOf = ({ ports }: { readonly ports: RunPorts }): Sources => ({
  ecsServices: ports.ecsServices,
  functions: ports.functions,
  guards: ports.guards,
  metrics: ports.metrics,
});

/** As much of somebody else's words as a sample needs to hold: thousands of them may be kept. */
const longest = 160;

/** What says nothing about the system. */
export const ofProber = (why: string): ProbeOutcome => ({ error: `prober: ${why.slice(0, longest)}` });
