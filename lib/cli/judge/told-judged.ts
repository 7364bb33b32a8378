import { barelyTold, type ToldRun, type ToldStage, toldRunOf } from '../../report/told-run.ts';
import { iso } from '../../run/iso.ts';
import type { Journal } from '../../run/journal.ts';
import type { JudgedRecord } from '../../run/judge-record.ts';
import type { AskedExperiment } from './asked-experiment.ts';

type Judged = JudgedRecord['judgement']['stages'][number];

/** What a record says when it is judged, for pipelines: as it is judged now, beside what the run itself knows. */
export function toldJudged(
  asked: { readonly experiment: AskedExperiment; readonly journal?: Journal },
  { verdict, summary, findings, judgement }: JudgedRecord,
): ToldRun {
  const { journal, experiment } = asked;
  const { id, title, hypothesis } = experiment.parsed;
  const { baseline, stages, recovery } = judgement;
  const next = verdict === 'held' ? undefined : 'mend what the finding names, then run it and judge it again';
  const told = { experiment: { id, title, hypothesis }, verdict, summary, findings: [...findings] };
  const run = journal === undefined ? barelyTold(told) : { ...toldRunOf(journal, next), ...told };
  return {
    ...run,
    next,
    ...(baseline === undefined ? {} : { baseline }),
    recovery,
    stages: stages.map((stage, index) => ({ ...known(stage, journal?.stages[index]), ...judged(stage) })),
  };
}

const judged = ({ label, tolerances, windows, startMs, endMs }: Judged) => ({
  label,
  tolerances,
  windows,
  start: iso(startMs),
  end: iso(endMs),
});

/** What samples do not tell of a stage; of bare ones the mark at its end says whether the fault bit. */
function known({ bite }: Judged, recorded: Journal['stages'][number] | undefined): Partial<ToldStage> {
  if (recorded !== undefined) return recorded;
  return {
    bite: [
      {
        fault: 'recorded',
        ...(bite === undefined ? {} : { bit: bite }),
        evidence: bite === undefined ? 'the mark at its end does not say' : 'the mark at its end says so',
      },
    ],
  };
}
