import { lstat, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import { exitCodes, type Verdict } from '../../experiment/verdict.ts';
import { writeWhole } from '../../rehearsal/file-run-store.ts';
import { inWords } from '../../report/format.ts';
import { junitXml } from '../../report/junit/junit.ts';
import { runMarkdown } from '../../report/markdown/run.ts';
import { runsMarkdown } from '../../report/markdown/runs.ts';
import type { LeftOutRun, ToldRun } from '../../report/told-run.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, printLine } from '../io.ts';
import { alwaysFail, failsOn } from './fail-on.ts';
import type { PipelineFlags } from './flags.ts';

/** What many runs came to. */
interface ManyTold {
  readonly runs: readonly ToldRun[];
  readonly leftOut: readonly LeftOutRun[];
  /** The exit code of them together, by `fails`. */
  readonly exit: number;
}

/** Where what pipelines read goes. */
export interface Results {
  /** Whether the pipeline fails on a verdict. */
  readonly fails: (verdict: Verdict) => boolean;
  /** Writes the files of one run, and gives the exit code. */
  ofOne(run: ToldRun): Promise<number>;
  /** Writes the files of many, and gives the exit code. */
  ofMany(told: ManyTold): Promise<number>;
}

/**
 * Sees that the files can be written before anything else is done; what an earlier run left there is gone, however this one ends.
 *
 * @param read what the command reads, as it was named: that is never written over
 * @throws SteadfastError `cannot-begin` where one cannot, `usage` where both are the same or one is what is read
 */
export async function openResults(
  io: Io,
  flags: PipelineFlags,
  read: readonly (string | undefined)[] = [],
): Promise<Results> {
  const [junit, markdown] = [flags.junit, flags.markdown].map((file) =>
    file === undefined ? undefined : resolve(io.cwd, file),
  );
  if (junit !== undefined && junit === markdown)
    throw new SteadfastError('usage', '--junit and --markdown name the same file', {
      hint: 'give each a file of its own',
    });
  const known = read.flatMap((file) => (file === undefined ? [] : resolve(io.cwd, file)));
  const taken = [junit, markdown].find((file) => file !== undefined && known.includes(file));
  if (taken !== undefined)
    throw new SteadfastError('usage', `${taken} is what is read, and would be written over`, {
      hint: 'give the results a file of their own',
    });
  await seeWritable(junit, '--junit');
  await seeWritable(markdown, '--markdown');
  const fails = failsOn(flags.failOn);
  const write = async (xml: () => string, summary: () => string, code: number): Promise<number> => {
    try {
      if (junit !== undefined) await writeWhole(junit, xml());
      if (markdown !== undefined) await writeWhole(markdown, `${summary()}\n`);
      return code;
    } catch (cause) {
      // The verdict stands; that a pipeline would go without its results must not look well.
      printLine(io.stderr, `The results could not be written: ${messageOf(cause)}`);
      return code === exitCode.fine ? exitCode.refused : code;
    }
  };
  const tell = (seen: readonly Verdict[]) => {
    for (const text of notesOf([...new Set(seen)], flags)) printLine(io.stderr, text);
  };
  return {
    fails,
    ofOne: (run) => {
      tell([run.verdict]);
      const code = fails(run.verdict) ? exitCodes[run.verdict] : exitCode.fine;
      return write(
        () => junitXml([run], fails),
        () => runMarkdown(run).markdown,
        code,
      );
    },
    ofMany: ({ runs, leftOut, exit }) => {
      tell(runs.map(({ verdict }) => verdict));
      return write(
        () => junitXml(runs, fails, leftOut),
        () => runsMarkdown(runs, leftOut).markdown,
        exit,
      );
    },
  };
}

/** That a verdict does not count, or counts all the same, is said where somebody looks for it. */
function notesOf(seen: readonly Verdict[], { failOn }: PipelineFlags): string[] {
  if (failOn === undefined) return [];
  const fails = failsOn(failOn);
  const passed = seen.filter((verdict) => verdict !== 'held' && !fails(verdict));
  const unasked = seen.filter((verdict) => alwaysFail.includes(verdict) && !failOn.has(verdict));
  return [
    ...(passed.length === 0 ? [] : [`By --fail-on, this does not fail on ${inWords(passed)}.`]),
    ...(unasked.length === 0
      ? []
      : [`Whatever --fail-on names, this fails on ${inWords(unasked)}: it cannot be ignored.`]),
  ];
}

async function seeWritable(file: string | undefined, option: string): Promise<void> {
  if (file === undefined) return;
  try {
    await mkdir(dirname(file), { recursive: true });
    const there = await lstat(file).catch(() => undefined);
    // A folder, a device or a pipe would be lost by what puts the file there.
    if (there !== undefined && !there.isFile()) throw new Error('it is no file');
    const trial = `${file}.unfinished`;
    await writeFile(trial, '');
    await rm(trial);
    await rm(file, { force: true });
  } catch (cause) {
    throw new SteadfastError('cannot-begin', `the file ${file} cannot be written: ${messageOf(cause)}`, {
      hint: `choose another one with ${option} FILE`,
      cause,
    });
  }
}
