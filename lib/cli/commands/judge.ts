import { dirname, join, resolve } from 'node:path';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { runFiles } from '../../rehearsal/file-run-store.ts';
import { renderSummary } from '../../report/summary.ts';
import { iso } from '../../run/iso.ts';
import type { Journal } from '../../run/journal.ts';
import { type JudgedRecord, judgeRecord } from '../../run/judge-record.ts';
import type { Finding } from '../../steady-state/finding.ts';
import { sampleFindings } from '../../steady-state/sample-findings.ts';
import { exitCode, exitCodeOf } from '../exit-code.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { type AskedExperiment, askedExperiment, experimentOfJournal } from '../judge/asked-experiment.ts';
import { sizeOfFile } from '../judge/file-lines.ts';
import { holdsJournal, openSamplesOf, readJournal } from '../judge/read-journal.ts';
import { openSampleFile, type SampleFile } from '../judge/sample-file.ts';
import { toldJudged } from '../judge/told-judged.ts';
import type { PipelineFlags } from '../pipeline/flags.ts';
import { openResults } from '../pipeline/results.ts';
import { pathText, printError, problemJson } from '../print-problems.ts';
import { paintSummary } from '../view/paint-summary.ts';

export interface JudgeFlags extends PipelineFlags {
  readonly experiment?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Judges a journal again, or bare samples by a definition; the exit code is the verdict's. Nothing is run or looked up. */
export async function judgeCommand(io: Io, argument: string, flags: JudgeFlags): Promise<number> {
  try {
    // Its samples lie beside a journal.
    const beside = join(dirname(argument), runFiles.samples);
    const results = await openResults(io, flags, [argument, beside, flags.experiment]);
    const asked = await open(io, argument, flags);
    const { samples, journal, experiment } = asked;
    const record = await judgeRecord({
      read: samples.read,
      experiment: experiment.parsed,
      other: journal !== undefined && experiment.hash !== journal.experiment.hash,
      ...(journal === undefined
        ? { more: () => sampleFindings(samples.survey, samples.repeated()) }
        : { journal }),
    });
    const notes = notesOf(asked, record);
    if (flags.json === true) printJson(io, documentOf(asked, record, notes));
    else tell(io, record, notes);
    return await results.ofOne(toldJudged(asked, record));
  } catch (cause) {
    if (flags.json !== true || !(cause instanceof SteadfastError)) throw cause;
    const code = exitCodeOf(cause.code);
    if (code !== exitCode.refused) throw cause;
    printJson(io, refusal(cause));
    printError(io, cause);
    return code;
  }
}

interface Asked {
  readonly samples: SampleFile;
  readonly experiment: AskedExperiment;
  readonly journal?: Journal;
}

async function open(io: Io, argument: string, flags: JudgeFlags): Promise<Asked> {
  const file = resolve(io.cwd, argument);
  await sizeOfFile(file, argument);
  if (await holdsJournal(file)) {
    const journal = await readJournal(file, argument);
    const experiment =
      flags.experiment === undefined
        ? experimentOfJournal(journal, argument)
        : await askedExperiment(flags.experiment, io.cwd);
    return { journal, experiment, samples: await openSamplesOf(journal, file, argument) };
  }
  if (flags.experiment === undefined) {
    throw new SteadfastError(
      'invalid',
      `${argument} holds samples alone, which say nothing of what was expected`,
      {
        hint: `name the definition to judge by: steadfast judge ${argument} --experiment FILE`,
      },
    );
  }
  const experiment = await askedExperiment(flags.experiment, io.cwd);
  return { experiment, samples: await openSampleFile(file, { shown: argument, asRun: false }) };
}

/** Worth knowing, without a bearing on the verdict. */
function notesOf({ samples, experiment, journal }: Asked, { verdict }: JudgedRecord): string[] {
  const probes = Object.keys(experiment.parsed.steadyState);
  const unknown = [...samples.survey.probes].filter(([probe]) => !probes.includes(probe));
  return [
    ...unknown
      .slice(0, 10)
      .map(
        ([probe, count]) =>
          `${count} ${count === 1 ? 'sample' : 'samples'} of '${probe}' counted for nothing: the experiment has no such probe (it has ${probes.join(', ')}).`,
      ),
    ...(journal === undefined || journal.verdict === verdict
      ? []
      : [`The run itself concluded with ${journal.verdict}.`]),
  ];
}

function tell(
  io: Io,
  { verdict, summary, findings, judgement }: JudgedRecord,
  notes: readonly string[],
): void {
  const { baseline, stages, recovery } = judgement;
  const lines = renderSummary({
    verdict,
    summary,
    baseline: baseline ?? { probes: [], tolerances: [], windows: [] },
    stages: stages.map((stage) => ({ ...stage, end: iso(stage.endMs) })),
    recovery,
  });
  for (const line of paintSummary(lines, verdict, io.stdoutColours, io.stdoutColumns))
    printLine(io.stdout, line);
  const others = findings.filter(({ message }) => message !== summary);
  if (others.length > 0) printLine(io.stdout);
  for (const { verdict: worth, message } of others) printLine(io.stdout, `${worth}: ${message}`);
  if (notes.length > 0) printLine(io.stdout);
  for (const note of notes) printLine(io.stdout, `Note: ${note}`);
}

function documentOf({ journal, experiment }: Asked, record: JudgedRecord, notes: readonly string[]) {
  const { verdict, summary, findings, judgement } = record;
  const { baseline, power, stages, recovery, wouldHaveMissed } = judgement;
  return {
    verdict,
    summary,
    findings,
    experiment: { id: experiment.parsed.id, hash: experiment.hash },
    /** The run that was judged again, and what it concluded with. */
    run: journal === undefined ? null : { runId: journal.runId, verdict: journal.verdict },
    baseline:
      baseline === undefined
        ? null
        : {
            start: iso(baseline.startMs),
            end: iso(baseline.endMs),
            probes: baseline.probes,
            tolerances: baseline.tolerances,
          },
    power,
    stages: stages.map(({ label, startMs, endMs, bite, tolerances }) => ({
      label,
      start: iso(startMs),
      end: iso(endMs),
      bite: bite ?? null,
      tolerances,
    })),
    recovery: recovery === undefined ? null : withoutWindows(recovery),
    wouldHaveMissed,
    notes,
  };
}

function withoutWindows<R extends { readonly windows: unknown }>(recovery: R) {
  const { windows: _, ...rest } = recovery;
  return rest;
}

/** What cannot be judged is rejected: each problem is a finding. */
function refusal({ message, hint, problems }: SteadfastError) {
  const finding = (text: string, mend: string | undefined): Finding => ({
    code: 'rejected-invalid',
    verdict: 'rejected',
    rejection: 'invalid',
    message: text.endsWith('.') ? text : `${text}.`,
    ...(mend === undefined ? {} : { hint: mend }),
  });
  const findings =
    problems.length === 0
      ? [finding(message, hint)]
      : problems.map(({ line, path, message: what, hint: mend }) => {
          const place = [line === undefined ? '' : `Line ${line}`, pathText(path)].filter(Boolean).join(', ');
          return finding(place === '' ? what : `${place}: ${what}`, mend ?? hint);
        });
  return {
    verdict: 'rejected',
    summary: `${message}.`,
    findings,
    baseline: null,
    stages: [],
    recovery: null,
    problems: problems.map(problemJson),
    notes: [],
  };
}
