import type { LoadedExperiment } from '../../definitions/load-definition.ts';
import type { Project } from '../../definitions/project.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { readSet } from '../../plan/read-set.ts';
import { plural } from '../../report/format.ts';
import type { Clock } from '../../run/ports.ts';
import { projectOf } from '../find-experiment.ts';
import { reasonOfSignal } from '../interruption.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { openResults } from '../pipeline/results.ts';
import { folderOfRun } from '../run-folder.ts';
import { newRunId } from '../run-id.ts';
import { pathFor } from '../tell-result.ts';
import { paint } from '../view/line.ts';
import type { RehearseFlags } from './flags.ts';
import { howManyAtOnce, type Machine } from './how-many-at-once.ts';
import { type Job, type Outcome, outcomeOf } from './job.ts';
import { createManyView, type ManyView } from './many-view.ts';
import { type Selection, selectAll } from './selection.ts';
import { sideBySide } from './side-by-side.ts';
import type { Ended, Led, StartRehearsal } from './start-rehearsal.ts';
import { documentOf, exitCodeOfMany, type Many, summaryOfMany } from './summary-of-many.ts';
import { experimentToRehearse, foreignSettings, tellImport } from './to-rehearse.ts';
import { toldMany } from './told-many.ts';

/** What many rehearsals reach of the world. */
export interface ManyPorts {
  readonly clock: Clock;
  readonly start: StartRehearsal;
  readonly machine: Machine;
  /** Draws a seed where none is given. */
  readonly drawSeed: () => number;
  /** Hears each signal that asks for the end; the answer gives the signals back. */
  readonly onSignal: (listener: (name: NodeJS.Signals) => void) => () => void;
}

/** Rehearses one experiment several times, or all there are, and tells what they came to; the exit code is that of the worst verdict. */
export async function rehearseMany(
  io: Io,
  argument: string | undefined,
  flags: RehearseFlags,
  ports: ManyPorts,
): Promise<number> {
  const results = await openResults(io, flags, [argument]);
  const { project, selection } = await selected(io, argument, flags);
  for (const experiment of selection.experiments) readSet(experiment.parsed, flags.set ?? []);
  const jobs = jobsOf(selection.experiments, project, io.cwd, flags, ports.drawSeed);
  if (jobs.length === 0 && selection.broken.length === 0) {
    const { notRehearsable } = selection;
    throw new SteadfastError('cannot-begin', 'there is no experiment here that can be rehearsed', {
      hint:
        notRehearsable.length === 0
          ? 'steadfast init writes a first one'
          : notRehearsable
              .map(({ experiment, reasons }) => `${experiment}: ${reasons.join('; ')}`)
              .join('\n  '),
    });
  }
  const atOnce = flags.parallel ?? howManyAtOnce(ports.machine);
  const startMs = ports.clock.now();
  const view = createManyView({
    stream: io.stderr,
    isTerminal: io.isTerminal,
    colours: io.stderrColours,
    clock: ports.clock,
    jobs,
    title: `${plural(jobs.length, 'rehearsal')}, ${Math.min(atOnce, Math.max(1, jobs.length))} at a time`,
  });
  let many: Many;
  try {
    const { outcomes, interrupted } = await carryOut(jobs, atOnce, flags, io.cwd, ports, view);
    many = { outcomes, ...selection, interrupted };
  } finally {
    view.close();
  }
  if (flags.json === true) {
    const seconds = (ports.clock.now() - startMs) / 1_000;
    printJson(io, documentOf(many, atOnce, seconds, results.fails));
  } else tellSummary(io, many);
  return results.ofMany({ ...toldMany(io, many, project), exit: exitCodeOfMany(many, results.fails) });
}

