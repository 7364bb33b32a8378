import { StartExperimentCommand } from '@aws-sdk/client-fis';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandInput,
  ListExecutionsCommand,
  type ListExecutionsCommandInput,
  StopExecutionCommand,
  type StopExecutionCommandInput,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { createEndRunsHandler } from '../../lambdas/end-runs-handler.ts';
import { createHaltHandler } from '../../lambdas/halt-handler.ts';
import { createStopHandler } from '../../lambdas/stop-handler.ts';
import type { AwsClients } from '../../lib/aws/clients.ts';
import { createDynamoLeases } from '../../lib/aws/dynamo-leases.ts';
import { createDynamoLiveRuns } from '../../lib/aws/dynamo-live-runs.ts';
import type { StopName } from '../../lib/cdk/handler-bundles.ts';
import type { RunnerInputDocument } from '../../lib/plan/runner-input.ts';
import type { SafetyLever } from '../../lib/run/admission-ports.ts';
import type { Undo } from '../../lib/run/live-run.ts';
import type { Clock, ProbeOutcome } from '../../lib/run/ports.ts';
import { quietLog } from '../end-to-end/aws-run.ts';
import { createFakeAws } from '../fakes/fake-aws-account.ts';
import { runnerInput, slowDatabase, taskArn } from '../fakes/fake-aws-input.ts';
import { createFakeStepFunctions } from '../fakes/fake-step-functions.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';

const minuteMs = 60_000;
const leaseMs = 15 * minuteMs;
const ours = { 'steadfast:environment': 'staging' };
const variables = {
  STEADFAST_ENVIRONMENT: 'staging',
  STEADFAST_TABLE: 'steadfast',
  STEADFAST_BUCKET: 'steadfast',
  STEADFAST_TOPIC_ARN: 'arn:aws:sns:eu-west-1:111122223333:steadfast-staging',
  STEADFAST_RUNNER_EXECUTIONS: 'arn:aws:states:eu-west-1:111122223333:execution:steadfast-runner-staging',
};

interface FakeExecution {
  status: string;
  readonly input?: string;
}

/** An experiment that has something to undo. */
const withRollback: Partial<RunnerInputDocument> = {
  definition: {
    ...slowDatabase,
    rollbacks: { flush: { lambda: { function: 'flush' }, provenBy: 'products' } },
  },
  functions: { flush: 'shop-flush' },
};

