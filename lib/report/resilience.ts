import type { Verdict } from '../experiment/verdict.ts';
import type { RunRecord } from '../run/run-record.ts';

/** An experiment on a service, and what its runs have shown. */
export interface ExperimentRecord {
  readonly experiment: string;
  /** Its last run that says something about the system; absent where there is none. */
  readonly last?: {
    readonly runId: string;
    readonly verdict: Verdict;
    readonly at: string;
    readonly ageDays: number;
    readonly summary: string;
  };
  /** Verdicts of its runs that say something, the newest last; no more than the newest ten. */
  readonly history: readonly Verdict[];
  readonly trend: Trend;
  /** The time to recover of each of these runs, where it was measured, in seconds. */
  readonly recoverySeconds: readonly number[];
  /** The last run was of another definition than there is now. */
  readonly isOutdated: boolean;
}

/** `better`: it holds now, and did not before. `worse`: it held before, and does not now. */
type Trend = 'better' | 'worse' | 'steady' | 'unknown';

/** How a service has withstood what was tried on it. */
export interface ServiceRecord {
  readonly service: string;
  /** The worst of the last verdicts; absent where nothing was ever run. */
  readonly verdict?: Verdict;
  /** Days since the oldest of the last runs. */
  readonly ageDays?: number;
  readonly experiments: readonly ExperimentRecord[];
  /** What could be broken and no experiment tests, as words. */
  readonly untested: readonly string[];
}

/** What there is to know of a service before any run is looked at. */
export interface ServiceToTest {
  readonly service: string;
  /** The experiments that test it, with the hash of the definition that there is now. */
  readonly experiments: readonly { readonly id: string; readonly hash?: string }[];
  readonly untested: readonly string[];
}

/** So many runs back a trend is looked for. */
const lookBack = 10;

const dayMs = 86_400_000;

/** A run that never started says nothing about the system, and one that Steadfast lost says nothing either. */
const saysSomething = ({ verdict }: RunRecord): boolean => verdict !== 'rejected' && verdict !== 'errored';

/** From the worst to the best, as far as the system goes. */
const order: readonly Verdict[] = ['unrecovered', 'deviated', 'halted', 'inconclusive', 'held'];

/** What runs have shown of each service, from the index of runs in any order. */
export function resilienceOf(
  services: readonly ServiceToTest[],
  records: readonly RunRecord[],
  nowMs: number,
): readonly ServiceRecord[] {
  const byExperiment = Map.groupBy(records.filter(saysSomething), ({ experiment }) => experiment);
  return services.map(({ service, experiments, untested }) => {
    const known = experiments.map((one) => experimentRecord(one, byExperiment.get(one.id) ?? [], nowMs));
    const last = known.flatMap((one) => one.last ?? []);
    const worst = order.find((verdict) => last.some((one) => one.verdict === verdict));
    return {
      service,
      ...(worst === undefined ? {} : { verdict: worst }),
      ...(last.length === 0 ? {} : { ageDays: Math.max(...last.map(({ ageDays }) => ageDays)) }),
      experiments: known,
      untested,
    };
  });
}

function experimentRecord(
  { id, hash }: ServiceToTest['experiments'][number],
  records: readonly RunRecord[],
  nowMs: number,
): ExperimentRecord {
  const runs = records.toSorted((a, b) => Date.parse(a.start) - Date.parse(b.start)).slice(-lookBack);
  const last = runs.at(-1);
  const history = runs.map(({ verdict }) => verdict);
  return {
    experiment: id,
    ...(last === undefined
      ? {}
      : {
          last: {
            runId: last.runId,
            verdict: last.verdict,
            at: last.end,
            ageDays: Math.max(0, Math.floor((nowMs - Date.parse(last.end)) / dayMs)),
            summary: last.summary,
          },
        }),
    history,
    trend: trendOf(history),
    recoverySeconds: runs.flatMap(({ recoverySeconds }) => recoverySeconds ?? []),
    isOutdated: last?.hash !== undefined && hash !== undefined && last.hash !== hash,
  };
}

/** The last run held against the one before it that was not too short to say. */
function trendOf(history: readonly Verdict[]): Trend {
  const told = history.filter((verdict) => verdict !== 'inconclusive');
  const [before, now] = told.slice(-2);
  if (before === undefined || now === undefined) return 'unknown';
  const difference = order.indexOf(now) - order.indexOf(before);
  return difference > 0 ? 'better' : difference < 0 ? 'worse' : 'steady';
}
