import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandInput,
  DescribeStateMachineCommand,
  type DescribeStateMachineCommandInput,
  SFNClient,
  StartExecutionCommand,
  type StartExecutionCommandInput,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import type { Rejection, Verdict } from '../../lib/experiment/verdict.ts';
import type { Clock } from '../../lib/run/ports.ts';

/** How a run goes. */
export interface FakeRun {
  readonly lastsMs: number;
  readonly verdict?: Verdict;
  readonly rejection?: Rejection;
}

export interface FakeLauncher {
  readonly hash: string;
  readonly touches: readonly string[];
  /** By the number of its start, from 1. */
  readonly run: (start: number) => FakeRun;
}

interface Execution {
  readonly machine: string;
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly run: FakeRun;
}

const failure = (name: string) => Object.assign(new Error(name), { name });

/**
 * Step Functions with launchers by the name of their state machine. Names of executions are taken for good; a run that was rejected leaves
 * a journal in `objects`.
 */
export function createFakeLaunchers(options: {
  readonly clock: Pick<Clock, 'now'>;
  readonly launchers: Readonly<Record<string, FakeLauncher>>;
  readonly objects: Map<string, string>;
}) {
  const { clock, launchers, objects } = options;
  const sfn = new SFNClient({ region: 'eu-west-1' });
  const machines = mockClient(sfn);
  const executions = new Map<string, Execution>();
  const launcherOf = (arn = ''): readonly [string, FakeLauncher] => {
    const name = arn.split(':').at(-1) ?? '';
    const launcher = launchers[name];
    if (launcher === undefined) throw failure('StateMachineDoesNotExist');
    return [name, launcher];
  };
  machines
    .on(DescribeStateMachineCommand)
    .callsFake(({ stateMachineArn }: DescribeStateMachineCommandInput) => {
      const [, { hash, touches }] = launcherOf(stateMachineArn);
      return {
        definition: JSON.stringify({
          States: { Plan: { Type: 'Pass', Result: { input: { hash, touches } } } },
        }),
      };
    })
    .on(StartExecutionCommand)
    .callsFake(({ stateMachineArn = '', name = '' }: StartExecutionCommandInput) => {
      const [machine, launcher] = launcherOf(stateMachineArn);
      const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
      const before = executions.get(executionArn);
      if (before !== undefined && before.endMs <= clock.now()) throw failure('ExecutionAlreadyExists');
      if (before === undefined) {
        const starts = [...executions.values()].filter((one) => one.machine === machine).length;
        const run = launcher.run(starts + 1);
        const startMs = clock.now();
        executions.set(executionArn, { machine, name, startMs, endMs: startMs + run.lastsMs, run });
        if (run.rejection !== undefined)
          objects.set(
            `runs/${name}/journal.json`,
            JSON.stringify({ findings: [{ code: 'it', rejection: run.rejection }] }),
          );
      }
      return { executionArn };
    })
    .on(DescribeExecutionCommand)
    .callsFake(({ executionArn = '' }: DescribeExecutionCommandInput) => {
      const one = executions.get(executionArn);
      if (one === undefined) throw failure('ExecutionDoesNotExist');
      if (one.endMs > clock.now()) return { status: 'RUNNING' };
      const { verdict = 'held' } = one.run;
      return verdict === 'held' ? { status: 'SUCCEEDED' } : { status: 'FAILED', error: verdict };
    });
  return { sfn, machines, executions: () => [...executions.values()] };
}
