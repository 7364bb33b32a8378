import { GetMetricDataCommand, type GetMetricDataCommandInput } from '@aws-sdk/client-cloudwatch';
import { GetFunctionConfigurationCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandInput,
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
  type StartExecutionCommandInput,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import * as z from 'zod';
import staging from '../../experiments/environments/staging.ts';
import failingPayments from '../../experiments/failing-payments.ts';
import paymentDown from '../../experiments/game-days/payment-down.ts';
import { createDeskHandler } from '../../lambdas/desk-handler.ts';
import { createGameDayHandler } from '../../lambdas/game-day-handler.ts';
import { createHaltHandler } from '../../lambdas/halt-handler.ts';
import { createStopHandler } from '../../lambdas/stop-handler.ts';
import { createDynamoLog } from '../../lib/aws/game-day/dynamo-log.ts';
import { environmentSchema } from '../../lib/experiment/environment.ts';
import { experimentSchema } from '../../lib/experiment/experiment.ts';
import { gameDaySchema } from '../../lib/experiment/game-day.ts';
import type { Command } from '../../lib/game-day/command.ts';
import { gameDayMachine } from '../../lib/game-day/machine.ts';
import { planGameDay } from '../../lib/game-day/plan-game-day.ts';
import { reduce } from '../../lib/game-day/reduce.ts';
import type { GameDayState } from '../../lib/game-day/state.ts';
import { planTargetOfEnvironment } from '../../lib/plan/environment-target.ts';
import { synthesized } from '../cdk/synthesized.ts';
import { type AwsRunOptions, createAccount, quietLog } from './aws-run.ts';
import { executeLocally } from './local-execution.ts';

export const edition = 'payment-down-20260101-000000-4fzk';
const place = 'eu-west-1:111111111111';
const variables = {
  STEADFAST_ENVIRONMENT: 'staging',
  STEADFAST_TABLE: 'steadfast',
  STEADFAST_BUCKET: 'steadfast',
  STEADFAST_TOPIC_ARN: `arn:aws:sns:${place}:steadfast-staging`,
  STEADFAST_RUNNER_EXECUTIONS: `arn:aws:states:${place}:execution:steadfast-runner-staging`,
};
const substitutions: Readonly<Record<string, string>> = {
  partition: 'aws',
  gameDayFunction: `arn:aws:lambda:${place}:function:steadfast-staging-game-day`,
};
const paymentFunction = `arn:aws:lambda:${place}:function:payment-staging`;

/** The payment game day, as it is planned for staging. */
export const input = planGameDay({
  definition: paymentDown,
  gameDay: gameDaySchema.parse(paymentDown),
  target: planTargetOfEnvironment(staging, environmentSchema.parse(staging)),
  experiments: [{ id: failingPayments.id, parsed: experimentSchema.parse(failingPayments) }],
});

/** The state machines that the payment experiment is deployed as; with fewer orders, since each costs this test time. */
export const machinesOfPayments = (): AwsRunOptions['machines'] => {
  const { orders, ...others } = failingPayments.steadyState;
  if (orders === undefined || !('http' in orders)) throw new Error('orders are taken over HTTP');
  return synthesized(
    { ...failingPayments, steadyState: { orders: { ...orders, rate: '4/s' }, ...others } },
    staging,
  );
};

const sets = {
  operator: 'GameDayOperator',
  observer: 'GameDayObserver',
  onCall: 'ShopOnCall',
  scribe: 'GameDayScribe',
};
/** Whom IAM names when somebody of single sign-on signs a call. */
const callerOf = (role: keyof typeof sets, name: string) =>
  `arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_${sets[role]}_0123456789abcdef/${name}`;

const taskSchema = z.union([
  z.object({
    Payload: z.looseObject({
      step: z.string(),
      state: z.looseObject({ waitSeconds: z.number().optional() }),
    }),
  }),
  z.object({ StateMachineArn: z.string(), Name: z.string(), Input: z.looseObject({}) }),
]);

/** What people do whenever something may have changed. */
export type Acts = (world: GameDayInAws, state: GameDayState) => Promise<void>;

/** A made-up account with the payment game day in it: its deployed machines, and the real functions that they and people call. */
export function createGameDayInAws(machines: AwsRunOptions['machines']) {
  let isDead = false;
  const killed = Promise.withResolvers<'killed'>();
  /** When faults were injected, as probes saw it. */
  const faultSince: { readonly atMs: number; readonly injecting: boolean }[] = [];
  const lambda = new LambdaClient({ region: 'eu-west-1' });
  mockClient(lambda)
    .on(GetFunctionConfigurationCommand)
    .resolves({
      Architectures: ['arm64'],
      Layers: [{ Arn: `arn:aws:lambda:eu-west-1:222222222222:layer:aws-fis-extension-arm64:1` }],
      Environment: {
        Variables: {
          AWS_LAMBDA_EXEC_WRAPPER: '/opt/aws-fis/bootstrap',
          AWS_FIS_CONFIGURATION_LOCATION: 'arn:aws:s3:::shop-staging-faults/payment/',
          AWS_FIS_POLL_MAX_WAIT_MILLISECONDS: '2000',
        },
      },
    })
    .on(InvokeCommand)
    .resolves({ StatusCode: 200 });

  const account = createAccount({
    machines,
    through: (_name, clients) => ({ ...clients, lambda, lambdaReads: lambda }),
    targets: [paymentFunction],
    sees: (injecting) => {
      if (faultSince.at(-1)?.injecting !== injecting)
        faultSince.push({ atMs: account.clock.now(), injecting });
      return { status: 200, latencyMs: 20 };
    },
    thinks: async () => act(),
    dies: () => (isDead ? new Promise<never>(() => {}) : undefined),
  });
  const { aws, clock } = account;
  giveMetrics();
  /** In the fault every second payment fails. */
  function giveMetrics(): void {
    const isFault = (atMs: number) => faultSince.findLast((one) => one.atMs <= atMs)?.injecting === true;
    aws.alarms
      .on(GetMetricDataCommand)
      .callsFake(({ StartTime, EndTime, MetricDataQueries = [] }: GetMetricDataCommandInput) => {
        const asked = MetricDataQueries.find(({ ReturnData }) => ReturnData !== false);
        const of = MetricDataQueries.find(({ MetricStat }) => MetricStat !== undefined)?.MetricStat;
        const periodMs = (asked?.Period ?? of?.Period ?? 60) * 1_000;
        const [fromMs = 0, toMs = 0] = [StartTime?.getTime(), EndTime?.getTime()];
        const count = Math.max(0, Math.ceil((toMs - fromMs) / periodMs));
        const Timestamps = Array.from({ length: count }, (_, index) => new Date(fromMs + index * periodMs));
        const Values = Timestamps.map((at) =>
          of?.Metric?.Namespace === 'AWS/Lambda' && isFault(at.getTime() + periodMs / 2) ? 50 : 1,
        );
        return { MetricDataResults: [{ Id: asked?.Id, Timestamps, Values }] };
      });
  }

  const sfn = new SFNClient({ region: 'eu-west-1' });
  const answers = new Map<string, unknown>();
  const dead = new Map<string, { readonly status: string; readonly input?: string }>();
  const halt = createHaltHandler({ variables, clients: aws.clients, clock, log: quietLog });
  mockClient(sfn)
    .on(DescribeStateMachineCommand)
    .resolves({ definition: JSON.stringify(machines.launcher) })
    .on(ListExecutionsCommand)
    .resolves({ executions: [] })
    .on(StartExecutionCommand)
    .callsFake(
      async ({ stateMachineArn = '', name = '', input: request = '{}' }: StartExecutionCommandInput) => {
        if (!stateMachineArn.endsWith(':steadfast-halt-staging'))
          throw new Error(`nobody starts ${stateMachineArn}`);
        const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
        const asked: unknown = JSON.parse(request);
        answers.set(executionArn, await halt({ execution: name, request: asked }));
        return { executionArn };
      },
    )
    .on(DescribeExecutionCommand)
    .callsFake(({ executionArn = '' }: DescribeExecutionCommandInput) => {
      const answer = answers.get(executionArn);
      return answer === undefined
        ? dead.get(executionArn)
        : { status: 'SUCCEEDED', output: JSON.stringify(answer) };
    })
    .on(StopExecutionCommand)
    .callsFake(({ executionArn = '' }) => {
      dead.set(String(executionArn), { status: 'ABORTED' });
      return {};
    });

  const clients = { ...aws.clients, sfn, lambda, lambdaReads: lambda };
  const step = createGameDayHandler({ variables, clients, clock, log: quietLog });
  // Not all functions have the same time.
  const ahead = { ...clock, now: () => clock.now() + 90_000 };
  const desk = createDeskHandler({ variables, clients, clock: ahead, log: quietLog });
  const log = () => createDynamoLog({ dynamo: aws.clients.dynamo, table: 'steadfast', clock });
  let acts: Acts | undefined;
  let acting = false;
  const launches: string[] = [];

  async function act(): Promise<void> {
    if (acting || acts === undefined || isDead) return;
    acting = true;
    try {
      await acts(world, reduce(input, await log().read(edition)));
    } finally {
      acting = false;
    }
  }

  const perform = async (task: unknown): Promise<unknown> => {
    if (isDead) return new Promise(() => {});
    const asked = taskSchema.parse(task);
    if ('Payload' in asked) {
      const { Payload } = asked;
      // The interpreter does not wait.
      await clock.sleep(1_000 * (Payload.state.waitSeconds ?? 0));
      if (isDead) return new Promise(() => {});
      const next = await step(JSON.parse(JSON.stringify(Payload)));
      await act();
      return { Payload: next };
    }
    launches.push(asked.Name);
    const run = await account.start({ name: asked.Name, input: asked.Input });
    if (run.launcher.status === 'failed') throw new Error(run.launcher.error ?? 'failed');
    return {};
  };

  const world = {
    aws,
    clock,
    launches,
    entries: () => log().read(edition),
    /** A signed call of the desk. */
    asks: async (role: keyof typeof sets, name: string, command: Command) => {
      const answer = await desk(
        {
          rawPath: '/act',
          body: JSON.stringify({ edition, role, command }),
          requestContext: {
            http: { method: 'POST' },
            authorizer: { iam: { userArn: callerOf(role, name) } },
          },
        },
        { awsRequestId: 'call' },
      );
      return { status: answer.statusCode, text: answer.body };
    },
    /** Holds the game day by its machine, until it is over or was killed. */
    hold: (people: Acts) => {
      acts = people;
      const definition: unknown = JSON.parse(
        JSON.stringify(gameDayMachine(input)).replaceAll(
          /\$\{(\w+)\}/g,
          (_, name: string) => substitutions[name] ?? '',
        ),
      );
      const whole = executeLocally({ definition, name: edition, input: {}, perform });
      return Promise.race([whole, killed.promise]);
    },
    /** Everything that an execution is stops at once: its machine, the launcher and the runner, and whatever they would still call. */
    kill: (runId: string): void => {
      isDead = true;
      const starter = (by: string, more: object = {}) => ({
        status: 'RUNNING',
        input: JSON.stringify({ AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: by, ...more }),
      });
      dead.set(`${variables.STEADFAST_RUNNER_EXECUTIONS}:${runId}`, starter('launcher'));
      dead.set('launcher', starter('game day', { gameDay: {} }));
      dead.set('game day', { status: 'ABORTED' });
      killed.resolve('killed');
    },
    /** The independent stop, each minute. */
    sweep: async (minutes: number) => {
      const stop = createStopHandler({
        variables,
        clients,
        clock,
        log: quietLog,
        prober: { ask: async () => ({ status: 200, latencyMs: 20 }) },
        count: () => {},
        countVerdict: () => {},
      });
      for (let minute = 0; minute < minutes; minute += 1) {
        await clock.sleep(60_000);
        await stop({}, { awsRequestId: `sweep-${minute}`, getRemainingTimeInMillis: () => 300_000 });
      }
    },
  };
  return world;
}

export type GameDayInAws = ReturnType<typeof createGameDayInAws>;
