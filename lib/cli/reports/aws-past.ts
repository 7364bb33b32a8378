import type { RunFiles } from '../../aws/command/run-files.ts';
import { messageOf } from '../../experiment/steadfast-error.ts';
import { runFiles } from '../../rehearsal/file-run-store.ts';
import { bearingOf, inOrder, type PastRun, startMsOf } from '../../report/over-time/past-run.ts';
import type { OpenEnvironment } from '../aws/environment.ts';
import { pastRunIn } from './local-past.ts';
import type { Past, Span } from './past.ts';

/** So many journals are read for how to mend what broke: the newest of each experiment. */
const mostJournals = 25;

/** The runs of a time that an environment's index holds. */
export async function awsPast({ names, connection }: OpenEnvironment, { fromMs, toMs }: Span): Promise<Past> {
  const { createRunIndex } = await import('../../aws/command/run-index.ts');
  const index = createRunIndex({ dynamo: connection.clients.dynamo, table: names.table, now: () => toMs });
  const months = await Promise.all(
    monthsOf(fromMs, toMs).map(async (month) => ({ month, ...(await index.ofMonth(month)) })),
  );
  return {
    runs: months
      .flatMap(({ runs }) => runs)
      .filter((run) => startMsOf(run) >= fromMs && startMsOf(run) < toMs),
    unreadable: months
      .filter(({ unreadable }) => unreadable > 0)
      .map(({ month, unreadable }) => ({
        what: `the index of runs, ${month}`,
        why: `${unreadable} of its entries say nothing that this Steadfast can read`,
      })),
    unknown: [],
  };
}

/** The months of UTC that a time touches: `2026-04`. */
function monthsOf(fromMs: number, toMs: number): string[] {
  const from = new Date(fromMs);
  const months: string[] = [];
  for (let step = 0; ; step += 1) {
    const first = Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + step, 1);
    if (first >= toMs) return months;
    months.push(new Date(first).toISOString().slice(0, 7));
  }
}

/** Adds what the journals know of how to mend what did not hold, or could not tell: of the newest such run of each experiment. */
export async function withLessons(past: Past, environment: OpenEnvironment): Promise<Past> {
  const wanted = lessonsIn(past.runs);
  if (wanted.length === 0) return past;
  const { createRunFiles } = await import('../../aws/command/run-files.ts');
  const { connection, names } = environment;
  const learnt = new Map<string, PastRun>();
  let missing = 0;
  for (const { runId } of wanted) {
    const files = createRunFiles({ s3: connection.clients.s3, bucket: names.bucket, runId });
    try {
      const run = await lessonOf(files);
      if (run !== undefined) learnt.set(runId, run);
    } catch (cause) {
      // Without the right to read journals the report says less, and says so.
      const why = `How to mend what broke is not known: ${messageOf(cause)}.`;
      return { ...past, unknown: [...past.unknown, why] };
    }
    if (!learnt.has(runId)) missing += 1;
  }
  return {
    ...past,
    runs: past.runs.map((run) => {
      const { title, hint, blind } = learnt.get(run.runId) ?? {};
      return { ...run, ...(title && { title }), ...(hint && { hint }), ...(blind && { blind }) };
    }),
    unknown: [
      ...past.unknown,
      ...(missing > 0
        ? [
            `Of ${missing} ${missing === 1 ? 'run' : 'runs'} there is no journal that can be read, so that how to mend what broke may be missing.`,
          ]
        : []),
    ],
  };
}

function lessonsIn(runs: readonly PastRun[]): readonly PastRun[] {
  const silent = runs.filter((run) => bearingOf(run) === 'not-held' || bearingOf(run) === 'open');
  const newest = new Map(inOrder(silent).map((run) => [`${run.experiment} ${bearingOf(run)}`, run]));
  return inOrder([...newest.values()]).slice(-mostJournals);
}

/** What a journal knows; undefined where there is none that can be read. */
async function lessonOf(files: RunFiles): Promise<PastRun | undefined> {
  const text = await files.read(runFiles.journal);
  if (text === undefined) return undefined;
  try {
    return pastRunIn(text);
  } catch {
    return undefined;
  }
}
