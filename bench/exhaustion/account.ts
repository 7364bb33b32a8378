import { PutEventsCommand, type PutEventsCommandInput } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandInput,
  ListExecutionsCommand,
  type ListExecutionsCommandInput,
  StopExecutionCommand,
  type StopExecutionCommandInput,
} from '@aws-sdk/client-sfn';
import { PublishCommand, type PublishCommandInput } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import type { AwsClients } from '../../lib/aws/clients.ts';
import type { RunnerInput } from '../../lib/plan/runner-input.ts';
import type { ProbeOutcome } from '../../lib/run/ports.ts';
import { createFakeAws } from '../../test/fakes/fake-aws-account.ts';
import { taskArn } from '../../test/fakes/fake-aws-input.ts';
import { createFakeStepFunctions } from '../../test/fakes/fake-step-functions.ts';
import type { VirtualClock } from '../../test/fakes/virtual-clock.ts';
import type { Execution } from './execution.ts';
import type { Path } from './paths.ts';

const environment = 'staging';
export const runId = 'run-1';

/** The ARN of the runner's executions, up to the name. */
export const runnerExecutions = 'arn:aws:states:eu-west-1:111111111111:execution:steadfast-staging-runner';
export const launcherExecutions =
  'arn:aws:states:eu-west-1:111111111111:execution:steadfast-staging-slow-database';

/** How the functions of an environment are told of it. */
export const variables = {
  STEADFAST_ENVIRONMENT: environment,
  STEADFAST_TABLE: 'steadfast',
  STEADFAST_BUCKET: 'steadfast',
  STEADFAST_TOPIC_ARN: 'arn:aws:sns:eu-west-1:111111111111:steadfast',
  STEADFAST_RUNNER_EXECUTIONS: runnerExecutions,
};

const fresh: ProbeOutcome = { status: 200, latencyMs: 5, value: 1 };
const stale: ProbeOutcome = { status: 200, latencyMs: 5, value: 60 };

const ofEnvironment = { 'steadfast:environment': environment };

