import { iso } from '../iso.ts';
import type { Journal, JournalStage, TimelineEntry } from '../journal.ts';
import type { DescribedEnd } from './describe-end.ts';
import type { Ending } from './ending.ts';
import type { OwnExperiment, RunPlan, RunUnderWay } from './ports.ts';

/** The least that a journal holds: what was planned, what FIS says of it, and how it was ended. What the probes saw is not judged. */
export function journalOf(known: {
  readonly run: RunUnderWay;
  readonly ending: Ending;
  readonly plan: RunPlan;
  readonly experiments: readonly OwnExperiment[];
  readonly described: DescribedEnd;
  readonly samples: Journal['samples'];
}): Journal {
  const { run, ending, plan, experiments, described, samples } = known;
  const { experiment, environment, mode, pace, seed, gameDay, only } = plan;
  const { findings, digest } = described;
  const { start, end, verdict, summary } = digest;
  const faults = experiments.filter(({ skipsActions }) => !skipsActions);
  return {
    schemaVersion: 1,
    runId: run.runId,
    experiment,
    ...(only === undefined ? {} : { only }),
    ...(gameDay === undefined ? {} : { gameDay }),
    environment,
    mode,
    pace,
    seed,
    start,
    end,
    verdict,
    summary,
    findings: [...findings],
    checks: [],
    baseline: { probes: [], tolerances: [], windows: [] },
    stages: plan.stages.flatMap(({ templateId, label, faults: planned }) =>
      faults
        .filter((one) => one.templateId === templateId)
        .map((one) => stageOf(one, label, planned, ending)),
    ),
    rollbacks: Object.values(ending.rollbacks),
    timeline: timelineOf(ending, `Verdict: ${verdict}. ${summary}`),
    notes: [
      'The runner did not conclude this run. What its probes saw before is kept beside this journal, in observations/, and was not judged.',
    ],
    wouldHaveMissed: [],
    samples,
  };
}

function stageOf(
  experiment: OwnExperiment,
  label: string,
  faults: RunPlan['stages'][number]['faults'],
  ending: Ending,
): JournalStage {
  const wasStopped = ending.stopped.includes(experiment.id);
  const halt = {
    by: ending.by === 'person' ? ('person' as const) : ('steadfast' as const),
    reason: ending.how,
    at: iso(ending.sinceMs),
  };
  return {
    label,
    faults: [...faults],
    fisExperimentId: experiment.id,
    fisStatus: experiment.status,
    start: iso(experiment.startedAtMs),
    ...(wasStopped ? { end: iso(ending.faultsEndedMs ?? ending.sinceMs), halt } : {}),
    targets: [],
    tolerances: [],
    windows: [],
    bite: [],
  };
}

function timelineOf(ending: Ending, last: string): TimelineEntry[] {
  const { sinceMs, faultsEndedMs, how, stopped, rollbacks, endMs = sinceMs } = ending;
  const entries: TimelineEntry[] = [
    { at: iso(sinceMs), kind: 'note', text: `Found without its runner. ${how}` },
    ...stopped.map((id) => ({
      at: iso(sinceMs),
      kind: 'fault' as const,
      text: `FIS experiment ${id}: its end was asked for.`,
    })),
    ...(faultsEndedMs === undefined
      ? []
      : [
          { at: iso(faultsEndedMs), kind: 'fault' as const, text: 'None of its faults was active any more.' },
        ]),
    ...Object.values(rollbacks).map(({ at, name, result, detail }) => ({
      at,
      kind: 'rollback' as const,
      text: `Rollback ${name}: ${result}. ${detail}`,
    })),
    { at: iso(endMs), kind: 'verdict', text: last },
  ];
  return entries.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
