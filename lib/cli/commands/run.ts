import { rm } from 'node:fs/promises';
import { describeExecution, type ExecutionState, startExecution } from '../../aws/command/executions.ts';
import type { DescribedLauncher } from '../../aws/command/launchers.ts';
import { createRunFiles } from '../../aws/command/run-files.ts';
import { createRunLog } from '../../aws/command/run-log.ts';
import type { Chosen } from '../../experiment/opened.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { type Verdict, verdictSchema } from '../../experiment/verdict.ts';
import { problemsOfStage, stagesInWords } from '../../plan/only-stage.ts';
import { readSet } from '../../plan/read-set.ts';
import { experimentOf } from '../../plan/runner-input.ts';
import { barelyTold, type ToldRun, toldRunOf } from '../../report/told-run.ts';
import { type EnvironmentFlags, type OpenEnvironment, openEnvironment } from '../aws/environment.ts';
import { findLauncher } from '../aws/find-launcher.ts';
import { followRun } from '../aws/follow-run.ts';
import { haltNow } from '../aws/halting.ts';
import { createLettingGo, type LettingGo, type OnInterrupt } from '../aws/letting-go.ts';
import { nextInAws } from '../aws/next-in-aws.ts';
import { type Outside, processOutside } from '../aws/outside.ts';
import { noteDifference } from '../aws/same-definition.ts';
import { saveRun } from '../aws/save-run.ts';
import { scheduleRun } from '../aws/schedule-run.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { type PipelineFlags, pipelineFlag } from '../pipeline/flags.ts';
import { openResults, type Results } from '../pipeline/results.ts';
import { printError } from '../print-problems.ts';
import { folderOfRun, writableFolder } from '../run-folder.ts';
import { newRunId } from '../run-id.ts';
import { tellResult } from '../tell-result.ts';
import { createPausableView, type PausableView } from '../view/pausable-view.ts';

export interface RunFlags extends EnvironmentFlags, PipelineFlags {
  /** As they were written: `delay=1s`. */
  readonly set?: readonly string[] | undefined;
  /** The one stage that is run. */
  readonly stage?: number | undefined;
  readonly out?: string | undefined;
  readonly acceptInconclusive?: boolean | undefined;
  /** When it is to start, in place of now. */
  readonly at?: Date | undefined;
  readonly detach?: boolean | undefined;
  readonly onInterrupt?: OnInterrupt | undefined;
  readonly json?: boolean | undefined;
}

/** A run that has been started. */
interface StartedRun {
  readonly runId: string;
  readonly executionArn: string;
  readonly startMs: number;
}

/** Runs an experiment in an environment, and shows how it goes like a rehearsal; the exit code is the verdict's. */
export async function runCommand(
  io: Io,
  experiment: string,
  flags: RunFlags,
  outside: Outside = processOutside(io),
): Promise<number> {
  seeThatVerdictIsAwaited(flags);
  const lettingGo = createLettingGo(io, outside, flags.onInterrupt);
  try {
    const results = await openResults(io, flags);
    const environment = await openEnvironment(io, flags, outside);
    const launcher = await findLauncher(environment, experiment);
    // What was deployed says what is open: whatever else is set is refused before anything starts.
    const set = flags.set === undefined ? undefined : readSet(experimentOf(launcher.input), flags.set);
    seeThatStageIsThere(launcher, flags.stage);
    await noteDifference(io, environment, launcher);
    if (flags.at !== undefined)
      return await scheduleRun(io, { environment, launcher, at: flags.at, flags, outside });
    const runId = newRunId(launcher.experiment);
    const folder = folderOfRun({ asked: flags.out, cwd: io.cwd, root: environment.root, runId });
    if (flags.detach !== true) await writableFolder(folder);
    if (lettingGo.signal.aborted) {
      if (flags.out === undefined) await rm(folder, { recursive: true, force: true });
      throw new SteadfastError('interrupted', 'interrupted before the run began');
    }
    const run = await start(environment, launcher, { flags, set, runId, outside });
    if (flags.detach === true) return tellStarted(io, environment, run, flags);
    return await follow({ io, flags, outside, environment, launcher, run, lettingGo, folder, results });
  } finally {
    lettingGo.close();
  }
}

/** What is let go of, or starts later, has no verdict to write or to fail on. */
function seeThatVerdictIsAwaited(flags: RunFlags): void {
  const flag = pipelineFlag(flags);
  const without = flags.detach === true ? '--detach' : flags.at === undefined ? undefined : '--at';
  if (flag === undefined || without === undefined) return;
  throw new SteadfastError('usage', `with ${without} there is no verdict that ${flag} could be about`, {
    hint: 'leave one of them out',
  });
}

/** A launcher of an earlier version does not hear of a stage, and would run all of them. */
function seeThatStageIsThere(launcher: DescribedLauncher, stage: number | undefined): void {
  if (stage === undefined) return;
  const { stages } = experimentOf(launcher.input);
  const [problem] = problemsOfStage({ stages }, stage);
  if (problem !== undefined)
    throw new SteadfastError('invalid', problem.message, { hint: stagesInWords(stages.length) });
  if (!launcher.hearsOfStages) {
    throw new SteadfastError(
      'cannot-begin',
      `the launcher of '${launcher.experiment}' was deployed by a version of Steadfast that runs no stage alone`,
      { hint: 'deploy it again with this version' },
    );
  }
}

