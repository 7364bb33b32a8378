import * as z from 'zod';
import { functionSteps } from '../../lambdas/function-steps.ts';
import { createHandler } from '../../lambdas/handler.ts';
import { createWiring, type StepLog } from '../../lambdas/wiring.ts';
import type { AwsClients } from '../../lib/aws/clients.ts';
import { type HandlerName, handlerNames } from '../../lib/cdk/handler-bundles.ts';
import { experimentOf, type RunnerInput, runnerInputSchema } from '../../lib/plan/runner-input.ts';
import { type Journal, journalSchema } from '../../lib/run/journal.ts';
import type { Clock, ProbeOutcome } from '../../lib/run/ports.ts';
import { steps } from '../../lib/run/run-step.ts';
import type { StateMachineDefinition } from '../cdk/synthesized.ts';
import { createFakeAws, type FakeAws } from '../fakes/fake-aws-account.ts';
import { taskArn } from '../fakes/fake-aws-input.ts';
import type { TaskChanges } from '../fakes/fake-ecs.ts';
import type { FakeTemplate } from '../fakes/fake-fis.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';
import { functionPorts } from './function-ports.ts';
import { executeLocally, type LocalExecution } from './local-execution.ts';

export interface AwsRun {
  readonly launcher: LocalExecution;
  readonly runner: LocalExecution;
  readonly journal: Journal;
  readonly aws: FakeAws;
  /** The verdicts counted as metrics. */
  readonly counted: readonly string[];
}

export interface AwsRunOptions {
  readonly machines: { readonly launcher: StateMachineDefinition; readonly runner: StateMachineDefinition };
  /** What the probes see. */
  readonly sees: (injecting: boolean) => ProbeOutcome;
  readonly fis?: Omit<Parameters<typeof createFakeAws>[0]['fis'], 'templates'>;
  /** The ARNs of what there is to be hit; four tasks where absent. */
  readonly targets?: readonly string[];
  /** Tags of the tasks there are; those that the plan selects where absent. */
  readonly tags?: Readonly<Record<string, string>>;
  /** The experiments that the core lists; the one that runs where absent. */
  readonly listed?: readonly string[];
  /** How the tasks differ from those that every action works on. */
  readonly taskChanges?: TaskChanges;
  /** The state of alarms that FIS does not watch. */
  readonly foreignAlarm?: (injecting: boolean) => 'OK' | 'ALARM';
  /** What people do while a run waits for its approval, before each look. */
  readonly thinks?: (aws: FakeAws, clock: Clock) => Promise<void>;
  /** What a step's function dies of, where it does; a promise that never settles where its whole execution was stopped. */
  readonly dies?: (step: string) => Error | Promise<never> | undefined;
  /** A function's environment variables, by its name; made up where absent. */
  readonly variables?: (name: HandlerName) => Readonly<Record<string, string>>;
  /** What stands between a function and AWS, by its name; nothing where absent. */
  readonly through?: (name: HandlerName, clients: AwsClients) => AwsClients;
  /** Told of each call of a function, and how long it was under way. */
  readonly onCall?: (name: string, ms: number) => void;
  /** Whether probes ask over HTTP, in place of what `sees` tells. */
  readonly overHttp?: boolean;
  /** A function's log, by its name; one that says nothing where absent. */
  readonly log?: (name: HandlerName, clock: Clock) => StepLog;
}

/** What the launcher's execution is called, and what it is started with. */
interface Start {
  readonly name: string;
  readonly input: unknown;
}

const invokeSchema = z.object({ FunctionName: z.string(), Payload: z.looseObject({ step: z.string() }) });
const waitingSchema = z.looseObject({ approval: z.looseObject({ waitSeconds: z.number() }) });
const startSchema = z.object({ Name: z.string(), Input: z.unknown() });
const variantSchema = z.object({ Result: z.object({ stages: runnerInputSchema.shape.stages }) });
const planSchema = z.object({ Result: z.object({ input: runnerInputSchema }) });

const quiet = () => {};

/** A log that says nothing. */
export const quietLog = { appendKeys: quiet, debug: quiet, error: quiet, info: quiet, resetKeys: quiet };

/** What a synthesized launcher hands to the runner. */
export const runnerInputIn = (launcher: StateMachineDefinition): RunnerInput =>
  planSchema.parse(launcher.States['Plan']).Result.input;

/**
 * Starts a synthesized launcher with `{}` in a made-up account: it starts the synthesized runner, whose Tasks call the real
 * handlers. Time passes only as far as the run waits.
 */
export const runInAws = ({
  start = { name: 'run-1', input: {} },
  ...options
}: AwsRunOptions & { readonly start?: Start }): Promise<AwsRun> => createAccountToRunIn(options)(start);

/** A made-up account in which a synthesized launcher can be started as often as anybody likes, also while a run is under way. */
export const createAccountToRunIn = (options: AwsRunOptions): ((start: Start) => Promise<AwsRun>) =>
  createAccount(options).start;

