import { StateMachine } from 'aws-local-stepfunctions';
import * as z from 'zod';
import { asJson } from '../plan/canonical-json.ts';
import { type RunState, runStateSchema, type StepName, stepNames } from '../run/run-state.ts';
import runner from '../run/runner.asl.json' with { type: 'json' };

type Definition = ConstructorParameters<typeof StateMachine>[0];

/** The interpreter validates the definition itself as it takes it, and writes defaults into it: a copy, since others deploy the original. */
const definition = z
  .custom<Definition>((value) => typeof value === 'object' && value !== null)
  .parse(structuredClone(runner));

/** What a Task hands to its Lambda. */
const invocationSchema = z.object({ Payload: z.object({ step: z.enum(stepNames), state: z.unknown() }) });

let machine: StateMachine | undefined;

/** The machine, validated when it is first asked for; its executions share nothing. */
const theMachine = (): StateMachine => {
  machine ??= new StateMachine(definition, { validationOptions: { checkPaths: true, checkArn: false } });
  return machine;
};

/** Between two tries of a step, in milliseconds. */
const retryMs = 250;

/** The runner's states of a type. */
const statesOf = (type: 'Task' | 'Wait'): string[] =>
  Object.entries(runner.States).flatMap(([name, state]) => (state.Type === type ? [name] : []));

const taskNames = statesOf('Task');

/** How long the machine waits before it looks again for an approval. */
const waitMsOf = (state: unknown): number => 1_000 * (runStateSchema.parse(state).approval?.waitSeconds ?? 0);

/**
 * Runs the very state machine that is deployed through the local interpreter, each Task by `step`. A Task that throws is handled
 * by the machine's own Retry and Catch.
 */
export async function runMachine(options: {
  readonly start: { readonly runId: string; readonly input: unknown };
  readonly step: (step: StepName, state: unknown) => Promise<RunState>;
  /** Carries out the machine's waits, by the run's clock. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Told of a step that failed; the machine tries it again or goes on to end the fault. */
  readonly onFailure: (step: StepName, cause: unknown) => void;
}): Promise<RunState> {
  const handle = async (task: unknown) => {
    const { step, state } = invocationSchema.parse(task).Payload;
    if (step === 'awaitApproval') await options.sleep(waitMsOf(state));
    try {
      return { Payload: asJson(await options.step(step, state)) };
    } catch (cause) {
      options.onFailure(step, cause);
      throw cause;
    }
  };
  const input = asJson({ ...options.start, failures: {} });
  const execution = theMachine().run(input, {
    overrides: {
      taskResourceLocalHandlers: Object.fromEntries(taskNames.map((name) => [name, handle])),
      // What a step of a rehearsal waits for is on this machine: it is there again at once or never.
      waitTimeOverrides: Object.fromEntries(statesOf('Wait').map((name) => [name, 0])),
      retryIntervalOverrides: Object.fromEntries(taskNames.map((name) => [name, retryMs])),
    },
  });
  return runStateSchema.parse(await execution.result);
}
