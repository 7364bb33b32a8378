import { functionSizes, reportSize } from '../lib/cdk/function-sizes.ts';
import type { ExperimentDefinition } from '../lib/experiment/experiment.ts';
import { pricedRegion, prices } from '../lib/plan/prices.ts';
import { slowDatabase } from '../test/plan/examples.ts';
import { type Benchmark, rounded } from './benchmark.ts';
import { assumed, countRun, tenMinutes } from './runner/count-run.ts';

/** FIS's longest experiment (user guide, "Quotas"), with few requests: time is what is long here. */
const twelveHours: ExperimentDefinition = {
  ...slowDatabase,
  baseline: '5m',
  steadyState: { products: { ...slowDatabase.steadyState.products, rate: '30/m' } },
  stages: [{ share: '100%', duration: '12h' }],
  recovery: { ...slowDatabase.recovery, atLeast: { rate: '5%' } },
};

/** What a run costs of Steadfast's own services, counted from whole runs by the local interpreter; FIS's own price is no part of it. */
export const runner: Benchmark = {
  name: 'runner',
  title: "what a run takes of Steadfast's own services, and what AWS charges for that",
  run: async (tell) => {
    tell('a run of ten minutes');
    const short = await countRun(tenMinutes);
    tell('a run of twelve hours');
    const long = await countRun(twelveHours);
    const largestStateBytes = Math.max(short.run.runner.largestStateBytes, long.run.runner.largestStateBytes);
    return {
      transitions: short.amounts.stateTransition,
      usdPer10Min: rounded((short.usd * 10) / short.minutes, 5),
      largestStateBytes,
      eventsPer12h: long.run.runner.events,
      verdicts: [short.run.journal.verdict, long.run.journal.verdict],
      minutes: rounded(short.minutes, 2),
      usdOfRun: rounded(short.usd, 5),
      usdPer12h: rounded(long.usd, 4),
      amounts: short.amounts,
      usd: Object.fromEntries(Object.entries(short.parts).map(([name, usd]) => [name, rounded(usd, 7)])),
      functionSeconds: short.seconds,
      memoryMb: Object.fromEntries(
        Object.entries({ ...functionSizes, report: reportSize }).map(([name, { memoryMb }]) => [
          name,
          memoryMb,
        ]),
      ),
      assumed,
      region: pricedRegion,
      prices: Object.entries(prices)
        .filter(([name]) => Object.hasOwn(short.amounts, name))
        .map(([name, { usd, per, source, asOf }]) => ({ name, usd, per, source, asOf })),
      // FIS is used with and without Steadfast: what it charges stands beside, to compare with.
      fisUsd: rounded(prices.fisActionMinute.usd * 7, 2),
    };
  },
};
