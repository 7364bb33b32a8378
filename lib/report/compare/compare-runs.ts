import { experimentSchema } from '../../experiment/experiment.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { Verdict } from '../../experiment/verdict.ts';
import type { Json } from '../../plan/canonical-json.ts';
import type { Journal } from '../../run/journal.ts';
import { type RecoveryRule, recoveryRule } from '../../steady-state/recovery/recovery-rule.ts';
import { formatSeconds, inWords, plural } from '../format.ts';
import { compareFigures } from './compare-figures.ts';
import type { Change, ComparedFigure, Comparison } from './comparison-schema.ts';
import { definitionChanges } from './definition-changes.ts';
import { unlikeness } from './unlike.ts';

/**
 * Holds a run against an earlier one of the same experiment: what changed, and whether that is shown. What counts as alike is the
 * experiment's own rule for recovery, as the second run's definition has it; bounds are those that the runs were judged by.
 *
 * @throws SteadfastError `invalid` for runs of different experiments, or twice the same run
 */
export function compareRuns(before: Journal, after: Journal): Comparison {
  refuseOthers(before, after);
  const figures = compareFigures(before, after, ruleOf(after));
  const verdict = verdictChange(before.verdict, after.verdict);
  const recovery = recoveryChange(before, after);
  const unlike = unlikeness(before, after);
  const outcome = outcomeOf([verdict.change, recovery.change, ...figures.map(({ change }) => change)]);
  return {
    schemaVersion: 1,
    report: 'comparison',
    experiment: { id: after.experiment.id, title: after.experiment.title },
    outcome,
    summary: [...likeness(unlike), ...summaryOf(figures), verdict.reason].join(' '),
    before: runOf(before),
    after: runOf(after),
    unlike,
    definition: definitionChanges(jsonOf(before), jsonOf(after)),
    verdict,
    figures,
    recovery,
    findings: { gone: findingsBeyond(before, after), added: findingsBeyond(after, before) },
  };
}

function refuseOthers(before: Journal, after: Journal): void {
  const [was, is] = [before.experiment.id, after.experiment.id];
  if (was !== is) {
    throw new SteadfastError('invalid', `the first run is of '${was}', the second of '${is}'`, {
      hint: 'two runs can be compared where both are of one experiment: what differs would be the experiments',
    });
  }
  if (before.runId === after.runId) {
    throw new SteadfastError('invalid', `both are the run ${after.runId}: there is nothing to compare`, {
      hint: 'name two runs; steadfast runs lists them',
    });
  }
}

const jsonOf = ({ experiment }: Journal): Json => experiment.definition;

/** What counts as alike where the definition is one that this version cannot read any more: the defaults. */
function ruleOf({ experiment, pace }: Journal): RecoveryRule {
  const parsed = experimentSchema.safeParse(experiment.definition);
  return recoveryRule(parsed.success ? parsed.data.recovery : { objective: { ms: 0, text: '0s' } }, pace);
}

const runOf = ({ runId, environment, mode, pace, experiment, start, end, verdict, summary }: Journal) => ({
  runId,
  environment: environment.id,
  mode,
  pace,
  hash: experiment.hash,
  start,
  end,
  verdict,
  summary,
});

/** Verdicts that say how the system fared, from the worst to the best. */
const telling: readonly Verdict[] = ['unrecovered', 'deviated', 'held'];

function verdictChange(was: Verdict, is: Verdict): Comparison['verdict'] {
  const silent = [was, is].find((verdict) => !telling.includes(verdict));
  const words = was === is ? `The verdict was ${is} both times` : `The verdict went from ${was} to ${is}`;
  if (silent !== undefined)
    return { change: 'unknown', reason: `${words}; ${silent} does not say how the system fared.` };
  const step = telling.indexOf(is) - telling.indexOf(was);
  return { change: step > 0 ? 'better' : step < 0 ? 'worse' : 'alike', reason: `${words}.` };
}

function recoveryChange({ recovery: was }: Journal, { recovery: is }: Journal): Comparison['recovery'] {
  const times = {
    ...(was?.seconds === undefined ? {} : { before: was.seconds }),
    ...(is?.seconds === undefined ? {} : { after: is.seconds }),
  };
  if (was?.met === true && is?.met === false)
    return { ...times, change: 'worse', reason: 'It came in time, and does not any more.' };
  if (was?.met === false && is?.met === true)
    return { ...times, change: 'better', reason: 'It did not come in time, and does now.' };
  const words = [was, is].map((one) =>
    one?.seconds === undefined ? 'not seen' : `after ${formatSeconds(one.seconds)}`,
  );
  return {
    ...times,
    change: 'unknown',
    reason: `Back ${words.join(', then ')}: each run has one time alone, which has no bounds.`,
  };
}

/** What nobody can tell makes nothing alike; a time of recovery never tells more than whether it was in time. */
function outcomeOf([verdict, recovery, ...figures]: readonly (Change | undefined)[]): Comparison['outcome'] {
  const all = [verdict, recovery, ...figures];
  if (all.includes('worse')) return all.includes('better') ? 'mixed' : 'worse';
  if (all.includes('better')) return 'better';
  const isAlike = figures.length > 0 && [verdict, ...figures].every((change) => change === 'alike');
  return isAlike ? 'alike' : 'not-shown';
}

/** Whoever reads the summary alone must have read this. */
const likeness = (unlike: readonly string[]): string[] =>
  unlike.length === 0 ? [] : [`Not like for like, in ${plural(unlike.length, 'way')}.`];

function summaryOf(figures: readonly ComparedFigure[]): string[] {
  if (figures.length === 0) return ['Neither run got as far as to judge anything.'];
  const count = (change: Change) => figures.filter((one) => one.change === change).length;
  const counts = [
    ...(['worse', 'better', 'alike'] as const)
      .filter((change) => count(change) > 0)
      .map((change) => `${count(change)} ${count(change) === 1 ? 'is' : 'are'} ${change}`),
    ...(count('unknown') === 0 ? [] : [`of ${count('unknown')} nobody can tell`]),
  ];
  return [`Of ${plural(figures.length, 'figure')} ${inWords(counts)}.`];
}

const findingsBeyond = (one: Journal, other: Journal) =>
  one.findings
    .filter(
      ({ code, message }) => !other.findings.some((has) => has.code === code && has.message === message),
    )
    .map(({ verdict, code, message }) => ({ verdict, code, message }));
