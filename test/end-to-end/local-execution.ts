import { StateMachine } from 'aws-local-stepfunctions';
import * as z from 'zod';

type Definition = ConstructorParameters<typeof StateMachine>[0];

const machineSchema = z.looseObject({
  States: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Branches: z.array(z.unknown()).optional() }),
  ),
});
const definitionSchema = z.custom<Definition>((value) => machineSchema.safeParse(value).success);

export interface LocalExecution {
  readonly status: 'succeeded' | 'failed';
  readonly output: unknown;
  /** What a failed execution shows in the console's list. */
  readonly error: string | undefined;
  /** The states, in the order in which they were entered. */
  readonly path: readonly string[];
  /** As many as Step Functions would keep: five for a Task (entered, scheduled, started, succeeded, exited), two for any other state. */
  readonly events: number;
  /** The largest input or output of a state, in bytes. */
  readonly largestStateBytes: number;
}

/** The names of a machine's states, those within branches too. */
const statesOf = (machine: unknown): string[] =>
  Object.entries(machineSchema.parse(machine).States).flatMap(([name, { Branches = [] }]) => [
    name,
    ...Branches.flatMap(statesOf),
  ]);

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value) ?? '');

/** Executes a state machine by the local interpreter: Tasks by `perform`, with JSON in and out; retries come at once, and no wait lasts. */
export async function executeLocally(options: {
  readonly definition: unknown;
  readonly name: string;
  readonly input: unknown;
  readonly perform: (task: unknown) => Promise<unknown>;
}): Promise<LocalExecution> {
  const { definition, name, perform } = options;
  const states = statesOf(definition);
  const task = async (input: unknown) => z.json().parse(JSON.parse(JSON.stringify(await perform(input))));
  // A copy: the interpreter writes defaults into what it is given.
  const machine = new StateMachine(definitionSchema.parse(structuredClone(definition)), {
    validationOptions: { checkArn: false },
  });
  const execution = machine.run(z.json().parse(options.input), {
    context: {
      Execution: { Name: name, Id: `execution:${name}` },
      StateMachine: { Id: 'stateMachine:this-one' },
    },
    overrides: {
      taskResourceLocalHandlers: Object.fromEntries(states.map((state) => [state, task])),
      // Who performs a Task knows the run's clock, and waits by it.
      waitTimeOverrides: Object.fromEntries(states.map((state) => [state, 0])),
      retryIntervalOverrides: Object.fromEntries(states.map((state) => [state, 0])),
    },
  });

  const path: string[] = [];
  let events = 2;
  let largestStateBytes = 0;
  let error: string | undefined;
  const following = (async () => {
    for await (const event of execution.eventLogs) {
      if (event.type === 'StateEntered') {
        path.push(event.state.name);
        events += event.state.type === 'Task' ? 5 : 2;
        largestStateBytes = Math.max(largestStateBytes, bytesOf(event.state.input));
      }
      if (event.type === 'StateExited')
        largestStateBytes = Math.max(largestStateBytes, bytesOf(event.state.output));
      // Each further attempt is scheduled, started and failed.
      if (event.type === 'StateRetried') events += 3;
      if (event.type === 'ExecutionFailed') error = event.Error;
    }
  })();
  const [result] = await Promise.allSettled([execution.result, following]);
  const common = { path, events, largestStateBytes, error };
  return result.status === 'fulfilled'
    ? { ...common, status: 'succeeded', output: result.value }
    : { ...common, status: 'failed', output: undefined };
}
