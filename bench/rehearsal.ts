import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstProject } from '../lib/cli/init/first-project.ts';
import { runFiles } from '../lib/rehearsal/file-run-store.ts';
import { type Journal, journalSchema } from '../lib/run/journal.ts';
import { type Mark, markSchema } from '../lib/steady-state/observation.ts';
import { type Benchmark, median, rounded } from './benchmark.ts';
import { command, runNode } from './run-process.ts';

const runs = 3;

const secondsBetween = (start: string | undefined, end: string | undefined): number =>
  start === undefined || end === undefined ? 0 : (Date.parse(end) - Date.parse(start)) / 1_000;

/** The experiment's own time: its baseline, its faults, and the recovery as long as it was watched. */
function ownSeconds(journal: Journal, marks: readonly Mark[]): number {
  const baseline = secondsBetween(journal.baseline.start, journal.baseline.end);
  const faults = journal.stages.reduce((sum, stage) => sum + secondsBetween(stage.start, stage.end), 0);
  const watchedUntil = marks.find((mark) => mark.mark === 'recovery-end')?.at;
  return baseline + faults + secondsBetween(journal.stages.at(-1)?.end, watchedUntil);
}

/** The marks among a run's samples. */
async function marksIn(file: string): Promise<Mark[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.includes('"mark"'));
  return lines.map((line) => markSchema.parse(JSON.parse(line)));
}

/** How often it is tried: on a busy machine a baseline may be too unsteady to begin. */
const tries = 4;

/** Rehearses once; the wall-clock time of the whole command beyond the experiment's own. */
async function overhead(experiment: string): Promise<number> {
  for (let left = tries; left > 0; left -= 1) {
    const found = await overheadOfOne(experiment);
    if (found !== undefined) return found;
  }
  throw new Error(`the rehearsal of ${experiment} ended before it was over, ${tries} times`);
}

/** Undefined where it was rejected. */
async function overheadOfOne(experiment: string): Promise<number | undefined> {
  const out = await mkdtemp(join(tmpdir(), 'steadfast-bench-'));
  try {
    const words = ['rehearse', experiment, '--out', out, '--json', '--accept-inconclusive'];
    const { ms, stdout } = await runNode([command, ...words]);
    const marks = await marksIn(join(out, runFiles.samples));
    // Whatever the verdict, as long as there was a fault and a recovery: on a busy machine a rehearsal need not hold.
    if (!marks.some(({ mark }) => mark === 'recovery-end')) return undefined;
    return ms / 1_000 - ownSeconds(journalSchema.parse(JSON.parse(stdout)), marks);
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

/** What a rehearsal costs beyond the experiment's own time: starting and stopping the lab, admission, judging, the report. */
export const rehearsal: Benchmark = {
  name: 'rehearsal',
  title: "a rehearsal's wall-clock time less the experiment's own",
  run: async (tell) => {
    const small = await mkdtemp(join(tmpdir(), 'steadfast-bench-project-'));
    try {
      const init = await runNode([command, 'init', small]);
      if (init.code !== 0) throw new Error(`init ended with exit code ${init.code}`);
      const smallExperiment = join(small, Object.keys(firstProject)[0] ?? '');
      const [withDatabase, without]: [number[], number[]] = [[], []];
      for (let run = 1; run <= runs; run += 1) {
        withDatabase.push(await overhead('slow-database'));
        without.push(await overhead(smallExperiment));
        tell(
          `${run} of ${runs}: ${rounded(withDatabase.at(-1) ?? 0)} s with a database, ${rounded(without.at(-1) ?? 0)} s without`,
        );
      }
      return {
        overheadS: rounded(median(withDatabase), 2),
        overheadNoDatabaseS: rounded(median(without), 2),
        databaseS: rounded(median(withDatabase) - median(without), 2),
        runs,
      };
    } finally {
      await rm(small, { recursive: true, force: true });
    }
  },
};
