import { type SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { executionArn, stateMachineArn, trafficExecutionPrefix } from '../plan/aws-names.ts';
import { sha256 } from '../plan/hash.ts';
import { experimentOf, type RunnerInput } from '../plan/runner-input.ts';
import type { Clock, Traffic, TrafficRequest } from '../run/ports.ts';
import { stretchesUntil } from '../run/stretch.ts';
import { calling } from './calling.ts';
import { inTime } from './in-time.ts';

/** How long Step Functions may take to answer: a watch that waits for it sees nothing. */
const within = { start: 5_000, keep: 5_000, stop: 30_000 } as const;

/** The longest name of an execution (API reference, StartExecution). */
const longestName = 80;

/** The name of a run's execution in a stretch: always the same, so that whoever asks again or stops it needs to remember nothing. */
function trafficExecutionName(runId: string, fromMs: number): string {
  const name = `${trafficExecutionPrefix}${runId}-${fromMs}`;
  return name.length <= longestName
    ? name
    : `${trafficExecutionPrefix}${sha256(runId).slice(0, 32)}-${fromMs}`;
}

/**
 * Traffic by a state machine of the team's: an execution for each stretch, named by run and stretch. Step Functions starts none
 * twice of the same name, not even once it has ended; to stop is to stop every one that the run may have started.
 */
export function createStateMachineTraffic(options: {
  readonly sfn: SFNClient;
  readonly clock: Clock;
  readonly input: RunnerInput;
}): Traffic {
  const { sfn, clock, input } = options;

  async function start(
    machine: Machine,
    { runId, fromMs, untilMs }: TrafficRequest,
    abortSignal: AbortSignal,
  ) {
    const started = await calling(
      { todo: `start the state machine ${machine.arn}`, fine: 'ExecutionAlreadyExists' },
      () =>
        sfn.send(
          new StartExecutionCommand({
            stateMachineArn: machine.arn,
            name: trafficExecutionName(runId, fromMs),
            input: JSON.stringify({ ...machine.input, runId, fromMs, untilMs }),
          }),
          { abortSignal },
        ),
    );
    // The ARN of an execution says which type its machine has (developer guide, "Choosing workflow type").
    if (started?.executionArn?.includes(':express:') === true)
      throw new SteadfastError(
        'invalid',
        `the state machine ${machine.arn} is an Express one, whose executions cannot be stopped`,
        { hint: 'name one of the standard type' },
      );
  }

  async function stop(
    machine: Machine,
    { runId, fromMs, sinceMs = fromMs }: TrafficRequest,
    abortSignal: AbortSignal,
  ) {
    const stopped = await Promise.allSettled(
      stretchesUntil(fromMs, sinceMs).map((stretch) => {
        const arn = executionArn(machine.arn, trafficExecutionName(runId, stretch.fromMs));
        return calling({ todo: `stop the execution ${arn}`, fine: 'ExecutionDoesNotExist' }, () =>
          sfn.send(new StopExecutionCommand({ executionArn: arn }), { abortSignal }),
        );
      }),
    );
    // All are tried before one that failed is told.
    for (const one of stopped) if (one.status === 'rejected') throw one.reason;
  }

  return {
    ask: async (request) => {
      const machine = machineOf(input);
      const { action } = request;
      const asked = {
        clock,
        withinMs: within[action],
        what: `the state machine ${machine.arn}`,
        todo: action,
      };
      await inTime(asked, (abortSignal) =>
        action === 'stop' ? stop(machine, request, abortSignal) : start(machine, request, abortSignal),
      );
    },
  };
}

interface Machine {
  readonly arn: string;
  readonly input: Readonly<Record<string, unknown>> | undefined;
}

function machineOf(input: RunnerInput): Machine {
  const traffic = experimentOf(input).traffic;
  const named = traffic !== undefined && 'stateMachine' in traffic ? traffic.stateMachine : undefined;
  const declared = named === undefined ? undefined : input.stateMachines?.[named.name];
  const { account, region } = input.environment;
  if (declared === undefined || account === undefined || region === undefined)
    throw new SteadfastError('invalid', 'the experiment names no state machine that makes traffic');
  return { arn: stateMachineArn(declared, { account, region }), input: named?.input };
}
