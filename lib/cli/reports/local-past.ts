import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { messageOf } from '../../experiment/steadfast-error.ts';
import { verdictSchema } from '../../experiment/verdict.ts';
import { runFiles } from '../../rehearsal/file-run-store.ts';
import { type PastRun, startMsOf } from '../../report/over-time/past-run.ts';
import type { Unreadable } from '../../report/over-time/unreadable.ts';
import { jsonText } from '../../run/json-text.ts';
import { recordOf } from '../../run/run-record.ts';
import type { Io } from '../io.ts';
import { pathFor } from '../tell-result.ts';
import type { Past, Span } from './past.ts';

/** So many journals are read at once. */
const atOnce = 8;

const time = z.iso.datetime();
const selector = z.object({ selector: z.optional(z.object({ service: z.optional(z.string()) })) });
const definitionSchema = z.object({ faults: z.record(z.string(), selector) });

/** As much of a journal as is told of many: to look through every window of a thousand runs takes minutes. */
const shortJournalSchema = z.object({
  schemaVersion: z.literal(1),
  runId: z.string(),
  experiment: z.object({ id: z.string(), title: z.string(), hash: z.string(), definition: z.unknown() }),
  environment: z.object({ id: z.string(), production: z.boolean() }),
  pace: z.number(),
  verdict: verdictSchema,
  summary: z.string(),
  findings: z.array(z.object({ code: z.string(), message: z.string(), hint: z.optional(z.string()) })),
  start: time,
  end: time,
  stages: z.array(
    z.object({
      start: z.optional(time),
      end: z.optional(time),
      faults: z.array(z.object({ action: z.string() })),
      tolerances: z.array(z.object({ state: z.string(), detectedSeconds: z.optional(z.number()) })),
      bite: z.array(z.object({ bit: z.optional(z.boolean()) })),
    }),
  ),
  recovery: z.optional(z.object({ seconds: z.optional(z.number()) })),
  wouldHaveMissed: z.array(z.string()),
});

type ShortJournal = z.output<typeof shortJournalSchema>;

const withVersion = z.object({ schemaVersion: z.number() });

/** The run of a journal, as reports of many have it. @throws Error that says why it is none */
export function pastRunIn(text: string): PastRun {
  const read = jsonText.safeParse(text.replace(/^\uFEFF/, ''));
  if (!read.success) throw new Error('it is no JSON');
  const journal = shortJournalSchema.safeParse(read.data);
  if (journal.success) return pastRunOf(journal.data);
  const version = withVersion.safeParse(read.data).data?.schemaVersion ?? 1;
  if (version !== 1)
    throw new Error(`it is a journal of version ${version}, and this Steadfast reads version 1`);
  const [issue] = journal.error.issues;
  throw new Error(`it is no journal: ${issue?.path.join('.') || 'the whole'}: ${issue?.message}`);
}

function pastRunOf(journal: ShortJournal): PastRun {
  const { experiment, findings, summary, wouldHaveMissed, pace } = journal;
  const hint =
    findings.find(({ message }) => message === summary)?.hint ?? findings.find((one) => one.hint)?.hint;
  return {
    ...recordOf(journal, servicesOf(experiment.definition)),
    title: experiment.title,
    pace,
    ...(hint === undefined ? {} : { hint }),
    ...(wouldHaveMissed.length === 0 ? {} : { blind: wouldHaveMissed }),
  };
}

/** The services that its faults select; where one selects by tags alone the definition does not say. */
function servicesOf(definition: unknown): string[] {
  const faults = Object.values(definitionSchema.safeParse(definition).data?.faults ?? {});
  return [...new Set(faults.flatMap((fault) => fault.selector?.service ?? []))];
}

/** The runs of a time whose folders lie in a folder. What cannot be read is told of, whenever it was. */
export async function localPast(io: Io, folder: string, { fromMs, toMs }: Span): Promise<Past> {
  const names = (await readdir(folder).catch((): string[] => [])).toSorted();
  const runs: PastRun[] = [];
  const unreadable: Unreadable[] = [];
  const next = names.values();
  const readOn = async () => {
    for (const name of next) {
      const file = join(folder, name, runFiles.journal);
      const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => cause);
      if (typeof text !== 'string') {
        // A rehearsal that was interrupted has a folder and no journal; what is no folder is no run.
        if (text.code !== 'ENOENT' && text.code !== 'ENOTDIR')
          unreadable.push({ what: pathFor(io, file), why: messageOf(text) });
        continue;
      }
      try {
        runs.push(pastRunIn(text));
      } catch (cause) {
        unreadable.push({ what: pathFor(io, file), why: messageOf(cause) });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, readOn));
  return {
    runs: runs.filter((run) => startMsOf(run) >= fromMs && startMsOf(run) < toMs),
    unreadable: unreadable.toSorted((a, b) => a.what.localeCompare(b.what)),
    unknown: [],
  };
}
