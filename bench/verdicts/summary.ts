import type { Verdict } from '../../lib/experiment/verdict.ts';
import { rounded } from '../benchmark.ts';
import type { Outcome } from './run-one.ts';

/** How many misjudged runs are named: enough to see a pattern, few enough to print. */
const mostMisses = 40;

type Counts = Partial<Record<Verdict, number>>;

/** Accuracy to four digits: 0.9958. */
const shareOf = (several: readonly Outcome[], holds: (one: Outcome) => boolean): number =>
  rounded(several.filter(holds).length / Math.max(1, several.length), 4);

const falseHeld = ({ label }: Outcome, verdict: Verdict): boolean => verdict === 'held' && label !== 'held';

/** Of each label, how many runs were given each verdict. */
function confusionOf(
  outcomes: readonly Outcome[],
  verdictOf: (one: Outcome) => Verdict,
): Partial<Record<Verdict, Counts>> {
  const confusion: Partial<Record<Verdict, Counts>> = {};
  for (const one of outcomes) {
    const verdict = verdictOf(one);
    const counts = confusion[one.label] ?? {};
    counts[verdict] = (counts[verdict] ?? 0) + 1;
    confusion[one.label] = counts;
  }
  return confusion;
}

/** What a set of runs says of the judging. */
export function summaryOf(outcomes: readonly Outcome[]) {
  const misses = outcomes.filter(({ label, verdict }) => verdict !== label);
  const singleSample = (one: Outcome) => one.singleSample;
  return {
    accuracy: shareOf(outcomes, ({ label, verdict }) => verdict === label),
    falseHeld: outcomes.filter((one) => falseHeld(one, one.verdict)).length,
    classes: new Set(outcomes.map((one) => one.class)).size,
    runs: outcomes.length,
    samples: outcomes.reduce((sum, { samples }) => sum + samples, 0),
    confusion: confusionOf(outcomes, ({ verdict }) => verdict),
    singleSampleAccuracy: shareOf(outcomes, ({ label, singleSample: verdict }) => verdict === label),
    singleSampleFalseHeld: outcomes.filter((one) => falseHeld(one, one.singleSample)).length,
    singleSampleConfusion: confusionOf(outcomes, singleSample),
    byClass: byClass(outcomes),
    misses: misses.slice(0, mostMisses).map(({ class: name, seed, label, verdict, finding }) => ({
      class: name,
      seed,
      label,
      verdict,
      ...(finding === undefined ? {} : { finding: finding.slice(0, 300) }),
    })),
  };
}

function byClass(outcomes: readonly Outcome[]) {
  const groups = Object.groupBy(outcomes, (one) => one.class);
  return Object.entries(groups).map(([name, several = []]) => ({
    class: name,
    runs: several.length,
    accuracy: shareOf(several, ({ label, verdict }) => verdict === label),
    falseHeld: several.filter((one) => falseHeld(one, one.verdict)).length,
    singleSampleAccuracy: shareOf(several, ({ label, singleSample }) => singleSample === label),
    confusion: confusionOf(several, ({ verdict }) => verdict),
  }));
}