async function start(
  { connection }: OpenEnvironment,
  { arn }: DescribedLauncher,
  options: {
    readonly flags: RunFlags;
    readonly set: Chosen | undefined;
    readonly runId: string;
    readonly outside: Outside;
  },
): Promise<StartedRun> {
  const { flags, set, runId, outside } = options;
  const { clock } = outside;
  const startMs = Math.floor(clock.timeOfDay?.() ?? clock.now());
  const executionArn = await startExecution(connection.clients.sfn, {
    stateMachineArn: arn,
    name: runId,
    input: {
      ...(flags.acceptInconclusive === true ? { acceptInconclusive: true } : {}),
      ...(set === undefined ? {} : { set }),
      ...(flags.stage === undefined ? {} : { stage: flags.stage }),
    },
  });
  return { runId, executionArn, startMs };
}

function tellStarted(
  io: Io,
  { id }: OpenEnvironment,
  { runId, executionArn }: StartedRun,
  flags: RunFlags,
): number {
  if (flags.json === true) printJson(io, { runId, environment: id, executionArn });
  else {
    printLine(io.stdout, `Started: ${runId}`);
    printLine(io.stdout, `Next:    npx steadfast show ${runId} --env ${id}`);
  }
  return exitCode.fine;
}

async function follow(options: {
  readonly io: Io;
  readonly flags: RunFlags;
  readonly outside: Outside;
  readonly environment: OpenEnvironment;
  readonly launcher: DescribedLauncher;
  readonly run: StartedRun;
  readonly lettingGo: LettingGo;
  readonly folder: string;
  readonly results: Results;
}): Promise<number> {
  const { io, flags, outside, environment, launcher, run, lettingGo, folder, results } = options;
  const { clients } = environment.connection;
  const { names } = environment;
  const { clock } = outside;
  const { runId } = run;
  const view = viewOf(io, outside, environment, launcher);
  const note = (text: string) =>
    view.progress.tell({ kind: 'note', atMs: clock.timeOfDay?.() ?? clock.now(), text });
  try {
    note(`The run is ${runId}.`);
    lettingGo.begin({
      view,
      halt: async () => {
        await haltNow({
          environment,
          outside,
          tell: note,
          wish: { run: runId, reason: 'Ctrl-C was pressed' },
        });
      },
    });
    const following = followRun({
      describe: () => describeExecution(clients.sfn, run.executionArn),
      log: createRunLog({ logs: clients.logs, names, runId, sinceMs: run.startMs }),
      clock,
      tell: (event) => view.progress.tell(event),
      signal: lettingGo.signal,
    });
    const ended = await following.catch((thrown: unknown) => tellFailed(io, view, thrown));
    if (ended === undefined) return tellDetached(io, environment, runId, view);
    const saving = saveRun({
      files: createRunFiles({ s3: clients.s3, bucket: names.bucket, runId }),
      folder,
      clock,
      signal: lettingGo.signal,
      isDue: verdictOf(ended) !== 'errored',
    });
    // What cannot be fetched changes no verdict: the launcher has told it.
    const journal = await saving.catch((thrown: unknown) => tellFailed(io, view, thrown));
    view.close();
    if (journal === undefined)
      return await results.ofOne(tellWithoutJournal(io, { environment, launcher, run, ended, flags }));
    const next = nextInAws(journal);
    if (flags.json === true) printJson(io, journal);
    else tellResult(io, journal, folder, next);
    return await results.ofOne(toldRunOf(journal, next));
  } finally {
    view.close();
  }
}

const viewOf = (
  io: Io,
  { clock }: Outside,
  { id }: OpenEnvironment,
  { input }: DescribedLauncher,
): PausableView =>
  createPausableView({
    stream: io.stderr,
    isTerminal: io.isTerminal,
    columns: io.stderr.columns ?? 80,
    colours: io.stderrColours,
    clock,
    experiment: experimentOf(input),
    environment: id,
  });

/** Tells what went wrong with looking on; the run is not touched by it. */
function tellFailed(io: Io, view: PausableView, thrown: unknown): undefined {
  if (!(thrown instanceof SteadfastError)) throw thrown;
  view.close();
  printError(io, thrown);
}

/** Nobody knows the verdict yet: not 0, which would say that it held. */
function tellDetached(io: Io, { id }: OpenEnvironment, runId: string, view: PausableView): number {
  view.close();
  printLine(io.stderr, `Detached: the run goes on. Its state: npx steadfast show ${runId} --env ${id}`);
  printLine(io.stderr, `To end it: npx steadfast halt ${runId} --env ${id}`);
  return exitCode.interrupted;
}

/** The launcher's own word, where the run left no journal that can be read. */
function tellWithoutJournal(
  io: Io,
  options: {
    readonly environment: OpenEnvironment;
    readonly launcher: DescribedLauncher;
    readonly run: StartedRun;
    readonly ended: ExecutionState;
    readonly flags: RunFlags;
  },
): ToldRun {
  const { environment, launcher, run, ended, flags } = options;
  const verdict = verdictOf(ended);
  const next = `npx steadfast show ${run.runId} --env ${environment.id}`;
  const reason = ended.cause ?? `the launcher's execution is ${ended.status}`;
  if (flags.json === true)
    printJson(io, { runId: run.runId, environment: environment.id, verdict, summary: reason });
  else {
    printLine(io.stdout);
    printLine(io.stdout, `${verdict}: ${reason}`);
    printLine(io.stdout, 'It left no journal that this version can read.');
    printLine(io.stdout, `Next:   ${next}`);
  }
  const { id, title } = experimentOf(launcher.input);
  const { runId } = run;
  return barelyTold({
    experiment: { id, title },
    verdict,
    summary: reason,
    runId,
    place: environment.id,
    next,
  });
}

/** A launcher fails with the verdict as its error; one that ended in any other way says that Steadfast died. */
function verdictOf({ status, error }: ExecutionState): Verdict {
  if (status === 'succeeded') return 'held';
  const told = verdictSchema.safeParse(error);
  return status === 'failed' && told.success && told.data !== 'held' ? told.data : 'errored';
}
