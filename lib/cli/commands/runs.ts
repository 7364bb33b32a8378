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
import { tableLines } from '../view/table-lines.ts';
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
  const since = (fromMs: number) => formatSeconds(Math.max(0, Math.round((nowMs - fromMs) / 1_000)));
  const underWay = live.map((run) => [
    { text: run.runId, paint: bold },
    { text: `${liveWords(run)}, for ${since(run.startedAtMs)}` },
  ]);
  const ended = tableLines(
    runs.map(({ runId, verdict, start, end }) => {
      const took = formatSeconds(Math.round((Date.parse(end) - Date.parse(start)) / 1_000));
      return [
        {
          text: verdict.padEnd(widestVerdict),
          paint: (text) => paint([piece(text, verdictLooks[verdict])], io.stdoutColours),
        },
        { text: runId },
        { text: `${since(Date.parse(end))} ago, took ${took}`, paint: dim },
      ];
    }),
    io.stdoutColumns,
  ).flatMap((lines, at) => [...lines, ...summaryLines(runs[at]?.summary ?? '', io)]);
  const where = env === undefined ? 'on this machine' : `in ${env}`;
  return [
    ...(live.length === 0
      ? []
      : [`Under way ${where}`, ...tableLines(underWay, io.stdoutColumns).flat(), '']),
    ...(runs.length === 0 ? [`No run has ended ${where}.`] : [`Ended ${where}`, ...ended]),
    ...(env === undefined && runs.length > 0
      ? ['', dim('Those of an environment: steadfast runs --env <name>')]
      : []),
  ];
}

/** `inconclusive` */
const widestVerdict = 12;

/** The reason below its run: in a narrow terminal whole, in a wide one cut to a line, so that runs stay easy to tell apart. */
function summaryLines(summary: string, { stdoutColumns, stdoutColours }: Io): string[] {
  const { dim } = createColors(stdoutColours);
  const text = plainText(summary);
  if (stdoutColumns === undefined) return [`  ${' '.repeat(widestVerdict)}  ${dim(text)}`];
  const room = stdoutColumns - widestVerdict - 4;
  return room >= 40 ? [`  ${' '.repeat(widestVerdict)}  ${dim(clip(text, room))}`] : [`    ${dim(text)}`];
}
