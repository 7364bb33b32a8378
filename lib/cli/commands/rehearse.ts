import { randomInt } from 'node:crypto';
import { readSet } from '../../plan/read-set.ts';
import { toldRunOf } from '../../report/told-run.ts';
import { listenForInterruption } from '../interruption.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { nextThing } from '../next-thing.ts';
import { openResults } from '../pipeline/results.ts';
import { checkFlags } from '../rehearsals/check-flags.ts';
import type { RehearseFlags } from '../rehearsals/flags.ts';
import { rehearseOne, rejectOne } from '../rehearsals/one-rehearsal.ts';
import { seeds } from '../rehearsals/seeds.ts';
import { shown } from '../rehearsals/shown.ts';
import { tellImport, toRehearse } from '../rehearsals/to-rehearse.ts';
import { folderOfRun, writableFolder } from '../run-folder.ts';
import { newRunId } from '../run-id.ts';
import { pathFor, tellResult } from '../tell-result.ts';

/** Rehearses experiments in their labs and shows how it went; the exit code is that of the verdict, of several the worst. */
export async function rehearseCommand(
  io: Io,
  argument: string | undefined,
  flags: RehearseFlags,
): Promise<number> {
  const asked = checkFlags(argument, flags);
  if (asked.kind === 'watch') {
    const { watchCommand } = await import('../rehearsals/watch-command.ts');
    return watchCommand(io, asked.argument, flags);
  }
  if (asked.kind === 'many') {
    const { manyCommand } = await import('../rehearsals/many-command.ts');
    return manyCommand(io, asked.argument, flags);
  }
  return rehearseHere(io, asked.argument, flags);
}

/** One rehearsal, in this very process. */
async function rehearseHere(io: Io, argument: string, flags: RehearseFlags): Promise<number> {
  const interruption = listenForInterruption((text) => printLine(io.stderr, text));
  try {
    const results = await openResults(io, flags, [argument]);
    const asked = await toRehearse(argument, io.cwd, flags);
    const { project, lab, experiment, words } = asked;
    tellImport(io, asked);
    const set = asked.kind === 'refused' ? undefined : readSet(asked.experiment.parsed, flags.set ?? []);
    const runId = newRunId(experiment.id);
    const out = await writableFolder(
      folderOfRun({ asked: flags.out, cwd: io.cwd, root: project.root, runId }),
    );
    const run = { lab, runId, out, seed: flags.seed ?? randomInt(seeds) };
    const journal =
      asked.kind === 'refused'
        ? await rejectOne({ ...run, experiment: asked.experiment, reasons: asked.reasons })
        : await shown(io, { experiment: asked.experiment, lab, stage: flags.stage }, (progress) =>
            rehearseOne({
              ...run,
              experiment: asked.experiment,
              importedFrom: asked.imported?.from,
              outIsOwn: flags.out === undefined,
              set,
              stage: flags.stage,
              acceptInconclusive: flags.acceptInconclusive ?? false,
              interruption,
              progress,
            }),
          );
    const next = nextThing(journal, project, words);
    if (flags.json === true) printJson(io, journal);
    else tellResult(io, journal, out, next);
    return await results.ofOne(
      toldRunOf(journal, next, pathFor(io, asked.kind === 'refused' ? asked.file : asked.experiment.file)),
    );
  } finally {
    interruption.close();
  }
}
