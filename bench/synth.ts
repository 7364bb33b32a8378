import { fileURLToPath } from 'node:url';
import { type Benchmark, rounded } from './benchmark.ts';
import { runNode } from './run-process.ts';
import { type Measurement, measurementIn, type Side } from './synth/measurement.ts';

const child = fileURLToPath(new URL('synth/child.ts', import.meta.url));
const sizes = [10, 100, 500] as const;
const rounds = 5;

/** A benchmark ends within eight minutes: no round is begun that, as slow as the slowest, would not. */
const budgetMs = 450_000;

type Pair = Readonly<Record<Side, Measurement>>;

/**
 * How long an environment with many experiments takes to synthesize, against the same resources written by hand with CDK's own
 * constructs: a process for each measurement, both sides in turn, and the same validation on both.
 */
export const synth: Benchmark = {
  name: 'synth',
  title: 'how long many experiments take to synthesize, against the same resources written by hand',
  run: async (tell) => {
    const startMs = performance.now();
    const pairs = new Map<number, Pair[]>(sizes.map((size) => [size, []]));
    let [round, slowestMs] = [0, 0];
    while (round < rounds && performance.now() - startMs + slowestMs < budgetMs) {
      round += 1;
      const roundStartMs = performance.now();
      for (const [size, measured] of pairs) {
        // Whoever comes second may find a warmer machine: the sides change places.
        const pair = await (round % 2 === 1 ? plainFirst(size) : steadfastFirst(size));
        measured.push(pair);
        tell(
          `${round} of ${rounds}: ${size} experiments in ${rounded(pair.steadfast.ms, 0)} ms, by hand ${rounded(pair.plain.ms, 0)} ms`,
        );
      }
      slowestMs = Math.max(slowestMs, performance.now() - roundStartMs);
    }
    const results = [...pairs].map(([size, measured]) => resultOf(size, measured));
    return { sizes: results, ...growthOf(results), rounds: round };
  },
};

async function plainFirst(size: number): Promise<Pair> {
  const plain = await measure('plain', size);
  return comparable({ plain, steadfast: await measure('steadfast', size) });
}

async function steadfastFirst(size: number): Promise<Pair> {
  const steadfast = await measure('steadfast', size);
  return comparable({ steadfast, plain: await measure('plain', size) });
}

async function measure(side: Side, size: number): Promise<Measurement> {
  const { code, stdout } = await runNode([child, side, String(size)]);
  if (code !== 0) throw new Error(`synthesizing ${size} experiments (${side}) ended with exit code ${code}`);
  return measurementIn(stdout);
}

function comparable(pair: Pair): Pair {
  const { steadfast, plain } = pair;
  if (steadfast.resources !== plain.resources || steadfast.stacks !== plain.stacks)
    throw new Error(`the two sides differ: ${steadfast.resources} and ${plain.resources} resources`);
  return pair;
}

/**
 * The fastest of the runs on each side: the same work is done each time, and what else the machine does can only make it slower.
 * All of them are there to see, and so is the processor's time, of which work beside it takes less.
 */
function resultOf(experiments: number, pairs: readonly Pair[]) {
  const all = (side: Side, field: keyof Measurement) => pairs.map((pair) => rounded(pair[side][field], 0));
  const fastest = (side: Side, field: 'ms' | 'cpuMs') => Math.min(...all(side, field));
  const ratioOf = (field: 'ms' | 'cpuMs') =>
    rounded(fastest('steadfast', field) / fastest('plain', field), 2);
  return {
    experiments,
    ms: fastest('steadfast', 'ms'),
    plainMs: fastest('plain', 'ms'),
    ratio: ratioOf('ms'),
    cpuMs: fastest('steadfast', 'cpuMs'),
    plainCpuMs: fastest('plain', 'cpuMs'),
    cpuRatio: ratioOf('cpuMs'),
    rssMb: Math.max(...all('steadfast', 'rssMb')),
    plainRssMb: Math.max(...all('plain', 'rssMb')),
    stacks: Math.max(...all('steadfast', 'stacks')),
    resources: Math.max(...all('steadfast', 'resources')),
    runsMs: all('steadfast', 'ms'),
    plainRunsMs: all('plain', 'ms'),
  };
}

/** What one more experiment costs, between the small sizes and between the large ones: `growth` is about 1 or less where it is linear. */
function growthOf(results: readonly ReturnType<typeof resultOf>[]) {
  const [few, more, many] = results;
  if (few === undefined || more === undefined || many === undefined) return {};
  const slope = (a: typeof few, b: typeof few) => (b.cpuMs - a.cpuMs) / (b.experiments - a.experiments);
  return {
    cpuMsPerExperiment: [rounded(slope(few, more), 2), rounded(slope(more, many), 2)],
    growth: rounded(slope(more, many) / slope(few, more), 2),
  };
}