/** An environment in which runs begin and die, with the real functions that end them. */
export function createStopWorld(
  options: {
    readonly sees?: () => ProbeOutcome;
    /** What each function is told; made up where absent. */
    readonly variablesOf?: (name: StopName) => Readonly<Record<string, string>>;
    /** What stands between a function and AWS. */
    readonly through?: (name: StopName, clients: AwsClients) => AwsClients;
    /** Whether probes ask over HTTP, in place of what `sees` tells. */
    readonly overHttp?: boolean;
    /** The tasks that there are. */
    readonly tasks?: readonly string[];
  } = {},
) {
  const {
    sees = () => ({ status: 200, latencyMs: 20 }),
    variablesOf = () => variables,
    through = (_name: StopName, given: AwsClients) => given,
  } = options;
  const runner = variablesOf('stop')['STEADFAST_RUNNER_EXECUTIONS'] ?? '';
  const table = variablesOf('stop')['STEADFAST_TABLE'] ?? '';
  const clock = createVirtualClock();
  const faults = { slow: { actionId: 'aws:ecs:task-network-latency', arns: [taskArn('a')] } };
  const aws = createFakeAws({
    clock,
    tasks: options.tasks ?? [taskArn('a')],
    tags: { Env: 'staging' },
    fis: {
      templates: {
        EXT1: { durationMs: 20 * minuteMs, tags: ours, faults },
        EXTforeign: { durationMs: 20 * minuteMs, tags: { team: 'other' }, faults },
      },
    },
  });
  const { sfn, machines } = createFakeStepFunctions(clock);
  const executions = new Map<string, FakeExecution>();
  const missing = () => Object.assign(new Error('no such execution'), { name: 'ExecutionDoesNotExist' });
  machines
    .on(DescribeExecutionCommand)
    .callsFake(({ executionArn = '' }: DescribeExecutionCommandInput) => {
      const found = executions.get(executionArn.replace(`${runner}:`, ''));
      if (found === undefined) throw missing();
      return found;
    })
    .on(ListExecutionsCommand)
    .callsFake(({ statusFilter }: ListExecutionsCommandInput) => ({
      executions: [...executions]
        .filter(([name, { status }]) => name.startsWith('run-') && status === statusFilter)
        .map(([name]) => ({
          name,
          executionArn: `${runner}:${name}`,
          startDate: new Date(clock.now() - minuteMs),
          stopDate: new Date(clock.now()),
        })),
    }))
    .on(StopExecutionCommand)
    .callsFake(({ executionArn = '' }: StopExecutionCommandInput) => {
      const found = executions.get(executionArn.replace(`${runner}:`, ''));
      if (found === undefined) throw missing();
      found.status = 'ABORTED';
      return {};
    });
  const lambda = new LambdaClient({ region: 'eu-west-1' });
  const invoked = mockClient(lambda);
  invoked.on(InvokeCommand).resolves({ StatusCode: 200 });
  const refused = new Map<string, Error>();
  const clients = mayRefuse({ ...aws.clients, sfn, lambda }, (command) => refused.get(command));
  const { dynamo, fis } = clients;
  const leases = createDynamoLeases({ dynamo, table, clock, places: 2 });
  const liveRuns = createDynamoLiveRuns({ dynamo, table, clock, by: 'runner' });
  const counted: Record<string, number> = {};
  const prober = {
    ask: async () => {
      const outcome = sees();
      await clock.sleep(outcome.latencyMs ?? 0);
      return outcome;
    },
  };
  let calls = 0;

  const sweep = (event: unknown = {}, behindMs = 0) => {
    calls += 1;
    const its: Clock = { ...clock, now: () => clock.now() + behindMs };
    const handler = createStopHandler({
      variables: variablesOf('stop'),
      clients: through('stop', clients),
      clock: its,
      ...(options.overHttp === true ? {} : { prober }),
      log: quietLog,
      countVerdict: () => {},
      count: (what, howMany) => {
        counted[what] = (counted[what] ?? 0) + howMany;
      },
    });
    return handler(event, { awsRequestId: `call-${calls}`, getRemainingTimeInMillis: () => 300_000 });
  };

  return {
    ...aws,
    clients,
    clock,
    leases,
    liveRuns,
    executions,
    invoked,
    /** AWS refuses these commands, by their names, until it is told otherwise. */
    refuse: (name: string, ...commands: readonly string[]) => {
      for (const command of commands)
        refused.set(command, Object.assign(new Error(`${name} it is`), { name }));
    },
    allow: () => refused.clear(),
    counted,
    sweep,

    /** Sweeps once a minute, as often as is said; what fails is given. */
    minutes: async (count: number): Promise<string[]> => {
      const failures: string[] = [];
      for (let minute = 0; minute < count; minute += 1) {
        await clock.sleep(minuteMs);
        await sweep().catch((thrown: unknown) => failures.push(String(thrown)));
      }
      return failures;
    },

    /** A run in the middle of its first stage. */
    begin: (runId: string): Promise<string> =>
      beginWith(runId, runnerInput(withRollback), [
        { what: 'fault', name: '0' },
        { what: 'rollback', name: 'flush' },
      ]),
    beginWith,

    /** A start from a template, as FIS's console makes it: without any tag. */
    startByHand: (templateId: string) => startFault(templateId, `console-${templateId}-${clock.now()}`, {}),
    startFault,

    /** CloudFormation asks before it takes something away. */
    takeAway: (request: unknown) =>
      createEndRunsHandler({
        variables: variablesOf('end-first'),
        clients: through('end-first', clients),
        clock,
        log: quietLog,
      })(request, { getRemainingTimeInMillis: () => 900_000 }),

    halt: (request: unknown, lever?: SafetyLever) =>
      createHaltHandler({
        variables: variablesOf('halt'),
        clients: through('halt', clients),
        clock,
        log: quietLog,
        ...(lever === undefined ? {} : { lever }),
      })({ execution: 'night', request }),

    active: () =>
      aws.fis
        .experiments()
        .filter(({ status }) => !['completed', 'stopped'].includes(status))
        .map(({ id, status }) => `${id} ${status}`),
    leasesHeld: () =>
      [...aws.table.items.values()].filter((item) => item['pk'] === 'LEASE' && item['sk'] !== 'TOKEN'),
    under: () => [...aws.table.items.values()].filter((item) => item['pk'] === 'LIVE'),
    journal: (runId: string): unknown =>
      JSON.parse(aws.bucket.objects.get(`runs/${runId}/journal.json`) ?? 'null'),
    recorded: (runId: string) => aws.table.items.get(`RUN#${runId} RUN`),
  };

  async function beginWith(runId: string, input: unknown, undos: readonly Undo[]): Promise<string> {
    const startedAtMs = clock.now();
    await liveRuns.begin({ runId, experiment: 'slow-database', startedAtMs });
    await leases.acquire(runId, ['shop'], startedAtMs + leaseMs);
    aws.bucket.objects.set(`runs/${runId}/input.json`, JSON.stringify(input));
    executions.set(runId, { status: 'RUNNING' });
    await liveRuns.willUndo(runId, undos, startedAtMs);
    const tags = { ...ours, 'steadfast:run': runId, 'steadfast:experiment': 'slow-database' };
    return startFault('EXT1', runId, tags);
  }

  async function startFault(
    templateId: string,
    token: string,
    tags: Record<string, string>,
  ): Promise<string> {
    const started = await fis.send(
      new StartExperimentCommand({ experimentTemplateId: templateId, clientToken: token, tags }),
    );
    return started.experiment?.id ?? '';
  }
}

/** The same clients, each of which fails a command that is refused. */
function mayRefuse<Clients extends object>(
  clients: Clients,
  refusal: (command: string) => Error | undefined,
): Clients {
  const through = <Client extends object>(client: Client): Client =>
    new Proxy(client, {
      get: (target, key) => {
        const member: unknown = Reflect.get(target, key);
        if (key !== 'send' || typeof member !== 'function') return member;
        return (...given: readonly unknown[]): unknown => {
          const [command] = given;
          const error = typeof command === 'object' ? refusal(command?.constructor.name ?? '') : undefined;
          return error === undefined ? Reflect.apply(member, target, given) : Promise.reject(error);
        };
      },
    });
  return new Proxy(clients, {
    get: (target, key) => {
      const client: unknown = Reflect.get(target, key);
      return typeof client === 'object' && client !== null ? through(client) : client;
    },
  });
}

export type StopWorld = ReturnType<typeof createStopWorld>;
