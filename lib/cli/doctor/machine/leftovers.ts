import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { leftByDeadOwners } from '../../../lab/processes/clean-up-after-dead-owners.ts';
import { registryFolder } from '../../../lab/processes/registry.ts';
import { runFiles } from '../../../rehearsal/file-run-store.ts';
import { counted, fine, type Look, namesOf, unfit } from '../look.ts';

/** Whether processes of labs are left whose command was killed. */
export const leftProcessesLook = (registry = registryFolder()): Look => ({
  name: 'left-processes',
  docs: 'how-to/end-and-clean-up.md',
  look: async () => {
    // To look makes no folder.
    const left = existsSync(registry) ? leftByDeadOwners(registry) : [];
    const pids = left.flatMap((one) => one.pids);
    if (pids.length > 0)
      return unfit(
        'warn',
        `${counted(pids.length, 'process', 'processes')} of rehearsals that were killed still run: ${namesOf(pids.map(String))}`,
        'the next rehearsal ends them; or end them by hand: kill -9 <process>',
      );
    return left.length > 0
      ? unfit(
          'warn',
          `${counted(left.length, 'rehearsal was', 'rehearsals were')} killed; none of their processes is left`,
          'the next rehearsal forgets them: nothing has to be done',
        )
      : fine('no process of a rehearsal that was killed is left');
  },
});

/** No run lasts longer: FIS and the runner end after twelve hours. */
const longestRunMs = 12 * 3_600_000;

/** Whether folders of runs are left that never came to a journal. */
export const leftRunsLook = (root: string, nowMs: () => number): Look => ({
  name: 'left-runs',
  docs: 'how-to/end-and-clean-up.md',
  look: async () => {
    const folder = join(root, '.steadfast', 'runs');
    if (!existsSync(folder)) return fine('no run was written here yet');
    const entries = await readdir(folder, { withFileTypes: true });
    const runs = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    const unfinished = runs.filter((name) => !existsSync(join(folder, name, runFiles.journal)));
    const old = await Promise.all(
      unfinished.map(async (name) => {
        const { mtimeMs } = await stat(join(folder, name));
        return mtimeMs < nowMs() - longestRunMs ? [name] : [];
      }),
    );
    const dead = old.flat();
    return dead.length === 0
      ? fine(counted(runs.length, 'run'))
      : unfit(
          'warn',
          `${counted(dead.length, 'folder')} of rehearsals that died before they were judged: ${namesOf(dead)}`,
          `read their logs, or delete them: rm -r ${join('.steadfast', 'runs', '<run>')}`,
        );
  },
});