async function selected(
  io: Io,
  argument: string | undefined,
  flags: RehearseFlags,
): Promise<{ readonly project: Project; readonly selection: Selection }> {
  if (argument === undefined) {
    const project = await projectOf(io.cwd);
    const files = new Set<string | undefined>(project.experiments.map(({ file }) => file));
    const twice = project.problems.filter(({ code, file }) => code === 'duplicate-id' && files.has(file));
    if (twice.length > 0)
      throw new SteadfastError(
        'invalid',
        'two experiments have one id, so that their runs could not be told apart',
        {
          problems: twice,
        },
      );
    return { project, selection: selectAll(project) };
  }
  const asked = await experimentToRehearse(argument, io.cwd, flags);
  const { experiment, project } = asked;
  tellImport(io, asked);
  return { project, selection: { experiments: [experiment], notRehearsable: [], broken: [] } };
}

/** One job for each time that each experiment is rehearsed: all of them once, then all of them again. */
function jobsOf(
  experiments: readonly LoadedExperiment[],
  project: Project,
  cwd: string,
  { repeat, seed, out }: RehearseFlags,
  drawSeed: () => number,
): Job[] {
  const runIds = new Set<string>();
  const newRunIdOf = (experiment: string): string => {
    // Of many ids of one second, two may be the same, and with them two folders.
    for (;;) {
      const runId = newRunId(experiment);
      if (!runIds.has(runId)) {
        runIds.add(runId);
        return runId;
      }
    }
  };
  return Array.from({ length: repeat ?? 1 }, (_, index) => index + 1).flatMap((time) =>
    experiments.map((experiment) => {
      const runId = newRunIdOf(experiment.id);
      const below = repeat === undefined ? experiment.id : `${experiment.id}/${time}`;
      const asked = out === undefined ? undefined : `${out}/${below}`;
      return {
        experiment,
        ...(repeat === undefined ? {} : { time }),
        seed: seed ?? drawSeed(),
        runId,
        out: folderOfRun({ asked, cwd, root: project.root, runId }),
      };
    }),
  );
}

async function carryOut(
  jobs: readonly Job[],
  atOnce: number,
  flags: RehearseFlags,
  cwd: string,
  { clock, start, onSignal }: ManyPorts,
  view: ManyView,
): Promise<{ readonly outcomes: readonly Outcome[]; readonly interrupted: boolean }> {
  const ending = new AbortController();
  const running = new Set<Led>();
  const giveBack = onSignal((name) => {
    view.note(
      ending.signal.aborted
        ? 'Ended at once: nobody has seen whether the systems recovered.'
        : 'The faults are being ended. Press Ctrl-C again to end everything at once, without seeing the recovery.',
    );
    ending.abort();
    for (const led of running) led.halt(reasonOfSignal(name));
  });
  const carryOutOne = async (job: Job): Promise<Outcome> => {
    const startMs = clock.now();
    view.begin(job);
    const ended = await lead(job);
    const outcome = outcomeOf(job, (clock.now() - startMs) / 1_000, ended);
    view.end(outcome);
    return outcome;
  };
  const lead = async (job: Job): Promise<Ended> => {
    const led = start(
      {
        file: job.experiment.file,
        cwd,
        ...foreignSettings(flags),
        runId: job.runId,
        out: job.out,
        outIsOwn: flags.out === undefined,
        seed: job.seed,
        set: [...(flags.set ?? [])],
        ...(flags.stage === undefined ? {} : { stage: flags.stage }),
        acceptInconclusive: flags.acceptInconclusive ?? false,
        shows: false,
      },
      (event) => view.tell(job, event),
    );
    running.add(led);
    const ended = await led.ended;
    running.delete(led);
    return ended;
  };
  try {
    const results = await sideBySide(jobs, atOnce, carryOutOne, ending.signal);
    const outcomes = results.map((result, index): Outcome => {
      const job = jobs[index];
      if (result !== undefined) return result;
      if (job === undefined) throw new SteadfastError('internal', 'there is a result without its job');
      return { job, seconds: 0, verdict: 'not run' };
    });
    return { outcomes, interrupted: ending.signal.aborted };
  } finally {
    giveBack();
  }
}

function tellSummary(io: Io, many: Many): void {
  printLine(io.stdout);
  for (const line of summaryOfMany(many, (path) => pathFor(io, path), io.stdoutColumns))
    printLine(io.stdout, paint(line, io.stdoutColours));
}