/** The same, with the account itself and its clock, for whoever acts in it besides. */
export function createAccount(options: AwsRunOptions) {
  const { machines, fis, tags, listed, taskChanges, foreignAlarm, dies } = options;
  const input = runnerInputIn(machines.launcher);
  const clock = createVirtualClock();
  const [cluster = ''] = input.owns.clusters ?? [];
  const tasks =
    options.targets ?? ['a', 'b', 'c', 'd'].map((id) => taskArn(id, cluster, input.environment.account));
  const aws = createFakeAws({
    clock,
    tasks,
    tags: tags ?? tagsOf(input),
    ...(taskChanges === undefined ? {} : { taskChanges }),
    ...(foreignAlarm === undefined ? {} : { foreignAlarm }),
    fis: { ...fis, templates: templatesOf([...input.stages, ...otherStagesIn(machines.launcher)], tasks) },
    listed: listed ?? [experimentOf(input).id],
  });
  const counted: string[] = [];
  const functions = createFunctions(aws, clock, options, counted, input.environment.id);

  const invoke = async (task: unknown) => {
    const { FunctionName, Payload } = invokeSchema.parse(task);
    const death = await dies?.(Payload.step);
    if (death !== undefined) throw death;
    const { data: state } = waitingSchema.safeParse(Payload['state']);
    if (Payload.step === 'awaitApproval' && state !== undefined) {
      await clock.sleep(1_000 * state.approval.waitSeconds);
      await options.thinks?.(aws, clock);
    }
    const [name, called] = Object.entries(functions).find(([of]) => FunctionName.endsWith(`-${of}`)) ?? [];
    if (name === undefined || called === undefined) throw new Error(`there is no function ${FunctionName}`);
    const sinceMs = clock.now();
    const next = await called(Payload);
    options.onCall?.(name, clock.now() - sinceMs);
    return { Payload: next };
  };
  const launch = async (start: Start): Promise<AwsRun> => {
    let runner: LocalExecution | undefined;
    const startRunner = async (task: unknown) => {
      const { Name, Input } = startSchema.parse(task);
      runner = await executeLocally({
        definition: machines.runner,
        name: Name,
        input: Input,
        perform: invoke,
      });
      if (runner.status === 'failed') throw new Error('the runner failed');
      return { Output: runner.output };
    };
    const launcher = await executeLocally({
      definition: machines.launcher,
      ...start,
      perform: startRunner,
    });
    const journal = aws.bucket.objects.get(`runs/${start.name}/journal.json`);
    if (runner === undefined || journal === undefined)
      throw new Error(`no journal was left: ${runner?.path.join(' > ')}`);
    return { launcher, runner, aws, counted, journal: journalSchema.parse(JSON.parse(journal)) };
  };
  return { aws, clock, start: launch };
}

/** The stages of every combination of what the definition opens, but for those that run where nothing is set. */
const otherStagesIn = ({ States }: StateMachineDefinition): RunnerInput['stages'] =>
  Object.values(States).flatMap((state) => variantSchema.safeParse(state).data?.Result.stages ?? []);

/** The tags by which the first fault selects. */
function tagsOf({ selects: [first] }: RunnerInput): Readonly<Record<string, string>> {
  return first !== undefined && 'tags' in first ? first.tags : {};
}

/** FIS's templates as the plan has them, each drawing its share of the tasks. */
function templatesOf(stages: RunnerInput['stages'], tasks: readonly string[]): Record<string, FakeTemplate> {
  const shares: Readonly<Record<string, number>> = { one: 1, '50%': Math.ceil(tasks.length / 2) };
  return Object.fromEntries(
    stages.map(({ templateId, templateMs, label, faults }) => {
      const arns = tasks.slice(0, shares[label] ?? tasks.length);
      const targets = faults.map(({ name, action }) => [name, { actionId: action, arns }] as const);
      return [templateId, { durationMs: templateMs, faults: Object.fromEntries(targets) }] as const;
    }),
  );
}

/** The use cases that a function carries out. */
export const stepsOf = (name: HandlerName) =>
  Object.fromEntries(functionSteps[name].map((step) => [step, steps[step]]));

function createFunctions(
  aws: FakeAws,
  clock: ReturnType<typeof createVirtualClock>,
  { sees, variables, through, overHttp, log }: AwsRunOptions,
  counted: string[],
  environment: string,
) {
  const ask = async () => {
    const outcome = sees(aws.fis.injecting());
    await clock.sleep(outcome.latencyMs ?? 0);
    return outcome;
  };
  const build = (name: HandlerName) =>
    createWiring(functionPorts[name], {
      variables: variables?.(name) ?? {
        STEADFAST_ENVIRONMENT: environment,
        STEADFAST_TABLE: 'steadfast',
        STEADFAST_BUCKET: 'steadfast',
        STEADFAST_TOPIC_ARN: 'arn:aws:sns:eu-west-1:111111111111:steadfast',
      },
      clients: through?.(name, aws.clients) ?? aws.clients,
      clock,
      ...(overHttp === true ? {} : { prober: { ask } }),
      log: log?.(name, clock) ?? quietLog,
      countVerdict: ({ verdict }) => void counted.push(verdict),
    });
  const handlers = handlerNames.map(
    (name) => [name, createHandler({ steps: stepsOf(name), build: () => build(name) })] as const,
  );
  return Object.fromEntries(handlers);
}
