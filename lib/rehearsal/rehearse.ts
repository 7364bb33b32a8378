import { dirname, join } from 'node:path';
import type { Experiment, ExperimentDefinition } from '../experiment/experiment.ts';
import type { Lab, LabDefinition } from '../experiment/lab.ts';
import type { Chosen } from '../experiment/opened.ts';
import { messageOf, SteadfastError } from '../experiment/steadfast-error.ts';
import type { Rejection } from '../experiment/verdict.ts';
import { problemsHere } from '../lab/fis/why-not-here.ts';
import type { RunningLab } from '../lab/running-lab.ts';
import { startLab } from '../lab/start-lab.ts';
import { asJson } from '../plan/canonical-json.ts';
import { hashOf } from '../plan/hash.ts';
import { planTargetOfLab } from '../plan/lab-target.ts';
import { narrowed, problemsOfStage } from '../plan/only-stage.ts';
import { planExperiment } from '../plan/plan-experiment.ts';
import { problemsOf } from '../plan/problems.ts';
import { type RunnerInput, runnerInputSchema } from '../plan/runner-input.ts';
import { defaultSetOf, withSet } from '../plan/variants.ts';
import { startLoopbackCheck } from '../probing/loopback-check.ts';
import type { ImportedFrom } from '../run/imported-from.ts';
import type { Journal } from '../run/journal.ts';
import type { Approvals, Clock, Halts, Random, RunStore } from '../run/ports.ts';
import type { Progress } from '../run/progress.ts';
import { runStep } from '../run/run-step.ts';
import { seededRandom } from '../run/seeded-random.ts';
import { createFileRunStore } from './file-run-store.ts';
import { createLabNotes, type LabNotes } from './lab-notes.ts';
import { createLocalPorts } from './local-ports.ts';
import { type RejectedRun, writeRejected } from './rejected-run.ts';
import { runMachine } from './run-machine.ts';
import { unsetSecrets } from './unset-secrets.ts';

/** A definition as it was written, read, and where it lies. */
interface Defined<Definition, Parsed> {
  readonly definition: Definition;
  readonly parsed: Parsed;
  readonly file: string;
}

export interface RehearseOptions {
  readonly experiment: Defined<ExperimentDefinition, Experiment>;
  readonly lab: Defined<LabDefinition, Lab>;
  readonly runId: string;
  /** An existing folder that can be written. */
  readonly out: string;
  readonly seed: number;
  /** What was chosen of what the definition opens; the defaults where absent. */
  readonly set?: Chosen;
  /** The one stage that is run, the first is 1; all where absent. */
  readonly stage?: number;
  /** The file of another tool that the experiment was made of. */
  readonly importedFrom?: ImportedFrom;
  /** The game day that the run is part of: it asks for an approval then. */
  readonly gameDay?: NonNullable<RunnerInput['gameDay']>;
  /** Where approvals are asked for; in memory, where absent. */
  readonly approvals?: Approvals;
  /** Goes on where the run may see too little to say `held`. */
  readonly acceptInconclusive?: boolean;
  readonly clock: Clock;
  readonly progress: Progress;
  readonly halts: Halts;
  /** Ends the start of the lab; once the run has begun, `halts` ends it in order. */
  readonly signal: AbortSignal;
  /** Told what people should know beside the run's progress. */
  readonly tell: (text: string) => void;
  /** Told when the run has begun: from then on it has a verdict, and writes down how it goes. */
  readonly onBegin?: (store: Pick<RunStore, 'entries'>) => void;
  /** Waits between two looks for an approval, until something may have changed; by the clock alone where absent. */
  readonly waitForAnswer?: (ms: number) => Promise<void>;
}

/** A lab that runs, for one run after another. */
export interface LabOfRuns {
  readonly running: RunningLab;
  readonly random: Random;
  /** Something of this process's own that is known to be well. */
  readonly selfCheckUrl: string;
  readonly notes: LabNotes;
}

/**
 * Rehearses an experiment in a lab: starts the lab, runs the deployed state machine with local adapters, and leaves nothing running.
 * A lab that cannot play the experiment, or does not start, is a run too: `rejected`.
 *
 * @returns the run's journal, as written to `out`
 * @throws SteadfastError `interrupted` when the signal aborts before the run began
 */
export async function rehearse(options: RehearseOptions): Promise<Journal> {
  const startMs = options.clock.now();
  const refused = await refuse(options, startMs);
  if (refused !== undefined) return refused;
  return withLab(
    options,
    (lab) => runInLab(options, lab),
    (cause) => {
      if (cause.code !== 'cannot-begin' && cause.code !== 'invalid') throw cause;
      const rejection = cause.code === 'invalid' ? 'invalid' : 'lab';
      return reject(options, startMs, rejection, [{ message: cause.message, hint: cause.hint }]);
    },
  );
}

/** The same in a lab that runs already, and goes on to run. */
export async function rehearseIn(options: RehearseOptions, lab: LabOfRuns): Promise<Journal> {
  return (await refuse(options, options.clock.now())) ?? runInLab(options, lab);
}

/** The journal of a run that the lab cannot play; undefined where it can. */
async function refuse(options: RehearseOptions, startMs: number): Promise<Journal | undefined> {
  const { experiment, lab } = options;
  const target = planTargetOfLab(lab.definition, lab.parsed);
  const parsed = withSet(experiment.parsed, options.set);
  for (const problems of [
    problemsOf(parsed, target),
    problemsOfStage(parsed, options.stage),
    problemsHere(parsed, target),
    unsetSecrets(parsed, process.env),
  ])
    if (problems.length > 0) return reject(options, startMs, 'invalid', problems);
  return undefined;
}

