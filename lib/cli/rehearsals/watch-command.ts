import { randomInt } from 'node:crypto';
import { readSet } from '../../plan/read-set.ts';
import { systemClock } from '../../probing/system-clock.ts';
import { onSignals } from '../interruption.ts';
import { type Io, printLine } from '../io.ts';
import { folderOfRun } from '../run-folder.ts';
import { newRunId } from '../run-id.ts';
import { pathFor } from '../tell-result.ts';
import type { RehearseFlags } from './flags.ts';
import { hearKeys } from './keys.ts';
import { seeds } from './seeds.ts';
import { startRehearsal } from './start-rehearsal.ts';
import { experimentToRehearse, foreignSettings } from './to-rehearse.ts';
import { watchFiles } from './watch-files.ts';
import { watchRehearsal } from './watch-rehearsal.ts';
import { placesOf } from './watched-places.ts';

/** Rehearses again whenever the experiment, its lab or a service's files change. */
export async function watchCommand(io: Io, argument: string, flags: RehearseFlags): Promise<number> {
  const { experiment, project, lab } = await experimentToRehearse(argument, io.cwd, flags);
  const places = placesOf(experiment, lab, project);
  readSet(experiment.parsed, flags.set ?? []);
  const { stdin } = process;
  return watchRehearsal({
    clock: systemClock,
    start: () => {
      const runId = newRunId(experiment.id);
      return startRehearsal(
        {
          file: experiment.file,
          cwd: io.cwd,
          ...foreignSettings(flags),
          runId,
          out: folderOfRun({ asked: flags.out, cwd: io.cwd, root: project.root, runId }),
          outIsOwn: flags.out === undefined,
          seed: flags.seed ?? randomInt(seeds),
          set: [...(flags.set ?? [])],
          ...(flags.stage === undefined ? {} : { stage: flags.stage }),
          acceptInconclusive: flags.acceptInconclusive ?? false,
          shows: true,
        },
        () => undefined,
      );
    },
    watch: (onChange) => watchFiles(places, (path) => onChange(pathFor(io, path))),
    ...(io.isTerminal && stdin.isTTY ? { keys: (onKey) => hearKeys(stdin, onKey) } : {}),
    onSignal: onSignals,
    tell: (text) => printLine(io.stderr, text),
  });
}
