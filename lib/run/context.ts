import * as z from 'zod/mini';
import type { Experiment } from '../experiment/experiment.ts';
import type { RunnerInput } from '../plan/runner-input.ts';
import { baselineMsOf } from '../steady-state/baseline-length.ts';
import type { Finding } from '../steady-state/finding.ts';
import { controlSpecs, type ProbeSpec, probeSpecs } from '../steady-state/probe-spec.ts';
import type { RunEntry } from './entries.ts';
import { iso } from './iso.ts';
import type { TimelineEntry } from './journal.ts';
import { jsonText } from './json-text.ts';
import type { RunPorts } from './ports.ts';
import type { RunState } from './run-state.ts';

/** What every step has at hand. */
export interface RunContext {
  readonly ports: RunPorts;
  readonly input: RunnerInput;
  readonly experiment: Experiment;
  readonly runId: string;
  readonly specs: readonly ProbeSpec[];
  /** What the fault cannot touch, which is looked at beside the probes. */
  readonly controls: readonly ProbeSpec[];
}

export type Step = (context: RunContext, state: RunState) => Promise<RunState>;

export function createContext(
  ports: RunPorts,
  input: RunnerInput,
  experiment: Experiment,
  runId: string,
): RunContext {
  return {
    ports,
    input,
    experiment,
    runId,
    specs: probeSpecs(experiment.steadyState, input.leastRatePerSecond),
    controls: controlSpecs(experiment),
  };
}

/** How long the baseline lasts, paced. */
export const baselineMs = ({ experiment, input }: Pick<RunContext, 'experiment' | 'input'>): number =>
  baselineMsOf(experiment, input.pace);

/** Keys of observations, so that their order is the order of time. */
export const observationKeys = {
  baseline: '10-baseline/',
  stage: (stage: number) => `20-stage-${String(stage).padStart(2, '0')}/`,
  /** Behind those of its stage, and before those of the next: `_` comes after `/`. */
  soak: (stage: number) => `20-stage-${String(stage).padStart(2, '0')}_soak/`,
  recovery: '90-recovery/',
  slice: (prefix: string, slice: number) => `${prefix}s${String(slice).padStart(5, '0')}`,
  start: (prefix: string) => `${prefix}a-start`,
  end: (prefix: string) => `${prefix}z-end`,
} as const;

/** Writes an entry under a key; a step that is repeated replaces what it wrote. */
export async function record(context: RunContext, key: string, entry: RunEntry): Promise<void> {
  await context.ports.store.record(context.runId, key, entry);
}

export async function recordFinding(context: RunContext, key: string, finding: Finding): Promise<void> {
  const at = iso(context.ports.clock.now());
  await record(context, `finding-${key}`, { kind: 'finding', at, finding: { at, ...finding } });
  await note(context, `finding-${key}`, 'note', finding.message);
}

/** A line of the timeline, told to whoever follows the run. */
export async function note(
  context: RunContext,
  key: string,
  kind: TimelineEntry['kind'],
  text: string,
  atMs?: number,
): Promise<void> {
  const when = atMs ?? context.ports.clock.now();
  context.ports.progress.tell({ kind: 'note', atMs: when, text });
  await record(context, `timeline-${key}`, {
    kind: 'timeline',
    at: iso(when),
    entry: { at: iso(when), kind, text },
  });
}

/** Writes down what failed in Steadfast itself, as a state machine's Catch handed it on; what has been written is taken off the state. */
export async function recordFailures(context: RunContext, state: RunState): Promise<RunState> {
  for (const [step, failure] of Object.entries(state.failures)) {
    await recordFinding(context, `failure-${step}`, {
      code: 'steadfast-failed',
      verdict: 'errored',
      message: `Steadfast's step ${step} failed: ${causeOf(failure)}.`,
      hint: hintOf(failure),
    });
  }
  return { ...state, failures: {} };
}

/** What to do about a failure of Steadfast's own, by the name that AWS gives it. */
function hintOf({ Error: name = '' }: { readonly Error?: string | undefined }): string {
  switch (name) {
    case 'Lambda.TooManyRequestsException':
      return "The account's concurrent executions were used up: reserve some for Steadfast's functions, or have the quota raised.";
    case 'Lambda.AccessDeniedException':
    case 'Steadfast.permission':
      return 'Something is not allowed that was as it was deployed: look for a policy or a control of the organization that changed, and deploy again.';
    case 'States.Timeout':
      return 'Its function did not answer in time: look at its log, and whether a service of AWS has trouble in this Region.';
    default:
      return "The run's execution in Step Functions shows the step; the log of its function tells why.";
  }
}

const lambdaCause = z.object({ errorMessage: z.string() });

/** The message within a Catch's Cause, which for a Lambda is JSON and for anything else is text. */
function causeOf(failure: {
  readonly Error?: string | undefined;
  readonly Cause?: string | undefined;
}): string {
  const { Error: name = 'unknown error', Cause: cause = '' } = failure;
  const ofLambda = z.pipe(jsonText, lambdaCause).safeParse(cause);
  const text = ofLambda.success ? ofLambda.data.errorMessage : cause.slice(0, 500);
  return text === '' ? name : `${name}: ${text}`;
}
