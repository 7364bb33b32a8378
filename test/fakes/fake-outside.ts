import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { FisClient } from '@aws-sdk/client-fis';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { CommandClients, Connection, ConnectionChoice } from '../../lib/aws/command/connection.ts';
import type { Outside } from '../../lib/cli/aws/outside.ts';
import type { Clock } from '../../lib/run/ports.ts';
import { createFakeBucket } from './fake-aws-bucket.ts';
import { createFakeTable } from './fake-aws-table.ts';
import { createVirtualClock } from './virtual-clock.ts';

export const callerArn = 'arn:aws:sts::111111111111:assumed-role/on-call/ann';

/**
 * The world of a command that acts in AWS: clients that a test mocks (those of the table and of the bucket keep what they are told), a
 * clock that no test waits for, and a person who answers what they are told to.
 */
export function createFakeOutside(
  options: {
    readonly account?: string;
    readonly clients?: Partial<CommandClients>;
    readonly clock?: Clock;
    /** What the person answers, in order; nobody can be asked where absent. */
    readonly answers?: readonly (string | undefined)[];
    readonly caller?: Connection['caller'];
  } = {},
) {
  const { account = '111111111111', clock = createVirtualClock() } = options;
  const table = createFakeTable({ pageSize: 100 });
  const bucket = createFakeBucket({ pageSize: 1_000 });
  const region = 'eu-west-1';
  const config = { region };
  const clients: CommandClients = {
    dynamo: table.dynamo,
    fis: new FisClient(config),
    logs: new CloudWatchLogsClient(config),
    s3: bucket.s3,
    scheduler: new SchedulerClient(config),
    sfn: new SFNClient(config),
    ssm: new SSMClient(config),
    tagging: new ResourceGroupsTaggingAPIClient(config),
    ...options.clients,
  };
  const choices: ConnectionChoice[] = [];
  const questions: string[] = [];
  const answers = [...(options.answers ?? [])];
  const listeners = new Set<(name: NodeJS.Signals) => void>();
  const outside: Outside = {
    clock,
    connect: async (choice) => {
      choices.push(choice);
      return {
        region: choice.region ?? region,
        clients,
        place: { region: choice.region ?? region },
        caller: options.caller ?? (async () => ({ account, arn: callerArn })),
      };
    },
    ...(options.answers === undefined
      ? {}
      : {
          ask: async (question: string) => {
            questions.push(question);
            return answers.shift();
          },
        }),
    onSignal: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    outside,
    clients,
    table,
    bucket,
    choices,
    questions,
    /** Sends the process a signal. */
    signal: (name: NodeJS.Signals = 'SIGINT') => {
      for (const listener of listeners) listener(name);
    },
    /** How many listen for signals. */
    listening: () => listeners.size,
  };
}
