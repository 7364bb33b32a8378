import { type Asked, type Benchmark, quantile } from './benchmark.ts';
import { type Case, errorOf } from './exhaustion/case.ts';
import { allCases } from './exhaustion/cases.ts';
import { paths } from './exhaustion/paths.ts';
import { type Outcome, play } from './exhaustion/play.ts';
import { type Item, runAll, type Told } from './exhaustion/run-all.ts';
import { synthesizeSubject } from './exhaustion/subject.ts';

/** How many cases are played where nobody says how many: some dozen for every Task of every path. */
const usualCases = 1_000;

/** A benchmark ends within eight minutes: on a machine that is too slow or too busy, with fewer cases of every Task. */
const budgetMs = 450_000;

interface Counted {
  cases: number;
  leaks: number;
  /** How many were played without the independent stop, too. */
  compared: number;
  leaksWithoutStop: number;
}

/**
 * A run dies in every way that it can, at every Task and every retry of every path; then the account is looked at, long afterwards.
 * Against the same cases without what ends runs from outside.
 */
export const exhaustion: Benchmark = {
  name: 'exhaustion',
  title: 'what is left of runs that die in every way they can, against the same without the independent stop',
  options: {
    cases: { type: 'string' },
    from: { type: 'string' },
    case: { type: 'string' },
    uncompared: { type: 'boolean' },
  },
  run: async (tell, asked) => {
    const startMs = performance.now();
    const machines = synthesizeSubject();
    const undisturbed: (Outcome & { readonly path: string })[] = [];
    for (const { name } of paths) undisturbed.push({ path: name, ...(await play(machines, { path: name })) });
    const all = allCases(undisturbed, machines);
    const chosen = chosenOf(all, asked);
    const isCompared = asked['uncompared'] !== true;
    tell(
      `${chosen.length} of ${all.length} cases, each with${isCompared ? ' and without' : ''} the independent stop`,
    );

    const itemsOf = (independentStop: boolean): Item[] =>
      chosen.map(({ number, one }) => {
        const usualSamples = undisturbed.find(({ path }) => path === one.path)?.samples ?? 0;
        return { number, one, independentStop, usualSamples };
      });
    const [ended, left] = [itemsOf(true), isCompared ? itemsOf(false) : []];
    // Every eighth is compared at once, the others when all have been played: on a slow machine the cases count for more.
    const isEarly = (index: number) => index % 8 === 0;
    const items = [
      ...ended.flatMap((item, index) => [item, ...left.slice(index, isEarly(index) ? index + 1 : index)]),
      ...left.filter((_, index) => !isEarly(index)),
    ];
    const results: Told[] = [];
    await runAll({ machines, items }, budgetMs - (performance.now() - startMs), (told, done) => {
      results.push(told);
      if (told.independentStop)
        for (const leak of told.leaks)
          tell(`--case ${told.number}: ${leak} (${JSON.stringify(all[told.number])})`);
      if (done % 200 === 0) tell(`${done} of ${items.length} runs`);
    });
    return {
      allCases: all.length,
      ...summaryOf(
        all,
        results,
        undisturbed.flatMap(({ leaks }) => leaks),
      ),
    };
  },
};

/** One case, or so many from one on: a beginning where nobody says which, and what was not played before where somebody does. */
function chosenOf(all: readonly Case[], asked: Asked) {
  const numbered = all.map((one, number) => ({ number, one }));
  if (asked['case'] !== undefined) return numbered.filter(({ number }) => number === Number(asked['case']));
  const from = Number(asked['from'] ?? 0);
  return numbered.slice(from, from + Number(asked['cases'] ?? usualCases));
}

/** Counts, by what befell the run. */
function summaryOf(all: readonly Case[], results: readonly Told[], undisturbed: readonly string[]) {
  const without = new Map(results.filter((told) => !told.independentStop).map((told) => [told.number, told]));
  const pairs = results.flatMap((told) => {
    const one = all[told.number];
    return told.independentStop && one !== undefined ? [{ told, other: without.get(told.number), one }] : [];
  });
  const byError: Record<string, Counted> = {};
  const byPath: Record<string, number> = {};
  const tasks = new Set<string>();
  for (const { told, other, one } of pairs) {
    const error = errorOf(one.blow);
    const counted = byError[error] ?? { cases: 0, leaks: 0, compared: 0, leaksWithoutStop: 0 };
    byError[error] = counted;
    counted.cases += 1;
    if (told.leaks.length > 0) counted.leaks += 1;
    if (other !== undefined) counted.compared += 1;
    if (other !== undefined && other.leaks.length > 0) counted.leaksWithoutStop += 1;
    byPath[one.path] = (byPath[one.path] ?? 0) + 1;
    tasks.add(`${one.path}/${one.state}/${one.call}`);
  }
  const sum = (field: keyof Counted) => Object.values(byError).reduce((total, one) => total + one[field], 0);
  const outlived = pairs.map(({ told }) => told.outlivedMs);
  return {
    cases: sum('cases'),
    leaks: sum('leaks') + undisturbed.length,
    byError,
    compared: sum('compared'),
    leaksWithoutStop: sum('leaksWithoutStop'),
    comparedWith: 'the same cases without the independent stop, looked at after a lease would have expired',
    tasks: tasks.size,
    byPath,
    byLeak: kindsOf(pairs.flatMap(({ told }) => told.leaks)),
    byLeakWithoutStop: kindsOf(pairs.flatMap(({ other }) => other?.leaks ?? [])),
    toldAgain: pairs.filter(({ told }) => told.toldAgain > 0).length,
    faultOutlivedRunP95Ms: Math.round(quantile(outlived, 0.95)),
    faultOutlivedRunLongestMs: Math.max(0, ...outlived),
  };
}

/** How often each kind of thing was left. */
function kindsOf(leaks: readonly string[]): Record<string, number> {
  const kinds: Record<string, number> = {};
  for (const leak of leaks) {
    const kind = leak.slice(0, leak.indexOf(':'));
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  return kinds;
}
