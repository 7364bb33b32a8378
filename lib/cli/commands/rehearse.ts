import { randomInt } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadedExperiment, LoadedLab } from '../../definitions/load-definition.ts';
import { brokenOf, type Project } from '../../definitions/project.ts';
import { suggest } from '../../definitions/suggest.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { exitCodes } from '../../experiment/verdict.ts';
import { readSet } from '../../plan/read-set.ts';
import { systemClock } from '../../probing/system-clock.ts';
import { runFiles, writeWhole } from '../../rehearsal/file-run-store.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import { renderReport } from '../../report/report.ts';
import type { Journal } from '../../run/journal.ts';
import { findExperiment } from '../find-experiment.ts';
import { listenForInterruption } from '../interruption.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { nextThing } from '../next-thing.ts';
import { folderOfRun, writableFolder } from '../run-folder.ts';
import { newRunId } from '../run-id.ts';
import { tellResult } from '../tell-result.ts';
import { createView } from '../view/view.ts';

export interface RehearseFlags {
  readonly seed?: number | undefined;
  /** What is set of what the definition opens, `delay=1s`. */
  readonly set?: readonly string[] | undefined;
  readonly out?: string | undefined;
  readonly acceptInconclusive?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** Rehearses an experiment in its lab and shows how it went; the exit code is the verdict's. */
export async function rehearseCommand(io: Io, argument: string, flags: RehearseFlags): Promise<number> {
  const interruption = listenForInterruption((text) => printLine(io.stderr, text));
  try {
    const { experiment, project } = await findExperiment(argument, io.cwd);
    const lab = labOf(experiment, project);
    const set = readSet(experiment.parsed, flags.set ?? []);
    const runId = newRunId(experiment.id);
    const out = await writableFolder(
      folderOfRun({ asked: flags.out, cwd: io.cwd, root: project.root, runId }),
    );
    if (interruption.signal.aborted)
      throw new SteadfastError('interrupted', 'interrupted before the run began');
    const running = show(io, experiment, lab, (view) =>
      rehearse({
        experiment,
        lab,
        runId,
        out,
        seed: flags.seed ?? randomInt(2 ** 31),
        ...(set === undefined ? {} : { set }),
        acceptInconclusive: flags.acceptInconclusive ?? false,
        clock: systemClock,
        progress: view.progress,
        halts: interruption.halts,
        signal: interruption.signal,
        tell: (text) => view.progress.tell({ kind: 'note', atMs: systemClock.now(), text }),
        onBegin: () => interruption.begin(),
      }),
    );
    const journal = await (flags.out === undefined ? orWithout(out, running) : running);
    await writeWhole(join(out, runFiles.report), renderReport(journal));
    if (flags.json === true) printJson(io, journal);
    else tellResult(io, journal, out, nextThing(journal, project, argument));
    return exitCodes[journal.verdict];
  } finally {
    interruption.close();
  }
}

/** Shows the run while `work` goes on, and gives the terminal back whatever happens. */
async function show(
  io: Io,
  experiment: LoadedExperiment,
  lab: LoadedLab,
  work: (view: ReturnType<typeof createView>) => Promise<Journal>,
): Promise<Journal> {
  const view = createView({
    stream: io.stderr,
    isTerminal: io.isTerminal,
    columns: io.stderr.columns ?? 80,
    colours: io.stderrColours,
    clock: systemClock,
    experiment: experiment.parsed,
    environment: `lab ${lab.id}`,
  });
  view.progress.tell({ kind: 'note', atMs: systemClock.now(), text: `The lab ${lab.id} is starting.` });
  try {
    return await work(view);
  } finally {
    view.close();
  }
}

function labOf(experiment: LoadedExperiment, project: Project): LoadedLab {
  const id = experiment.parsed.lab;
  if (id === undefined) {
    throw new SteadfastError(
      'invalid',
      `the experiment '${experiment.id}' names no lab, so it cannot be rehearsed`,
      {
        hint: "add lab: '<id>' to it",
      },
    );
  }
  const lab = project.labs.find((one) => one.id === id);
  if (lab !== undefined) return lab;
  const broken = brokenOf(project, id, 'lab');
  if (broken !== undefined) {
    throw new SteadfastError('invalid', `the lab '${id}' of the experiment '${experiment.id}' is not valid`, {
      problems: broken.problems,
    });
  }
  const meant = suggest(
    id,
    project.labs.map((one) => one.id),
  );
  throw new SteadfastError(
    'invalid',
    `there is no lab '${id}', which the experiment '${experiment.id}' names`,
    meant === undefined ? {} : { hint: `did you mean '${meant}'?` },
  );
}

/** A folder of our own making is gone again when there was no run to keep in it. */
async function orWithout(folder: string, running: Promise<Journal>): Promise<Journal> {
  try {
    return await running;
  } catch (cause) {
    if (cause instanceof SteadfastError && cause.code === 'interrupted')
      await rm(folder, { recursive: true, force: true });
    throw cause;
  }
}
