import { type Benchmark, median, rounded } from './benchmark.ts';
import { command, runNode } from './run-process.ts';

/** Odd, so that the median is one of them; the first of each is not counted. */
const runs = 11;

/** How long the command takes to start: Node on its entry, without npx, against Node doing nothing, in turn. */
export const cli: Benchmark = {
  name: 'cli',
  title: 'how long the command takes to start',
  run: async (tell) => {
    const [helps, lists, bares]: [number[], number[], number[]] = [[], [], []];
    for (let run = 0; run <= runs; run += 1) {
      const help = await runNode([command, '--help']);
      const list = await runNode([command, 'list']);
      const bare = await runNode(['--eval', '0']);
      if (help.code !== 0 || list.code !== 0)
        throw new Error(`the command failed: ${help.code}, ${list.code}`);
      if (run === 0) continue;
      helps.push(help.ms);
      lists.push(list.ms);
      bares.push(bare.ms);
      tell(`${run} of ${runs}: ${rounded(help.ms)} ms`);
    }
    const [startMs, bareMs] = [median(helps), median(bares)];
    return {
      startMs: rounded(startMs),
      listMs: rounded(median(lists)),
      bareNodeMs: rounded(bareMs),
      ratioToBareNode: rounded(startMs / bareMs, 2),
      runs,
    };
  },
};
