import type { Experiment } from '../experiment/experiment.ts';
import { type Verdict, worstVerdict } from '../experiment/verdict.ts';
import { withOnly } from '../plan/only-stage.ts';
import { inRhythm } from '../plan/rhythm.ts';
import type { Finding } from '../steady-state/finding.ts';
import { judge } from '../steady-state/judge.ts';
import type { Judgement } from '../steady-state/judge-phases.ts';
import type { Observation } from '../steady-state/observation.ts';
import type { Journal, JournalFinding } from './journal.ts';
import { mergeFindings } from './merge-findings.ts';
import { summarize } from './summary.ts';

/** What a record says when it is judged again. */
export interface JudgedRecord {
  readonly verdict: Verdict;
  /** The verdict and its reason, in one sentence. */
  readonly summary: string;
  /** The worst first. */
  readonly findings: readonly JournalFinding[];
  readonly judgement: Judgement;
}

/**
 * Judges what was recorded, by the code that a run concludes with.
 *
 * @param options.journal the record of the run that made the samples: what it knows beside them stands
 * @param options.other another definition is asked about than the one that ran
 * @param options.more what is to be said of the samples themselves, once they have been read
 */
export async function judgeRecord(options: {
  readonly read: () => AsyncIterable<Observation> | Iterable<Observation>;
  readonly experiment: Experiment;
  readonly journal?: Journal;
  readonly other?: boolean;
  readonly more?: () => readonly Finding[];
}): Promise<JudgedRecord> {
  const { read, journal, other = false } = options;
  const experiment =
    journal === undefined
      ? options.experiment
      : inRhythm(
          // Stages of a record are matched by their order, and this one holds one alone.
          journal.only === undefined ? options.experiment : withOnly(options.experiment, journal.only.stage),
          { ...journal, periodsMs: journal.periodsMs ?? {} },
        );
  const judgement = await judge(read, experiment, {
    ...(journal === undefined ? {} : { pace: journal.pace }),
    ...(journal?.leastRatePerSecond === undefined ? {} : { leastRatePerSecond: journal.leastRatePerSecond }),
  });
  const more = options.more?.() ?? [];
  const known = journal === undefined ? [] : knownOf(journal, other, judgement);
  const findings = mergeFindings({
    known,
    judgement: { ...judgement, findings: [...judgement.findings, ...more] },
    experiment,
    bites: (stage) => (stage === undefined ? [] : (journal?.stages[stage]?.bite ?? [])),
  });
  const verdict = worstVerdict(findings.map((finding) => finding.verdict));
  return { verdict, summary: summarize(verdict, findings), findings, judgement };
}

/** What a run's record knows beside its samples. What its own tolerances ended it for says nothing of another definition's. */
function knownOf(journal: Journal, other: boolean, judgement: Judgement): Finding[] {
  const known = journal.findings
    .filter((finding) => finding.recorded === true)
    .map((one): Finding => {
      const { recorded: _, ...finding } = one;
      return finding;
    });
  if (!other) return known;
  const cutShort = journal.stages.flatMap(({ halt, label }, stage): Finding[] =>
    halt?.by === 'watch' &&
    judgement.stages[stage]?.tolerances.every((one) => one.state !== 'missed') !== false
      ? [
          {
            code: 'cut-short',
            verdict: 'inconclusive',
            stage,
            message: `Stage ${label}: the fault was ended early for a tolerance of the definition that ran, so the rest of it was not seen.`,
          },
        ]
      : [],
  );
  const soaksCutShort = journal.stages.flatMap(({ soak, label }, stage): Finding[] =>
    soak?.halt?.by === 'watch' &&
    judgement.stages[stage]?.soak?.tolerances.every((one) => one.state !== 'missed') !== false
      ? [
          {
            code: 'cut-short',
            verdict: 'inconclusive',
            stage,
            message: `The soak after stage ${label} ended early for a tolerance of the definition that ran, so the rest of it was not seen.`,
          },
        ]
      : [],
  );
  const ofTolerances = ['tolerance-missed', 'soak-missed'];
  return [...known.filter(({ code }) => !ofTolerances.includes(code)), ...cutShort, ...soaksCutShort];
}
