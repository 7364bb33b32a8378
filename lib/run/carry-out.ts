import { SteadfastError } from '../experiment/steadfast-error.ts';
import { narrowedAsAsked } from '../plan/only-stage.ts';
import { experimentOf, type RunnerInput, runnerInputSchema } from '../plan/runner-input.ts';
import { createContext, type Step } from './context.ts';
import { jsonText } from './json-text.ts';
import type { RunPorts } from './ports.ts';
import { type RunState, runStartSchema, runStateSchema, type StepName } from './run-state.ts';

/**
 * Carries out one Task of the runner, in AWS and in a rehearsal alike. The first step is given the runner's whole input and keeps
 * it in the run store; later ones read it there.
 */
export async function carryOut(options: {
  /** The use cases of those steps that are carried out here. */
  readonly steps: Readonly<Partial<Record<StepName, Step>>>;
  readonly step: StepName;
  readonly state: unknown;
  readonly ports: (input: RunnerInput, runId: string) => RunPorts;
  readonly loadInput: (runId: string) => Promise<string>;
}): Promise<RunState> {
  const { step, state } = options;
  const useCase = options.steps[step];
  if (useCase === undefined) throw new SteadfastError('internal', `step ${step} is not carried out here`);
  const running = runStateSchema.safeParse(state);
  if (running.success) {
    const { runId } = running.data;
    const input = readInput(jsonText.parse(await options.loadInput(runId)));
    const ports = options.ports(input, runId);
    return useCase(createContext(ports, input, experimentOf(input), runId), running.data);
  }
  const start = runStartSchema.safeParse(state);
  if (!start.success) {
    throw new SteadfastError('invalid', `step ${step} was given neither a run's state nor its start`, {
      cause: running.error,
    });
  }
  const { runId, failures } = start.data;
  const asked = readInput(start.data.input);
  // Before anything else: what is looked at, hashed, shown and kept is what will run.
  const input = narrowedAsAsked(asked);
  const ports = options.ports(input, runId);
  await ports.store.saveInput(runId, JSON.stringify(input === asked ? start.data.input : input));
  const experiment = experimentOf(input);
  return useCase(createContext(ports, input, experiment, runId), {
    runId,
    experiment: experiment.id,
    environment: input.environment.id,
    next: step,
    startedAtMs: ports.clock.now(),
    stage: 0,
    faultBegun: false,
    rollback: { index: 0, attempt: 0 },
    failures,
  });
}

function readInput(document: unknown): RunnerInput {
  const parsed = runnerInputSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  throw new SteadfastError('invalid', `the runner's input does not fit its schema: ${parsed.error.message}`, {
    cause: parsed.error,
  });
}
