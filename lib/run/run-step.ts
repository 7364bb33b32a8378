import { SteadfastError } from '../experiment/steadfast-error.ts';
import { experimentOf, type RunnerInput, runnerInputSchema } from '../plan/runner-input.ts';
import { admit } from './admit.ts';
import { awaitApproval } from './await-approval.ts';
import { baseline } from './baseline.ts';
import { conclude } from './conclude.ts';
import { confirmTargets } from './confirm-targets.ts';
import { createContext, type Step } from './context.ts';
import { endFault } from './end-fault.ts';
import { jsonText } from './json-text.ts';
import { observeStage } from './observe-stage.ts';
import type { RunPorts } from './ports.ts';
import { recover } from './recover.ts';
import { rollBack } from './roll-back.ts';
import { type RunState, runStartSchema, runStateSchema, type StepName } from './run-state.ts';
import { startStage } from './start-stage.ts';

/** The use case behind each Task of the runner. */
const steps: Readonly<Record<StepName, Step>> = {
  admit,
  awaitApproval,
  baseline,
  startStage,
  confirmTargets,
  observeStage,
  endFault,
  rollBack,
  recover,
  conclude,
};

/**
 * Carries out one Task of the runner, in AWS and in a rehearsal alike. The first step is given the runner's whole input and keeps
 * it in the run store; later ones read it there.
 */
export async function runStep(options: {
  readonly step: StepName;
  readonly state: unknown;
  readonly ports: (input: RunnerInput, runId: string) => RunPorts;
  readonly loadInput: (runId: string) => Promise<string>;
}): Promise<RunState> {
  const { step, state } = options;
  const running = runStateSchema.safeParse(state);
  if (running.success) {
    const { runId } = running.data;
    const input = readInput(jsonText.parse(await options.loadInput(runId)));
    const ports = options.ports(input, runId);
    return steps[step](createContext(ports, input, experimentOf(input), runId), running.data);
  }
  const start = runStartSchema.safeParse(state);
  if (!start.success) {
    throw new SteadfastError('invalid', `step ${step} was given neither a run's state nor its start`, {
      cause: running.error,
    });
  }
  const { runId, failures } = start.data;
  const input = readInput(start.data.input);
  const ports = options.ports(input, runId);
  await ports.store.saveInput(runId, JSON.stringify(start.data.input));
  const experiment = experimentOf(input);
  return steps[step](createContext(ports, input, experiment, runId), {
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
