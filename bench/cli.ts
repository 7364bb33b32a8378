import { type Benchmark, median, rounded } from './benchmark.ts';
import { buildCommand } from './cli/build-command.ts';
import { command, runNode } from './run-process.ts';

/** Odd, so that the median is one of them; the first of each is not counted. */
const runs = 21;

/**
 * How long the command takes to start: Node on its entry, without npx, against Node doing nothing, in turn. `startMs` is what users have:
 * `--help` of the package as it is built. A checkout runs TypeScript, whose types Node takes away first.
 */
export const cli: Benchmark = {
  name: 'cli',
  title: 'how long the command takes to start',
  run: async (tell) => {
    tell('compiling the command as it is published');
    const built = buildCommand();
    try {
      const asked = {
        startMs: [built.entry, '--help'],
        versionMs: [built.entry, '--version'],
        listMs: [built.entry, 'list'],
        completeMs: [built.entry, 'complete', '--shell', 'fish', '--', 'rehearse', ''],
        sourceStartMs: [command, '--help'],
        sourceListMs: [command, 'list'],
        bareNodeMs: ['--eval', '0'],
      };
      const taken = new Map<string, number[]>(Object.keys(asked).map((name) => [name, []]));
      for (let run = 0; run <= runs; run += 1) {
        for (const [name, words] of Object.entries(asked)) {
          const { ms, code } = await runNode(words);
          if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}`);
          if (run > 0) taken.get(name)?.push(ms);
        }
        if (run > 0) tell(`${run} of ${runs}`);
      }
      const medianOf = (name: string) => median(taken.get(name) ?? []);
      return {
        ...Object.fromEntries(Object.keys(asked).map((name) => [name, rounded(medianOf(name))])),
        ratioToBareNode: rounded(medianOf('startMs') / medianOf('bareNodeMs'), 2),
        runs,
      };
    } finally {
      built.remove();
    }
  },
};
