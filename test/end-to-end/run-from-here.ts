import { FilterLogEventsCommand, type FilterLogEventsCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  StartExecutionCommand,
  type StartExecutionCommandInput,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import type { StepLog } from '../../lambdas/wiring.ts';
import type { ExperimentDefinition } from '../../lib/experiment/experiment.ts';
import type { Clock } from '../../lib/run/ports.ts';
import { type StateMachineDefinition, synthesized } from '../cdk/synthesized.ts';
import { createFakeOutside } from '../fakes/fake-outside.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';
import { slowDatabase } from '../plan/examples.ts';
import { type AwsRun, type AwsRunOptions, runInAws } from './aws-run.ts';

interface LogLine {
  readonly group: string;
  readonly timestamp: number;
  readonly message: string;
}

/** Log lines come some time after they were written, those of one function later than those of another. */
const delaysMs: Readonly<Record<string, number>> = { observe: 1_500, fault: 6_000 };

/** A function's log as CloudWatch Logs keeps it: one line of JSON each, with the keys that were appended. */
function recording(lines: LogLine[], name: string, clock: Clock): StepLog {
  let keys: Record<string, unknown> = {};
  const write = (message: unknown, details: object = {}) => {
    lines.push({
      group: `/aws/lambda/steadfast-staging-${name}`,
      timestamp: Math.floor(clock.now()),
      message: JSON.stringify({ level: 'INFO', message, service: 'steadfast', ...keys, ...details }),
    });
  };
  return {
    appendKeys: (more) => {
      keys = { ...keys, ...more };
    },
    resetKeys: () => {
      keys = {};
    },
    debug: () => {},
    info: (message, ...extra) => {
      const [details] = extra;
      write(message, typeof details === 'object' ? details : {});
    },
    error: (message) => write(message),
  };
}

/** What a run left in AWS. */
export interface RecordedRun {
  readonly name: string;
  readonly launcher: AwsRun['launcher'];
  readonly endMs: number;
  readonly lines: readonly LogLine[];
  readonly objects: ReadonlyMap<string, string>;
}

/** Plays a whole run through the real state machines and handlers, and keeps what it left. */
async function recordRun(options: Omit<AwsRunOptions, 'start' | 'log'>): Promise<RecordedRun> {
  const lines: LogLine[] = [];
  const start = { name: 'the-recorded-run', input: {} };
  const done = await runInAws({ ...options, start, log: (name, clock) => recording(lines, name, clock) });
  const { launcher, journal, aws } = done;
  return { name: start.name, launcher, endMs: Date.parse(journal.end), lines, objects: aws.bucket.objects };
}

const launcherArn = 'arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-staging-slow-database';

/**
 * An account that the command starts a recorded run in: its log lines, the end of its launcher and its objects appear as the command's
 * own time passes.
 */
export function accountToRunIn(
  recorded: RecordedRun,
  launcher: StateMachineDefinition,
  more: Parameters<typeof createFakeOutside>[0] = {},
) {
  const clock = createVirtualClock();
  const fake = createFakeOutside({ ...more, clock });
  const { sfn, logs, tagging } = fake.clients;
  let runId: string | undefined;
  const renamed = (text: string) => text.replaceAll(recorded.name, runId ?? recorded.name);

  const Tags = [
    { Key: 'steadfast:environment', Value: 'staging' },
    { Key: 'steadfast:experiment', Value: 'slow-database' },
  ];
  mockClient(tagging)
    .on(GetResourcesCommand)
    .resolves({ ResourceTagMappingList: [{ ResourceARN: launcherArn, Tags }] });
  const machines = mockClient(sfn);
  machines
    .on(DescribeStateMachineCommand, { stateMachineArn: launcherArn })
    .resolves({ definition: JSON.stringify(launcher) });
  machines
    .on(StartExecutionCommand, { stateMachineArn: launcherArn })
    .callsFake(({ name = '' }: StartExecutionCommandInput) => {
      runId = name;
      for (const [key, text] of recorded.objects) fake.bucket.objects.set(renamed(key), renamed(text));
      return { executionArn: `${launcherArn.replace('stateMachine', 'execution')}:${name}` };
    });
  const describe = () => {
    const { error, status } = recorded.launcher;
    if (clock.now() < recorded.endMs) return { status: 'RUNNING' };
    return status === 'succeeded'
      ? { status: 'SUCCEEDED' }
      : { status: 'FAILED', error, cause: 'see the journal' };
  };
  machines.on(DescribeExecutionCommand).callsFake(describe);
  const filtered = mockClient(logs);
  filtered
    .on(FilterLogEventsCommand)
    .callsFake(({ logGroupName, startTime = 0 }: FilterLogEventsCommandInput) => ({
      events: recorded.lines.flatMap(({ group, timestamp, message }, index) => {
        const delayMs = delaysMs[group.slice(group.lastIndexOf('-') + 1)] ?? 500;
        if (group !== logGroupName || timestamp < startTime || timestamp + delayMs > clock.now()) return [];
        return [{ eventId: String(index), timestamp, message: renamed(message) }];
      }),
    }));
  return { ...fake, clock, machines, filtered, describe, runId: () => runId ?? '' };
}

const well = { status: 200, latencyMs: 20 };
const slow = { status: 200, latencyMs: 800 };

/** Short, so that a run of it is soon recorded. */
const short: ExperimentDefinition = {
  ...slowDatabase,
  stages: [
    { share: 'one', duration: '1m' },
    { share: '100%', duration: '1m' },
  ],
};

/** A run that held and one that deviated, of the same short experiment. */
export async function recordHeldAndDeviated() {
  const machines = synthesized(short);
  return {
    machines,
    recorded: {
      held: await recordRun({ machines, sees: () => well }),
      deviated: await recordRun({ machines, sees: (injecting) => (injecting ? slow : well) }),
    },
  };
}
