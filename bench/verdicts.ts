import type { Asked, Benchmark } from './benchmark.ts';
import { classes } from './verdicts/classes.ts';
import { runAll, type Work } from './verdicts/run-all.ts';
import { summaryOf } from './verdicts/summary.ts';

const seedsOfClass = 200;

/** A benchmark ends within eight minutes: on a machine that is too slow or too busy, with fewer seeds of every class. */
const budgetMs = 450_000;

/** Two sets of seeds that have none in common: constants are chosen on one, and what is printed is measured on the other. */
const seedSets = { 'held-out': 1, tuning: 10_001 } as const;
type SeedSet = keyof typeof seedSets;

const isSeedSet = (text: unknown): text is SeedSet =>
  typeof text === 'string' && Object.hasOwn(seedSets, text);

/**
 * How often the judging is right about services whose truth is known: their parameters decide what each run deserves, never the
 * samples that it recorded. Against the verdicts that a single look before and after would give on the same runs.
 */
export const verdicts: Benchmark = {
  name: 'verdicts',
  title: 'how often verdicts are right about services of known truth, against a single look before and after',
  options: {
    seeds: { type: 'string', default: 'held-out' },
    class: { type: 'string' },
    seed: { type: 'string' },
  },
  run: async (tell, asked) => {
    const seeds = isSeedSet(asked['seeds']) ? asked['seeds'] : 'held-out';
    const work = workOf(asked, seeds);
    const startMs = performance.now();
    const outcomes = await runAll(work, budgetMs, (outcome, done) => {
      const { class: name, seed, label, verdict, finding } = outcome;
      if (label !== verdict)
        tell(
          `${name} --seed ${seed}: ${label} was found ${verdict}${finding === undefined ? '' : ` (${finding})`}`,
        );
      if (done % 200 === 0 || done === work.length) tell(`${done} of ${work.length} runs`);
    });
    if (outcomes.length === 0) throw new Error('not one run was judged in time');
    return {
      seeds,
      asked: work.length,
      ...summaryOf(outcomes),
      comparedWith:
        'one look right before the fault and one right after it, with a time-out of 2 s and the limits on single values: well before and after is held',
      seconds: Math.round((performance.now() - startMs) / 1_000),
    };
  },
};

/** All classes with a set of seeds, or those that were asked for. */
function workOf(asked: Asked, set: SeedSet): Work[] {
  const names = classes
    .map(({ name }) => name)
    .filter((name) => asked['class'] === undefined || asked['class'] === name);
  if (names.length === 0)
    throw new Error(
      `there is no class '${String(asked['class'])}'; there are ${classes.map(({ name }) => name).join(', ')}`,
    );
  const first = seedSets[set];
  const seeds =
    asked['seed'] === undefined
      ? Array.from({ length: seedsOfClass }, (_, index) => first + index)
      : [Number(asked['seed'])];
  // A seed of every class before the next: wherever the time is up, all classes have been seen alike.
  return seeds.flatMap((seed) => names.map((name) => ({ class: name, seed })));
}