/** An account in which a run of one path goes its way: the stateful fakes, with what this path finds in them. */
export function createAccount(
  clock: VirtualClock,
  path: Path,
  input: RunnerInput,
  onFaultStart: () => void = () => undefined,
) {
  const [cluster = ''] = input.owns.clusters ?? [];
  const tasks = ['a', 'b', 'c', 'd'].map((id) => taskArn(id, cluster, input.environment.account));
  const [first] = input.selects;
  const own = first !== undefined && 'tags' in first ? first.tags : {};
  const templates = Object.fromEntries(
    input.stages.map(({ templateId, templateMs, label, faults }) => {
      const arns = tasks.slice(0, label === 'one' ? 1 : tasks.length);
      const targets = faults.map(({ name, action }) => [name, { actionId: action, arns }] as const);
      const template = { durationMs: templateMs, tags: ofEnvironment, faults: Object.fromEntries(targets) };
      return [templateId, template] as const;
    }),
  );
  const aws = createFakeAws({
    clock,
    tasks,
    tags: path.tags ?? own,
    fis: {
      templates,
      pageSize: 100,
      onStart: onFaultStart,
      ...(path.guardFiresAfterMs === undefined ? {} : { guardFiresAfterMs: path.guardFiresAfterMs }),
    },
    listed: ['slow-database'],
  });
  const lastTemplate = input.stages.at(-1)?.templateId;
  const isAfterLast = () =>
    !aws.fis.injecting() &&
    aws.fis.experiments().some(({ templateId, skipsAll }) => !skipsAll && templateId === lastTemplate);
  /** From the first to the last look at what is stale. */
  let staleMs: { readonly from: number; readonly to: number } | undefined;
  const sees = () => {
    const isStale =
      (path.staleDuringFault === true && aws.fis.injecting()) ||
      (path.staleAfterwards === true && isAfterLast());
    if (isStale) staleMs = { from: staleMs?.from ?? clock.now(), to: clock.now() };
    return isStale ? stale : fresh;
  };

  let haltAskedMs = Number.POSITIVE_INFINITY;
  /** Has a person ask for the run's end, where the path has one do so. */
  const haltWhenDue = async (over: { readonly isSet: boolean }): Promise<void> => {
    if (path.haltAfterMs === undefined) return;
    while (!over.isSet && !aws.fis.injecting()) await clock.sleep(10_000);
    if (over.isSet) return;
    await clock.sleep(path.haltAfterMs);
    haltAskedMs = clock.now();
    aws.table.put({ pk: `HALT#${runId}`, sk: 'HALT', reason: 'too many complaints' });
  };

  /** When each rollback was carried out. */
  const rollbacksMs: number[] = [];
  let refusals = path.failsRollbacks ?? 0;
  const lambda = new LambdaClient({ region: 'eu-west-1' });
  const functions = mockClient(lambda);
  functions.on(InvokeCommand).callsFake(() => {
    if (refusals > 0) {
      refusals -= 1;
      return { StatusCode: 200, FunctionError: 'Unhandled', Payload: Buffer.from('{}') };
    }
    rollbacksMs.push(clock.now());
    return { StatusCode: 200, Payload: Buffer.from('{}') };
  });

  const executions = new Map<string, Execution>();
  const stepFunctions = createFakeStepFunctions(clock);
  const find = (executionArn: string): Execution => {
    const found = executions.get(executionArn);
    if (found !== undefined) return found;
    throw Object.assign(new Error('no such execution'), { name: 'ExecutionDoesNotExist' });
  };
  stepFunctions.machines
    .on(DescribeExecutionCommand)
    .callsFake(({ executionArn = '' }: DescribeExecutionCommandInput) => {
      const execution = find(executionArn);
      return {
        status: execution.status(),
        error: execution.error(),
        input: JSON.stringify(execution.input),
      };
    })
    .on(ListExecutionsCommand)
    .callsFake(({ statusFilter }: ListExecutionsCommandInput) => ({
      executions: [...executions]
        .filter(([arn, one]) => arn.startsWith(`${runnerExecutions}:`) && one.status() === statusFilter)
        .map(([executionArn]) => ({
          executionArn,
          name: executionArn.slice(runnerExecutions.length + 1),
          startDate: new Date(clock.now()),
          stopDate: new Date(clock.now()),
        })),
    }))
    .on(StopExecutionCommand, { executionArn: `${runnerExecutions}:${runId}` })
    .callsFake(({ executionArn = '' }: StopExecutionCommandInput) => {
      find(executionArn).abort();
      return {};
    });

  const told: string[] = [];
  aws.topic.on(PublishCommand).callsFake(({ Message, MessageAttributes }: PublishCommandInput) => {
    // That an approval is wanted tells nothing of the end.
    if (MessageAttributes?.['approval'] === undefined) told.push(Message ?? '');
    return {};
  });
  const verdictEvents: string[] = [];
  aws.bus.on(PutEventsCommand).callsFake(({ Entries = [] }: PutEventsCommandInput) => {
    for (const { DetailType, Detail } of Entries)
      if (DetailType === 'Verdict') verdictEvents.push(Detail ?? '');
    return { FailedEntryCount: 0 };
  });

  const clients: AwsClients = { ...aws.clients, lambda, sfn: stepFunctions.sfn };
  return {
    aws,
    clients,
    executions,
    sees,
    staleSeenMs: () => (staleMs === undefined ? 0 : staleMs.to - staleMs.from),
    haltWhenDue,
    /** When a person asked for the run's end; never where that is infinite. */
    haltAskedMs: () => haltAskedMs,
    rollbacksMs,
    told,
    verdictEvents,
    /** Lets go of all that the mocks have seen: they are kept for as long as the process lives. */
    forget: () => {
      const { alarms, foreignAlarms, topic, bus, table, bucket, fis } = aws;
      const mocks = [alarms, foreignAlarms, topic, bus, table.mock, bucket.mock, fis.mock];
      for (const mock of mocks) mock.reset();
      functions.reset();
      stepFunctions.machines.reset();
    },
    /** Load that goes on, or is still to come. */
    trafficLeft: () => stepFunctions.left(),
  };
}

export type Account = ReturnType<typeof createAccount>;
