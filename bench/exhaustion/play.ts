import * as z from 'zod';
import { runnerInputIn } from '../../test/end-to-end/aws-run.ts';
import { createVirtualClock } from '../../test/fakes/virtual-clock.ts';
import { type Account, createAccount, launcherExecutions, runId, runnerExecutions } from './account.ts';
import { createApprover, startOf } from './approver.ts';
import { failing, type Levers, strike } from './blows.ts';
import { type AwsCall, type Fortune, made } from './calls.ts';
import type { CallError, Case } from './case.ts';
import { type AskedTask, type Execution, execute } from './execution.ts';
import { createIndependentStop, type IndependentStop } from './independent.ts';
import { invoke } from './invocation.ts';
import { leaksOf } from './leaks.ts';
import { type Path, paths } from './paths.ts';
import type { Machines } from './subject.ts';

/** A Task as a run asked for it, and how many calls of AWS its function made. */
export interface Traced {
  readonly state: string;
  readonly call: number;
  readonly calls: string[];
}

/** What came of a case. */
export interface Outcome {
  readonly leaks: readonly string[];
  /** Of the record, where there is one. */
  readonly verdict: string | undefined;
  readonly trace: readonly Traced[];
  /** By how much the longest fault outlived its run. */
  readonly outlivedMs: number;
  /** How often people or systems were told again of its end. */
  readonly toldAgain: number;
  readonly samples: number;
}

export interface Played {
  readonly account: Account;
  readonly path: Path;
  readonly launcher: Execution;
  readonly runner: Execution | undefined;
  /** The process that tells of its end may be killed right after it did. */
  readonly mayTellAgain: boolean;
  /** When it began to conclude. */
  readonly concludingMs: number;
  /** When the runner's execution was over for good. */
  readonly overMs: number;
  readonly nowMs: number;
  /** How many samples a run on this path has where nothing befalls it. */
  readonly usualSamples: number;
}

const startSchema = z.object({ Name: z.string(), Input: z.unknown() });
const timeoutSchema = z.object({ TimeoutSeconds: z.number() });

/** Retries wait; Step Functions draws between nothing and this (runner.asl.json: 2 s, doubled each time, at most a minute). */
const backOffMs = (attempt: number) => Math.min(60_000, 1_000 * 2 ** (attempt - 1));

const minuteMs = 60_000;
/** Longer than anything is tried by whoever ends a run; the least is as long as a lease. */
const longestMinutes = 60;
const leastMinutes = 4;
const withoutStopMinutes = 18;

