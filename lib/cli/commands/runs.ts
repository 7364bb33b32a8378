import { createColors } from 'picocolors';
import { createRunIndex } from '../../aws/command/run-index.ts';
import { projectRootOf } from '../../definitions/project-root.ts';
import { formatSeconds } from '../../report/format.ts';
import type { LiveRun } from '../../run/live-run.ts';
import type { RunRecord } from '../../run/run-record.ts';
import { openEnvironment } from '../aws/environment.ts';
import { liveWords } from '../aws/live-words.ts';
import { type Outside, processOutside } from '../aws/outside.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { localRuns } from '../local-runs.ts';
import { paint, piece, verdictLooks } from '../view/line.ts';
import { clip, plainText } from '../view/text-width.ts';

export interface RunsFlags {
  readonly env?: string | undefined;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  readonly experiment?: string | undefined;
  readonly limit?: number | undefined;
  readonly json?: boolean | undefined;
}

/** More runs than these are asked for. */
const fewRuns = 20;

/** Lists runs, the newest first: those of an environment, or without one those that lie in the project's folder. */
export async function runsCommand(
  io: Io,
  flags: RunsFlags,
  outside: Outside = processOutside(io),
): Promise<number> {
  const nowMs = outside.clock.timeOfDay?.() ?? outside.clock.now();
  const { live, runs } = await find(io, flags, outside, nowMs);
  if (flags.json === true) printJson(io, { environment: flags.env ?? null, live, runs });
  else for (const line of linesOf(io, { live, runs, nowMs, env: flags.env })) printLine(io.stdout, line);
  return exitCode.fine;
}

interface Found {
  readonly live: readonly LiveRun[];
  readonly runs: readonly RunRecord[];
}

async function find(io: Io, flags: RunsFlags, outside: Outside, nowMs: number): Promise<Found> {
  const { env, experiment, limit = fewRuns } = flags;
  const isWanted = (run: { readonly experiment: string }) =>
    experiment === undefined || run.experiment === experiment;
  if (env === undefined) {
    const runs = await localRuns(projectRootOf(io.cwd));
    return { live: [], runs: runs.filter(isWanted).slice(0, limit) };
  }
  const environment = await openEnvironment(io, { ...flags, env }, outside);
  const index = createRunIndex({
    dynamo: environment.connection.clients.dynamo,
    table: environment.names.table,
    now: () => nowMs,
  });
  const live = (await index.live()).filter(isWanted);
  const runs =
    experiment === undefined ? await index.newest(limit) : await index.ofExperiment(experiment, limit);
  return { live, runs };
}

function linesOf(
  io: Io,
  found: Found & { readonly nowMs: number; readonly env: string | undefined },
): string[] {
  const { live, runs, nowMs, env } = found;
  const { bold, dim } = createColors(io.stdoutColours);
  const width = Math.max(0, ...[...live, ...runs].map(({ runId }) => runId.length));
  const since = (fromMs: number) => formatSeconds(Math.max(0, Math.round((nowMs - fromMs) / 1_000)));
  const rest = (io.stdoutColumns ?? Number.POSITIVE_INFINITY) - width - 16;
  const underWay = live.map(
    (run) => `  ${bold(run.runId.padEnd(width))}  ${liveWords(run)}, for ${since(run.startedAtMs)}`,
  );
  const ended = runs.flatMap(({ runId, verdict, summary, start, end }) => {
    const took = formatSeconds(Math.round((Date.parse(end) - Date.parse(start)) / 1_000));
    const word = paint([piece(verdict.padEnd(12), verdictLooks[verdict])], io.stdoutColours);
    return [
      `  ${word}  ${runId.padEnd(width)}  ${dim(`${since(Date.parse(end))} ago, took ${took}`)}`,
      `  ${' '.repeat(12)}  ${dim(clip(plainText(summary), Math.max(40, rest + width)))}`,
    ];
  });
  const where = env === undefined ? 'on this machine' : `in ${env}`;
  return [
    ...(live.length === 0 ? [] : [`Under way ${where}`, ...underWay, '']),
    ...(runs.length === 0 ? [`No run has ended ${where}.`] : [`Ended ${where}`, ...ended]),
    ...(env === undefined && runs.length > 0
      ? ['', dim('Those of an environment: steadfast runs --env <name>')]
      : []),
  ];
}
