import { StateMachine } from 'aws-local-stepfunctions';
import * as z from 'zod';

type Definition = ConstructorParameters<typeof StateMachine>[0];

const machineSchema = z.looseObject({
  StartAt: z.string(),
  States: z.record(z.string(), z.looseObject({ Type: z.string() })),
});
const definitionSchema = z.custom<Definition>((value) => machineSchema.safeParse(value).success);

/** A Task as the machine asks for it. */
export interface AskedTask {
  readonly state: string;
  /** Which time in this execution the state asks, counted from 1; its retries have the same number. */
  readonly call: number;
  /** Counted from 1. */
  readonly attempt: number;
  readonly task: unknown;
}

type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';

export interface Execution {
  readonly name: string;
  readonly input: unknown;
  readonly status: () => ExecutionStatus;
  readonly error: () => string | undefined;
  readonly output: () => unknown;
  /** Resolves once it is over, however that went. */
  readonly over: Promise<void>;
  /** As StopExecution does: what its functions do goes on. */
  readonly abort: () => void;
  /** The state that it was in last, and what that was given. */
  readonly last: () => { readonly state: string; readonly input: unknown };
}

/** Executes a machine by the local interpreter, from any state on, so that it can be stopped, and redriven where it stopped. */
export function execute(options: {
  readonly definition: unknown;
  readonly name: string;
  readonly input: unknown;
  readonly from?: { readonly state: string; readonly input: unknown } | undefined;
  readonly perform: (task: AskedTask) => Promise<unknown>;
}): Execution {
  const { name, input, from, perform } = options;
  const machine = machineSchema.parse(options.definition);
  const calls = new Map<string, number>();
  let before: { state: string; task: string; attempt: number; failed: boolean } | undefined;

  const handlerOf = (state: string) => async (task: unknown) => {
    const text = JSON.stringify(task);
    // A state that asks the same again right after a failure tries again.
    const isRetry = before?.failed === true && before.state === state && before.task === text;
    const attempt = isRetry && before !== undefined ? before.attempt + 1 : 1;
    if (!isRetry) calls.set(state, (calls.get(state) ?? 0) + 1);
    const asked = { state, task: text, attempt, failed: false };
    before = asked;
    try {
      const answer = await perform({ state, call: calls.get(state) ?? 1, attempt, task });
      return z.json().parse(JSON.parse(JSON.stringify(answer)));
    } catch (thrown) {
      asked.failed = true;
      throw thrown;
    }
  };

  const states = Object.keys(machine.States);
  const definition = { ...machine, ...(from === undefined ? {} : { StartAt: from.state }) };
  const running = new StateMachine(definitionSchema.parse(definition), {
    validationOptions: { noValidate: true },
  }).run(z.json().parse(from?.input ?? input), {
    context: { Execution: { Name: name, Id: `execution:${name}` } },
    overrides: {
      taskResourceLocalHandlers: Object.fromEntries(states.map((state) => [state, handlerOf(state)])),
      // Whoever performs a Task knows the run's clock, and waits by it.
      waitTimeOverrides: Object.fromEntries(states.map((state) => [state, 0])),
      retryIntervalOverrides: Object.fromEntries(states.map((state) => [state, 0])),
    },
  });

  let status: ExecutionStatus = 'RUNNING';
  let error: string | undefined;
  let output: unknown;
  let last = from ?? { state: machine.StartAt, input };
  const following = (async () => {
    for await (const event of running.eventLogs) {
      if (event.type === 'StateEntered') last = { state: event.state.name, input: event.state.input };
      if (event.type === 'ExecutionFailed') error = event.Error;
    }
  })();
  const over = (async () => {
    const [result] = await Promise.allSettled([running.result, following]);
    if (status === 'RUNNING') status = result.status === 'fulfilled' ? 'SUCCEEDED' : 'FAILED';
    if (result.status === 'fulfilled') output = result.value;
  })();
  return {
    name,
    input,
    status: () => status,
    error: () => error,
    output: () => output,
    over,
    abort: () => {
      if (status !== 'RUNNING') return;
      status = 'ABORTED';
      running.abort();
    },
    last: () => last,
  };
}
