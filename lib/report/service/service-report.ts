import { formatSeconds, inWords, plural } from '../format.ts';
import { countsOf, inOrder, type PastRun, startMsOf } from '../over-time/past-run.ts';
import { heldShift, recoveryShift } from '../over-time/shifts.ts';
import type { Unreadable } from '../over-time/unreadable.ts';
import { type ExperimentRecord, resilienceOf, type ServiceToTest } from '../resilience.ts';
import type { ServiceExperiment, ServicePeriod, ServiceReport } from './service-schema.ts';

/** What a service's report is made from. */
export interface ServicePast {
  readonly service: string;
  readonly environment?: string | undefined;
  readonly fromMs: number;
  readonly nowMs: number;
  /** The runs that touched the service in this time, in any order. */
  readonly runs: readonly PastRun[];
  /** What the project knows of it; absent where it names no such service. */
  readonly known?: ServiceToTest | undefined;
  /** Titles of experiments, by their ids. */
  readonly titles: ReadonlyMap<string, string>;
  readonly unreadable: readonly Unreadable[];
}

/** So many parts of the time are shown at most. */
const mostPeriods = 26;
const dayMs = 86_400_000;
const names = { earlier: 'in the earlier half', later: 'in the later half of this time' };

/** How a service has fared over a time, as data. */
export function serviceReport(past: ServicePast): ServiceReport {
  const { service, environment, fromMs, nowMs, known, unreadable } = past;
  const runs = inOrder(past.runs.filter((run) => startMsOf(run) >= fromMs && startMsOf(run) < nowMs));
  const ids = new Set([
    ...(known?.experiments ?? []).map(({ id }) => id),
    ...runs.map(({ experiment }) => experiment),
  ]);
  const toTest: ServiceToTest = {
    service,
    untested: known?.untested ?? [],
    experiments: [...ids].map((id) => known?.experiments.find((one) => one.id === id) ?? { id }),
  };
  const [record] = resilienceOf([toTest], runs, nowMs);
  const byExperiment = Map.groupBy(runs, ({ experiment }) => experiment);
  const experiments = (record?.experiments ?? [])
    .map((one) => experimentOf(one, byExperiment.get(one.experiment) ?? [], past.titles))
    .toSorted((a, b) => Number(b.runs.runs > 0) - Number(a.runs.runs > 0));
  const middleMs = (fromMs + nowMs) / 2;
  const isEarly = (run: PastRun) => startMsOf(run) < middleMs;
  const halves = [runs.filter(isEarly), runs.filter((run) => !isEarly(run))] as const;
  const report: Omit<ServiceReport, 'summary'> = {
    schemaVersion: 1,
    report: 'service',
    service,
    ...(environment === undefined ? {} : { environment }),
    from: new Date(fromMs).toISOString(),
    to: new Date(nowMs).toISOString(),
    ...(record?.verdict === undefined ? {} : { verdict: record.verdict }),
    counts: countsOf(runs),
    held: heldShift(...halves, names),
    recovery: recoveryShift(...halves, names),
    experiments,
    periods: periodsOf(runs, fromMs, nowMs),
    runs: runs.toReversed().map(shortOf),
    ...(known === undefined ? {} : { untested: [...known.untested] }),
    notes: notesOf(runs, experiments),
    unreadable: [...unreadable],
  };
  return { ...report, summary: summaryOf(report) };
}

function experimentOf(
  { experiment, last, history, trend, isOutdated }: ExperimentRecord,
  runs: readonly PastRun[],
  titles: ReadonlyMap<string, string>,
): ServiceExperiment {
  const title = titles.get(experiment) ?? runs.findLast((run) => run.title !== undefined)?.title;
  return {
    id: experiment,
    ...(title === undefined ? {} : { title }),
    runs: countsOf(runs),
    ...(last === undefined ? {} : { last }),
    history: [...history],
    trend,
    definitions: new Set(runs.flatMap(({ hash }) => hash ?? [])).size,
    isOutdated,
  };
}

/** Equal parts of whole days, no more than can be told apart. */
function periodsOf(runs: readonly PastRun[], fromMs: number, nowMs: number): ServicePeriod[] {
  const days = Math.max(1, Math.ceil((nowMs - fromMs) / dayMs));
  const lengthMs = Math.ceil(days / mostPeriods) * dayMs;
  const count = Math.max(1, Math.ceil((nowMs - fromMs) / lengthMs));
  const byPeriod = Map.groupBy(runs, (run) => Math.floor((startMsOf(run) - fromMs) / lengthMs));
  return Array.from({ length: count }, (_, index) => ({
    from: new Date(fromMs + index * lengthMs).toISOString(),
    to: new Date(Math.min(nowMs, fromMs + (index + 1) * lengthMs)).toISOString(),
    runs: countsOf(byPeriod.get(index) ?? []),
  }));
}

const shortOf = ({
  runId,
  experiment,
  environment,
  verdict,
  summary,
  start,
  end,
  recoverySeconds,
}: PastRun) => ({
  runId,
  experiment,
  environment,
  verdict,
  summary,
  start,
  end,
  ...(recoverySeconds === undefined ? {} : { recoverySeconds }),
});

/** What a reader who adds these runs up must know. */
function notesOf(runs: readonly PastRun[], experiments: readonly ServiceExperiment[]): string[] {
  const places = [...new Set(runs.map(({ environment }) => environment))];
  const paces = [...new Set(runs.flatMap(({ pace }) => pace ?? []))];
  const edited = experiments.filter(({ definitions }) => definitions > 1).map(({ id }) => id);
  return [
    ...(places.length > 1 ? [`These runs are of more than one place: ${inWords(places)}.`] : []),
    ...(paces.length > 1
      ? [`Times were paced differently (${inWords(paces.map(String))}): times to recover are not alike.`]
      : []),
    ...(edited.length > 0
      ? [
          `The definition was changed in this time of ${inWords(edited)}: earlier runs did not test quite the same.`,
        ]
      : []),
  ];
}

function summaryOf({
  counts,
  experiments,
  from,
  to,
}: Pick<ServiceReport, 'counts' | 'experiments' | 'from' | 'to'>): string {
  const time = formatSeconds((Date.parse(to) - Date.parse(from)) / 1_000);
  const days = Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
  const within = days < 2 ? time : plural(days, 'day');
  if (counts.runs === 0) return `Nothing was run on it in ${within}: nobody knows how it would fare.`;
  const parts = [
    counts.held > 0 && `it held ${times(counts.held)}`,
    counts.notHeld > 0 && `it did not ${times(counts.notHeld)}`,
    counts.open > 0 && `${plural(counts.open, 'run')} could not tell`,
    counts.notRun > 0 && `${plural(counts.notRun, 'run')} never got that far`,
  ].filter((part) => part !== false);
  const broken = experiments.filter(
    ({ last }) => last?.verdict === 'deviated' || last?.verdict === 'unrecovered',
  );
  const now =
    broken.length === 0
      ? ''
      : ` As things stand this does not hold: ${inWords(broken.map(({ id, title }) => `“${title ?? id}”`))}.`;
  return `In ${within} there were ${plural(counts.runs, 'run')} of ${plural(counts.experiments, 'experiment')}: ${inWords(parts)}.${now}`;
}

const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);
