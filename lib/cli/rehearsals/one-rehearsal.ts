import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadedExperiment, LoadedLab } from '../../definitions/load-definition.ts';
import type { Chosen } from '../../experiment/opened.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { systemClock } from '../../probing/system-clock.ts';
import { runFiles, writeWhole } from '../../rehearsal/file-run-store.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import { type RejectedRun, writeRejected } from '../../rehearsal/rejected-run.ts';
import { renderReport } from '../../report/report.ts';
import type { ImportedFrom } from '../../run/imported-from.ts';
import type { Journal } from '../../run/journal.ts';
import type { Progress } from '../../run/progress.ts';
import type { Interruption } from '../interruption.ts';

export interface OneRehearsal {
  readonly experiment: LoadedExperiment;
  readonly lab: LoadedLab;
  /** The file of another tool that the experiment was made of. */
  readonly importedFrom: ImportedFrom | undefined;
  readonly runId: string;
  /** A folder that is there and can be written. */
  readonly out: string;
  /** The folder was made for this run alone: it is gone again when there was no run to keep in it. */
  readonly outIsOwn: boolean;
  readonly seed: number;
  /** What was chosen of what the definition opens. */
  readonly set: Chosen | undefined;
  /** The one stage that is run; all where undefined. */
  readonly stage: number | undefined;
  readonly acceptInconclusive: boolean;
  readonly interruption: Interruption;
  readonly progress: Progress;
}

/**
 * Rehearses in this process, and writes the report beside the journal.
 *
 * @throws SteadfastError `interrupted` when the end was asked for before the run began
 */
export async function rehearseOne(options: OneRehearsal): Promise<Journal> {
  const { experiment, lab, importedFrom, runId, out, seed, set, stage, interruption, progress } = options;
  try {
    if (interruption.signal.aborted)
      throw new SteadfastError('interrupted', 'interrupted before the run began');
    progress.tell({ kind: 'note', atMs: systemClock.now(), text: `The lab ${lab.id} is starting.` });
    const journal = await rehearse({
      experiment,
      lab,
      runId,
      out,
      seed,
      ...(set === undefined ? {} : { set }),
      ...(stage === undefined ? {} : { stage }),
      ...(importedFrom === undefined ? {} : { importedFrom }),
      acceptInconclusive: options.acceptInconclusive,
      clock: systemClock,
      progress,
      halts: interruption.halts,
      signal: interruption.signal,
      tell: (text) => progress.tell({ kind: 'note', atMs: systemClock.now(), text }),
      onBegin: () => interruption.begin(),
    });
    await writeWhole(join(out, runFiles.report), renderReport(journal));
    return journal;
  } catch (cause) {
    if (options.outIsOwn && cause instanceof SteadfastError && cause.code === 'interrupted')
      await rm(out, { recursive: true, force: true });
    throw cause;
  }
}

/** Keeps the record of what could not be begun, with its report. */
export async function rejectOne(run: Omit<RejectedRun, 'clock' | 'rejection' | 'startMs'>): Promise<Journal> {
  const startMs = systemClock.now();
  const journal = await writeRejected({ ...run, startMs, clock: systemClock, rejection: 'invalid' });
  await writeWhole(join(run.out, runFiles.report), renderReport(journal));
  return journal;
}