type Place = Pick<RehearseOptions, 'clock' | 'lab' | 'out' | 'seed' | 'signal' | 'tell'>;

/**
 * Starts a lab for what is done in it, and leaves nothing running.
 *
 * @param onRefused told that the lab did not start
 */
export async function withLab<T>(
  place: Place,
  work: (lab: LabOfRuns) => Promise<T>,
  onRefused: (cause: SteadfastError) => Promise<T>,
): Promise<T> {
  const { lab, clock } = place;
  const random = seededRandom(place.seed);
  const notes = createLabNotes(clock, place.tell);
  let running: RunningLab;
  try {
    running = await startLab({
      lab: lab.parsed,
      folder: dirname(lab.file),
      logFolder: logFolderOf(place),
      random,
      clock,
      signal: place.signal,
      tell: notes.tell,
    });
  } catch (cause) {
    if (cause instanceof SteadfastError) return onRefused(cause);
    throw cause;
  }
  try {
    const selfCheck = await startLoopbackCheck();
    try {
      return await work({ running, random, selfCheckUrl: selfCheck.url, notes });
    } finally {
      await selfCheck.stop();
    }
  } finally {
    await running.stop();
  }
}

const logFolderOf = ({ out }: Pick<RehearseOptions, 'out'>) => join(out, 'logs');

async function runInLab(
  options: RehearseOptions,
  { running, random, selfCheckUrl, notes }: LabOfRuns,
): Promise<Journal> {
  const { experiment, lab, clock, seed, runId, progress } = options;
  const target = planTargetOfLab(lab.definition, lab.parsed);
  const asked = Object.keys(target.services).filter((name) => target.services[name]?.answersHttp === true);
  const set = options.set ?? defaultSetOf(experiment.parsed);
  const parsed = withSet(experiment.parsed, set);
  const plan = planExperiment({
    definition: experiment.definition,
    experiment: parsed,
    ...(set === undefined ? {} : { set }),
    target,
    seed,
    templateId: (stage) => `${lab.parsed.id}-stage-${stage}`,
    urls: Object.fromEntries(asked.map((name) => [name, running.serviceUrl(name)])),
  });
  const whole = runnerInputSchema.parse(
    options.acceptInconclusive === true ? { ...plan.input, acceptInconclusive: true } : plan.input,
  );
  const { stage, gameDay } = options;
  const part = stage === undefined ? whole : narrowed(whole, stage);
  const input = gameDay === undefined ? part : { ...part, gameDay };
  let journal: Journal | undefined;
  const files = createFileRunStore(options.out, (written) => {
    journal = written;
  });
  const store = tellingOrigin(files, options.importedFrom);
  const noLongerKeep = await notes.keepIn(store, runId);
  options.onBegin?.(store);
  const ports = createLocalPorts({
    lab: lab.parsed,
    running,
    folder: dirname(lab.file),
    logFolder: logFolderOf(options),
    experiment: parsed,
    input,
    templates: stage === undefined ? plan.templates : plan.templates.slice(stage - 1, stage),
    clock,
    selfCheckUrl,
    random,
    store,
    halts: options.halts,
    ...(options.approvals === undefined ? {} : { approvals: options.approvals }),
    // Nobody else listens to a rehearsal.
    notifier: {
      notify: async ({ body }) => options.tell(body),
      approvalWanted: async ({ body }) => {
        // Whoever shows a game day shows what it asks.
        if (gameDay === undefined) options.tell(body);
      },
      publish: async () => undefined,
    },
    progress,
  });
  try {
    await runMachine({
      start: { runId, input },
      step: (step, state) =>
        runStep({ step, state, ports: () => ports, loadInput: (run) => store.loadInput(run) }),
      sleep: options.waitForAnswer ?? ((ms) => clock.sleep(ms)),
      onFailure: (step, cause) => options.tell(`Steadfast's step ${step} failed: ${messageOf(cause)}`),
    });
  } finally {
    noLongerKeep();
    const now = clock.now();
    await ports.traffic.ask({ runId, action: 'stop', fromMs: now, untilMs: now });
  }
  if (journal === undefined) {
    throw new SteadfastError('internal', `the run's journal could not be written to ${options.out}`, {
      hint: 'see that the folder is still there, and that its disk has room; what the run found is told above',
    });
  }
  return journal;
}

/** The record of a run that does not begin. */
function reject(
  options: RehearseOptions,
  startMs: number,
  rejection: Rejection,
  reasons: RejectedRun['reasons'],
): Promise<Journal> {
  const { experiment, lab, clock, out, runId, seed, importedFrom } = options;
  const set = options.set ?? defaultSetOf(experiment.parsed);
  return writeRejected({
    runId,
    experiment: {
      id: experiment.parsed.id,
      title: experiment.parsed.title,
      hash: hashOf(experiment.definition),
      definition: asJson(experiment.definition),
      ...(importedFrom === undefined ? {} : { importedFrom }),
    },
    lab,
    out,
    seed,
    ...(set === undefined ? {} : { set }),
    startMs,
    clock,
    rejection,
    reasons,
  });
}

/** A store that keeps with the journal where the definition came from: nothing else of a run needs to know. */
const tellingOrigin = (store: RunStore, importedFrom: ImportedFrom | undefined): RunStore =>
  importedFrom === undefined
    ? store
    : {
        ...store,
        saveJournal: (journal) =>
          store.saveJournal({ ...journal, experiment: { ...journal.experiment, importedFrom } }),
      };