/** Plays a case from the launcher on, and looks at what is left of it long afterwards. */
export async function play(
  machines: Machines,
  played: Case | { readonly path: string },
  options: { readonly independentStop?: boolean; readonly usualSamples?: number } = {},
): Promise<Outcome> {
  const { independentStop = true, usualSamples = 0 } = options;
  const blow = 'blow' in played ? played : undefined;
  const path = paths.find(({ name }) => name === played.path);
  if (path === undefined) throw new Error(`there is no path '${played.path}'`);
  const clock = createVirtualClock({ quietTurns: 1 });
  const account = createAccount(clock, path, runnerInputIn(machines.launcher), () => {
    if (independentStop) void follow(stop.onStart());
  });
  const stop = createIndependentStop({ account, clock, waking: blow?.waking ?? { events: 'prompt' } });
  const approve = createApprover(account, clock, path);
  const trace: Traced[] = [];
  const underWay = new Set<Promise<unknown>>();
  const broken: { service: string; error: CallError; untilMs: number }[] = [];
  let overMs = 0;
  let concludingMs = Number.POSITIVE_INFINITY;
  let redriven: Promise<void> | undefined;

  const follow = <T>(work: Promise<T>): Promise<T> => {
    const done = Promise.allSettled([work]);
    underWay.add(done);
    void done.finally(() => underWay.delete(done));
    return work;
  };
  const wakeAt = (execution: Execution) => {
    if (independentStop) void follow(stop.onEnd(execution));
  };
  /** What has befallen a whole service befalls each call of it. */
  const orBroken =
    (fortune: (call: AwsCall) => Fortune) =>
    (call: AwsCall): Fortune => {
      const out = broken.find(({ service, untilMs }) => service === call.service && clock.now() < untilMs);
      return out === undefined ? fortune(call) : failing(out.error);
    };

  const perform = async (asked: AskedTask): Promise<unknown> => {
    const { state, call, attempt, task } = asked;
    if (attempt > 1) await clock.sleep(backOffMs(attempt));
    else if (state === 'Await approval') await approve(task);
    const traced: Traced = { state, call, calls: [] };
    if (attempt === 1) trace.push(traced);
    if (state === 'Conclude') concludingMs = Math.min(concludingMs, clock.now());
    const world = { account, clock };
    const run = (fortune: (one: AwsCall) => Fortune) =>
      follow(
        invoke(task, world, (one) => {
          traced.calls.push(one.command);
          return orBroken(fortune)(one);
        }),
      );
    // A redriven execution meets no second blow.
    const isMeant = blow?.state === state && blow.call === call && redriven === undefined;
    if (!isMeant) return run(() => made);
    const levers: Levers = {
      clock,
      call: run,
      abortRunner: () => runner?.abort(),
      abortLauncher: () => launcher.abort(),
      redrive: () => {
        redriven = redrive();
      },
      breakService: (one) => void broken.push(one),
      timeoutMs: timeoutSchema.parse(machines.runner.States[state]).TimeoutSeconds * 1_000,
    };
    return strike(blow.blow, asked, levers);
  };

  let runner: Execution | undefined;
  const runRunner = async (name: string, input: unknown, from?: ReturnType<Execution['last']>) => {
    const execution = execute({ definition: machines.runner, name, input, from, perform });
    runner = execution;
    account.executions.set(`${runnerExecutions}:${name}`, execution);
    await execution.over;
    overMs = clock.now();
    wakeAt(execution);
    return execution;
  };
  const redrive = async () => {
    if (runner === undefined) return;
    await runRunner(runner.name, runner.input, runner.last());
  };
  const startRunner = async ({ task }: AskedTask): Promise<unknown> => {
    const { Name, Input } = startSchema.parse(task);
    const done = await runRunner(Name, startOf(path, Input));
    if (done.status() !== 'SUCCEEDED') throw new Error(`the runner ended as ${done.status()}`);
    return { Output: done.output() };
  };

  const launcher = execute({ definition: machines.launcher, name: runId, input: {}, perform: startRunner });
  account.executions.set(`${launcherExecutions}:${runId}`, launcher);
  const over = { isSet: false };
  const sweeping = independentStop ? sweepEachMinute(stop, clock, over) : Promise.resolve();
  const watching = account.haltWhenDue(over);

  await launcher.over;
  wakeAt(launcher);
  await runner?.over;
  while (underWay.size > 0) await Promise.allSettled(underWay);
  await redriven;

  const look = () =>
    leaksOf({
      account,
      path,
      launcher,
      runner,
      mayTellAgain:
        blow?.blow.kind === 'crash' ||
        blow?.blow.kind === 'hangs' ||
        blow?.waking.sweepDiesAfterCalls !== undefined,
      concludingMs: Math.min(concludingMs, overMs),
      overMs,
      nowMs: clock.now(),
      usualSamples,
    });
  const minutes = independentStop ? longestMinutes : withoutStopMinutes;
  for (let minute = 1, well = 0; minute <= minutes && well < leastMinutes; minute += 1) {
    await clock.sleep(minuteMs);
    well = independentStop && look().leaks.length === 0 ? well + 1 : 0;
  }
  over.isSet = true;
  await Promise.allSettled([sweeping, watching, ...underWay]);
  const found = look();
  account.forget();
  return { ...found, trace };
}

async function sweepEachMinute(
  stop: IndependentStop,
  clock: ReturnType<typeof createVirtualClock>,
  over: { readonly isSet: boolean },
): Promise<void> {
  while (!over.isSet) {
    await clock.sleep(minuteMs);
    if (!over.isSet) await stop.sweep();
  }
}
