import { PublishCommand, type PublishCommandInput, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import * as z from 'zod';
import { createDispatchHandler } from '../../lambdas/dispatch-handler.ts';
import { campaignPlanKey } from '../../lib/aws/campaign/campaign-plans.ts';
import { createCampaignProgress } from '../../lib/aws/campaign/campaign-progress.ts';
import type { DispatchClients } from '../../lib/aws/campaign/dispatch-clients.ts';
import { type DispatchState, dispatchStateSchema } from '../../lib/campaign/dispatch/dispatch-state.ts';
import definition from '../../lib/campaign/dispatch/dispatcher.asl.json' with { type: 'json' };
import type { CampaignPart, PlannedJob } from '../../lib/campaign/plan-document.ts';
import { quietLog } from '../end-to-end/aws-run.ts';
import { executeLocally, type LocalExecution } from '../end-to-end/local-execution.ts';
import { createFakeBucket } from '../fakes/fake-aws-bucket.ts';
import { createFakeTable } from '../fakes/fake-aws-table.ts';
import { createFakeLaunchers, type FakeLauncher, type FakeRun } from '../fakes/fake-launchers.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';
import { minuteMs } from './jobs.ts';

export const startMs = Date.parse('2026-12-01T18:00:00.000Z');
export const at = (minute: number) => new Date(startMs + minute * minuteMs).toISOString();

/** A run that is planned from one minute of the campaign to another; it touches a service of its own name. */
export const planned = (
  experiment: string,
  [from, to]: readonly [number, number],
  change: Partial<PlannedJob> = {},
): PlannedJob => ({
  experiment,
  environment: 'staging',
  owner: 'team-shop',
  hash: `hash of ${experiment}`,
  start: at(from),
  end: at(to),
  touches: [experiment],
  uses: [],
  ...change,
});

export const partOf = (jobs: readonly PlannedJob[], change: Partial<CampaignPart> = {}): CampaignPart => ({
  schemaVersion: 1,
  campaign: '20261201-abcdef12',
  account: '111111111111',
  region: 'eu-west-1',
  dispatcher: 'staging',
  environments: [
    { id: 'staging', runs: 5, blackouts: [] },
    { id: 'sandbox', runs: 2, blackouts: [] },
  ],
  until: at(100_000),
  stopAfter: { errored: 1, unrecovered: 1 },
  jobs: [...jobs],
  ...change,
});

const invokeSchema = z.object({ FunctionName: z.string(), Payload: z.object({ state: z.unknown() }) });
const continueSchema = z.object({ StateMachineArn: z.string(), Name: z.string(), Input: z.unknown() });

type Send = (command: unknown) => Promise<unknown>;

/** What happens to a campaign besides its plan. */
export interface Course {
  /** How runs go, by experiment; ten minutes, and held, where absent. */
  readonly runs?: Readonly<Record<string, (start: number) => FakeRun>>;
  /** What is deployed otherwise than was planned, by experiment; undefined where it is not deployed. */
  readonly deployed?: Readonly<Record<string, Partial<FakeLauncher> | undefined>>;
  /** What stands between the function and AWS. */
  readonly through?: (send: Send, command: unknown) => Promise<unknown>;
  /** How a step's function is called. */
  readonly invoke?: (call: () => Promise<unknown>) => Promise<unknown>;
  /** Before each step. */
  readonly each?: (world: {
    readonly nowMs: number;
    readonly put: (item: Record<string, unknown>) => void;
  }) => void;
  /** Whether Step Functions loses its first answer to a start of the next execution. */
  readonly losesAnswer?: boolean;
}

const idle: FakeRun = { lastsMs: 10 * minuteMs };

/** What several made-up accounts share. */
export interface Shared {
  readonly clock: ReturnType<typeof createVirtualClock>;
  readonly eventBridgeIn: DispatchClients['eventBridgeIn'];
}

const alone = (): Shared => ({
  clock: createVirtualClock({ startMs, auto: false }),
  eventBridgeIn: () => {
    throw new Error('whoever is alone tells nobody');
  },
});

/** A made-up account with a plan in it, and the real handler. */
export function createWorld(part: CampaignPart, course: Course, shared = alone()) {
  const { clock, eventBridgeIn } = shared;
  const { dispatcher, account, region } = part;
  const table = createFakeTable({ pageSize: 100 });
  const bucket = createFakeBucket();
  bucket.objects.set(campaignPlanKey(part.campaign), JSON.stringify(part));
  const launchers = createFakeLaunchers({
    clock,
    launchers: launchersOf(part, course),
    objects: bucket.objects,
  });
  const sns = new SNSClient({ region });
  const messages: PublishCommandInput[] = [];
  mockClient(sns)
    .on(PublishCommand)
    .callsFake((input: PublishCommandInput) => {
      messages.push(input);
      return {};
    });
  const own = { dynamo: table.dynamo, s3: bucket.s3, sfn: launchers.sfn, sns };
  const clients = { ...own, eventBridgeIn };
  let stepping = false;
  const { through } = course;
  if (through !== undefined) {
    for (const client of Object.values(own))
      pass(client, (send, command) => (stepping ? through(send, command) : send(command)));
  }
  const handler = createDispatchHandler({
    variables: {
      STEADFAST_ENVIRONMENT: dispatcher,
      STEADFAST_TABLE: `steadfast-${dispatcher}`,
      STEADFAST_BUCKET: `steadfast-${dispatcher}-${account}`,
      STEADFAST_TOPIC_ARN: `arn:aws:sns:${region}:${account}:steadfast-${dispatcher}`,
    },
    clients,
    clock,
    log: quietLog,
  });
  const { each } = course;
  const make = async (state: unknown): Promise<DispatchState> => {
    each?.({ nowMs: clock.now(), put: table.put });
    const call = () => handler({ state });
    stepping = true;
    const answer = await (course.invoke?.(call) ?? call()).finally(() => {
      stepping = false;
    });
    return dispatchStateSchema.parse(answer);
  };
  const states: DispatchState[] = [];
  const waited = new Set<number>();
  const progress = createCampaignProgress({ dynamo: table.dynamo, table: `steadfast-${dispatcher}` });
  return {
    /** Gives the function what wakes it, whatever that is. */
    wake: handler,
    table,
    clock,
    /** Makes one step at once. */
    make,
    /** Makes one step, after the wait that the one before asked for. */
    step: async (state: unknown): Promise<DispatchState> => {
      const before = dispatchStateSchema.parse(state);
      // A step that is tried again does not wait again.
      if (before.next === 'wait' && states.at(-1)?.steps === before.steps && !waited.has(before.steps)) {
        waited.add(before.steps);
        await clock.advance((before.waitSeconds ?? 0) * 1_000);
      }
      const next = await make(state);
      if (next.next !== 'wait') waited.clear();
      states.push(next);
      return next;
    },
    outcome: async () => ({
      last: states.at(-1),
      status: await progress.status(part.campaign),
      progress: await progress.from(part.campaign, 0),
      /** What people were told. */
      messages,
      /** The launchers' executions: experiment, first and last minute. */
      ran: launchers.executions().map(({ machine, startMs: from, endMs, name }) => ({
        experiment: machine.replace(/^steadfast-[a-z]+-/, ''),
        environment: machine.split('-')[1] ?? '',
        from: (from - startMs) / minuteMs,
        to: (endMs - startMs) / minuteMs,
        name,
      })),
    }),
  };
}

const begin = ({ campaign }: CampaignPart) => ({ campaign, execution: 1 });

/** Follows a plan by the deployed state machine. */
export async function dispatched(part: CampaignPart, course: Course = {}) {
  const world = createWorld(part, course);
  const executions: LocalExecution[] = [];
  const names = [`${part.campaign}-1`];
  const following: { readonly name: string; readonly input: unknown }[] = [
    { name: `${part.campaign}-1`, input: begin(part) },
  ];
  let answers = 0;
  const perform = async (task: unknown) => {
    const invoked = invokeSchema.safeParse(task);
    if (invoked.success) return { Payload: await world.step(invoked.data.Payload.state) };
    const { Name, Input } = continueSchema.parse(task);
    if (names.includes(Name))
      throw Object.assign(new Error(Name), { name: 'StepFunctions.ExecutionAlreadyExistsException' });
    names.push(Name);
    following.push({ name: Name, input: Input });
    answers += 1;
    if (course.losesAnswer === true && answers === 1) throw new Error('no answer');
    return {};
  };
  for (let one = following.shift(); one !== undefined; one = following.shift())
    executions.push(await executeLocally({ definition, ...one, perform }));
  return { executions, names, ...(await world.outcome()) };
}

/** The same without a state machine: a step that fails is made again, as its Retry has it. */
export async function stepped(part: CampaignPart, course: Course = {}) {
  const world = createWorld(part, course);
  let state: unknown = begin(part);
  for (let left = 1_000; left > 0; left -= 1) {
    try {
      const next = await world.step(state);
      if (next.next !== 'wait') break;
      state = next;
    } catch (thrown) {
      if (!(thrown instanceof Error) || thrown.name === 'Steadfast.invalid') throw thrown;
    }
  }
  return world.outcome();
}

function launchersOf(
  { jobs }: CampaignPart,
  { runs = {}, deployed = {} }: Course,
): Record<string, FakeLauncher> {
  return Object.fromEntries(
    jobs.flatMap(({ experiment, environment, hash, touches }) => {
      if (Object.hasOwn(deployed, experiment) && deployed[experiment] === undefined) return [];
      const run = runs[experiment] ?? (() => idle);
      return [[`steadfast-${environment}-${experiment}`, { hash, touches, run, ...deployed[experiment] }]];
    }),
  );
}

/** Puts something between a client and whoever sends by it. */
function pass(client: object, through: NonNullable<Course['through']>): void {
  const send: unknown = Reflect.get(client, 'send');
  if (typeof send !== 'function') throw new Error('a client that sends nothing');
  const sent: Send = (command) => Promise.resolve(Reflect.apply(send, client, [command]));
  Reflect.set(client, 'send', (command: unknown) => through(sent, command));
}
