import { StateMachine } from 'aws-local-stepfunctions';
import * as z from 'zod';
import type { GameDayInput } from '../../game-day/input.ts';
import { gameDayMachine } from '../../game-day/machine.ts';
import {
  type GameDayMachineState,
  type GameDayTask,
  gameDayStateSchema,
  gameDayTaskSchema,
  type StageLaunch,
} from '../../game-day/machine-state.ts';
import { asJson } from '../../plan/canonical-json.ts';

type Definition = ConstructorParameters<typeof StateMachine>[0];

const machineSchema = z.object({
  States: z.record(z.string(), z.object({ Type: z.string(), Branches: z.array(z.unknown()).optional() })),
});

/** The machine's states of a type, those within branches too. */
const statesOf = (machine: unknown, type: string): string[] =>
  Object.entries(machineSchema.parse(machine).States).flatMap(([name, { Type, Branches = [] }]) => [
    ...(Type === type ? [name] : []),
    ...Branches.flatMap((branch) => statesOf(branch, type)),
  ]);

const taskSchema = z.object({ Payload: gameDayTaskSchema });
const launchSchema = z.object({ Name: z.string() });

/** Between two tries of a step, in milliseconds. */
const retryMs = 250;

/**
 * Holds an edition by the very state machine that is deployed, through the local interpreter. Its waits are carried out before the look
 * that follows them, so that whoever does something is not waited for.
 */
export async function runGameDayMachine(options: {
  readonly input: GameDayInput;
  readonly edition: string;
  readonly startedAtMs: number;
  readonly step: (task: GameDayTask) => Promise<GameDayMachineState>;
  /** Resolves when the run has ended. */
  readonly launch: (launch: StageLaunch) => Promise<void>;
  readonly wait: (ms: number) => Promise<void>;
  readonly onFailure: (step: GameDayTask['step'], cause: unknown) => void;
  /** Ends it at once. */
  readonly signal: AbortSignal;
}): Promise<void> {
  const { edition, signal } = options;
  const definition = gameDayMachine(options.input);
  const started = new Map<string, StageLaunch>();

  const perform = async (task: GameDayTask) => {
    if (task.step === 'look' || task.step === 'watch') await options.wait(task.state.waitSeconds * 1_000);
    try {
      const next = await options.step(task);
      if (next.launch !== undefined) started.set(next.launch.runId, next.launch);
      return next;
    } catch (cause) {
      options.onFailure(task.step, cause);
      throw cause;
    }
  };

  const handle = async (task: unknown) => {
    const invoked = taskSchema.safeParse(task);
    if (invoked.success) return { Payload: asJson(await perform(invoked.data.Payload)) };
    const launch = started.get(launchSchema.parse(task).Name);
    if (launch !== undefined) await options.launch(launch);
    return {};
  };

  const tasks = statesOf(definition, 'Task');
  const machine = new StateMachine(
    z
      .custom<Definition>((value) => machineSchema.safeParse(value).success)
      .parse(structuredClone(definition)),
    { validationOptions: { checkPaths: true, checkArn: false } },
  );
  const execution = machine.run(
    {},
    {
      noThrowOnAbort: true,
      context: {
        Execution: {
          Id: `rehearsal:${edition}`,
          Name: edition,
          StartTime: new Date(options.startedAtMs).toISOString(),
        },
      },
      overrides: {
        taskResourceLocalHandlers: Object.fromEntries(tasks.map((name) => [name, handle])),
        waitTimeOverrides: Object.fromEntries(statesOf(definition, 'Wait').map((name) => [name, 0])),
        retryIntervalOverrides: Object.fromEntries(tasks.map((name) => [name, retryMs])),
      },
    },
  );
  const abort = (): void => execution.abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    const result = await execution.result;
    if (!signal.aborted) gameDayStateSchema.parse(result);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
