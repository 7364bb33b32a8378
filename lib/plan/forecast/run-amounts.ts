import { defaultMs } from '../../experiment/default-ms.ts';
import { defaults } from '../../experiment/defaults.ts';
import { memoryMbOf, reportSize } from '../function-sizes.ts';
import type { Amounts } from '../prices.ts';
import { experimentOf, type RunnerInput } from '../runner-input.ts';
import { runStepsOf, runTimesOf } from './run-steps.ts';
import { metricsIn } from './standing-amounts.ts';

/** Besides its steps and the choice behind each: the runner's last state, the launcher's five, and the start of both executions. */
const otherTransitions = 8;

/**
 * Calls for each step of a run, from counting those of a run of twelve minutes with three stages through the real handlers (26 steps: 91
 * objects written, 320 read, 35 listings, 75 items written in transactions), rounded up. Most reads are of what earlier slices saw.
 */
const perStep = { puts: 4, gets: 13, lists: 1.5, queries: 1, transactions: 1, otherWrites: 0.5 };

/** An item written in a transaction is charged twice (DynamoDB pricing); the other items beside the leases are the place and the token. */
const transactionWrites = 2;
const itemsBesideLeases = 1;
/** Whether somebody wished for a halt is asked once a second, of two items, read consistently. */
const haltReadsPerSecond = 2;

/** No state calls it: the event of the verdict wakes the function that reads the journal and writes the report. Assumed rather long. */
const reporting = { calls: 1, seconds: 5, gets: 1, puts: 1 };

/** Lines of a step's log with its start and end, and what Step Functions writes of each state. */
const logBytesPerStep = 20_000;
const logBytesPerSecond = 100;
const gigabyte = 1_000_000_000;

/** Samples, records and windows in S3: a run of twelve minutes with one probe at 20 requests a second came to 2.4 MB. */
const keptBytesPerSecondAndProbe = 3_500;

/** Runs by two sets of dimensions, and four figures (lambdas/verdict-metric.ts); a metric is charged for the hours in which it is written. */
const metricsPerRun = 6;
const hoursInMonth = 730;

/** How often the runner asks for alarms that FIS does not watch (lib/run/poll-guards.ts), in seconds. */
const polledGuardSeconds = 5;

/** What a run that goes through all its stages needs of AWS, besides FIS. */
export function runAmountsOf(input: RunnerInput, probesPerSecond: number): Amounts {
  const steps = runStepsOf(input);
  const { baselineMs, stagesMs, recoveryMs } = runTimesOf(input);
  const observed = (baselineMs + stagesMs + recoveryMs) / 1_000;
  const count = steps.reduce((sum, { times }) => sum + times, 0);
  const calls = count + reporting.calls;
  const gbSeconds = steps.reduce(
    (sum, { seconds, function: name }) => sum + seconds * gb(memoryMbOf(name, probesPerSecond)),
    reporting.seconds * gb(reportSize.memoryMb),
  );
  const { alarmReads, metricReads, probes } = looksOf(input);
  const items = input.touches.length + itemsBesideLeases;
  const guards = Object.values(input.guards);
  const polled = guards.filter(({ polled: by }) => by !== undefined).length;
  return {
    stateTransition: 2 * count + otherTransitions,
    lambdaRequest: calls,
    lambdaGbSecond: gbSeconds,
    dynamoDbRead: observed * haltReadsPerSecond + count * perStep.queries,
    dynamoDbWrite: count * (perStep.transactions * transactionWrites * items + perStep.otherWrites),
    s3Put: count * (perStep.puts + perStep.lists) + reporting.puts,
    s3Get: count * perStep.gets + reporting.gets,
    s3GbMonth: (observed * probes * keptBytesPerSecondAndProbe) / gigabyte,
    cloudWatchRequest:
      2 * (input.stages.length + 1) * Math.max(1, guards.length / 100) +
      (polled * stagesMs) / 1_000 / polledGuardSeconds +
      observed * alarmReads,
    metricRead: observed * metricReads,
    customMetricMonth: metricsPerRun / hoursInMonth,
    logGbIngested: (calls * logBytesPerStep + observed * logBytesPerSecond) / gigabyte,
    event: 1,
    snsMessage: 1,
    kmsRequest: 2,
    trace: calls + 2,
  };
}

const gb = (memoryMb: number) => memoryMb / 1_024;

/** How often, a second, its probes read alarms, and metrics; and how many there are. */
function looksOf(input: RunnerInput): { alarmReads: number; metricReads: number; probes: number } {
  const { steadyState, controls = {} } = experimentOf(input);
  const probes = [...Object.values(steadyState), ...Object.values(controls)];
  const perSecond = (every: { readonly ms: number } | undefined) =>
    1_000 / (every?.ms ?? defaultMs(defaults.every));
  const metricsOf = (name: string) => metricsIn(input.metrics[name]);
  return {
    probes: probes.length,
    alarmReads: probes.reduce((sum, one) => sum + ('alarm' in one ? perSecond(one.every) : 0), 0),
    metricReads: probes.reduce(
      (sum, one) => sum + ('metric' in one ? perSecond(one.every) * metricsOf(one.metric) : 0),
      0,
    ),
  };
}
