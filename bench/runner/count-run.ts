import type { GetMetricDataCommandInput } from '@aws-sdk/client-cloudwatch';
import * as z from 'zod';
import { createReportHandler } from '../../lambdas/report-handler.ts';
import { functionSizes, reportSize } from '../../lib/cdk/function-sizes.ts';
import { handlerNames } from '../../lib/cdk/handler-bundles.ts';
import type { ExperimentDefinition } from '../../lib/experiment/experiment.ts';
import { type Amounts, bill } from '../../lib/plan/prices.ts';
import { verdictEvent } from '../../lib/run/verdict-event.ts';
import { synthesized } from '../../test/cdk/synthesized.ts';
import { type AwsRun, quietLog, runInAws } from '../../test/end-to-end/aws-run.ts';
import { slowDatabase } from '../../test/plan/examples.ts';

/** What no interpreter can measure, and is therefore assumed; each is more than is usual. */
export const assumed = {
  /** A function's start and its first connections, which Lambda charges. */
  startMs: 1_000,
  /** What each call is under way beside the time that it waits for on purpose. */
  callMs: 300,
  /** What making the page of a report takes: work, which no virtual time shows. */
  reportMs: 1_000,
  /** What Lambda and Step Functions write to the log, of each call and each event of the history. */
  logBytesPerCall: 2_000,
  logBytesPerEvent: 2_000,
} as const;

/** About ten minutes in three stages, with a probe at the default rate and one that reads a metric. */
export const tenMinutes: ExperimentDefinition = {
  ...slowDatabase,
  baseline: '2m',
  steadyState: {
    ...slowDatabase.steadyState,
    errors: { metric: 'errorRate', tolerances: { value: { below: 5 } } },
  },
  stages: [
    { share: 'one', duration: '2m' },
    { share: '50%', duration: '2m' },
    { share: '100%', duration: '3m' },
  ],
};

const commandsOf = (mock: { calls(): readonly { readonly args: readonly unknown[] }[] }) =>
  mock.calls().flatMap(({ args: [command] }) => {
    if (typeof command !== 'object' || command === null || !('input' in command)) return [];
    return [{ name: command.constructor.name, input: command.input }];
  });

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value) ?? '');

/** The metrics that a reading asks for, which is what CloudWatch charges. */
const metricsIn = (input: GetMetricDataCommandInput) =>
  (input.MetricDataQueries ?? []).filter(({ MetricStat }) => MetricStat !== undefined).length;

const isReading = (input: unknown): input is GetMetricDataCommandInput =>
  typeof input === 'object' && input !== null && 'MetricDataQueries' in input;

/** What a run took of each thing that AWS charges for. */
function amountsOf({ aws, launcher, runner }: AwsRun, calls: readonly Call[]): Amounts {
  const table = commandsOf(aws.table.mock);
  const objects = commandsOf(aws.bucket.mock);
  const asked = commandsOf(aws.alarms);
  const reads = /^(Get|BatchGet|Query|TransactGet)/;
  const events = launcher.events + runner.events;
  return {
    stateTransition: launcher.path.length + runner.path.length,
    lambdaRequest: calls.length,
    lambdaGbSecond: calls.reduce((sum, { gbSeconds }) => sum + gbSeconds, 0),
    metricRead: asked.reduce((sum, { input }) => sum + (isReading(input) ? metricsIn(input) : 0), 0),
    cloudWatchRequest: asked.filter(({ input }) => !isReading(input)).length,
    // A read of up to 4 KB that is up to date is one unit; a write is one for each KB, two within a transaction.
    dynamoDbRead: table.filter(({ name }) => reads.test(name)).length,
    dynamoDbWrite: table
      .filter(({ name }) => !reads.test(name))
      .reduce(
        (sum, { name, input }) =>
          sum + Math.ceil(bytesOf(input) / 1_024) * (name.startsWith('Transact') ? 2 : 1),
        0,
      ),
    s3Get: objects.filter(({ name }) => name.startsWith('GetObject')).length,
    s3Put: objects.filter(({ name }) => !name.startsWith('GetObject')).length,
    snsMessage: aws.topic.calls().length,
    snsEmail: aws.topic.calls().length,
    event: aws.bus.calls().length,
    logGbIngested: (calls.length * assumed.logBytesPerCall + events * assumed.logBytesPerEvent) / 1e9,
    // One of the launcher's execution, to which the runner's and its functions' belong, one of the report, and one to spare.
    trace: 3,
  };
}

interface Call {
  readonly name: string;
  readonly ms: number;
  readonly gbSeconds: number;
}

const sizeOf = (name: string) => {
  if (name === 'report') return reportSize.memoryMb;
  const known = handlerNames.find((one) => one === name);
  if (known === undefined) throw new Error(`no function is called ${name}`);
  return functionSizes[known].memoryMb;
};

const putSchema = z.object({
  Entries: z.array(z.object({ Source: z.string(), DetailType: z.string(), Detail: z.string() })),
});

/** What each event of the run wakes: the real function that writes its report, in the same account. Gives how often it was called. */
async function writeReports({ aws, journal }: AwsRun): Promise<number> {
  const handler = createReportHandler({
    variables: {
      STEADFAST_ENVIRONMENT: journal.environment.id,
      STEADFAST_TABLE: 'steadfast',
      STEADFAST_BUCKET: 'steadfast',
      STEADFAST_TOPIC_ARN: 'arn:aws:sns:eu-west-1:111111111111:steadfast',
    },
    s3: aws.clients.s3,
    log: quietLog,
  });
  const verdicts = commandsOf(aws.bus)
    .flatMap(({ input }) => putSchema.parse(input).Entries)
    .filter(({ DetailType }) => DetailType === verdictEvent.detailType);
  for (const { Source, DetailType, Detail } of verdicts) {
    const detail: unknown = JSON.parse(Detail);
    await handler({ source: Source, 'detail-type': DetailType, detail });
  }
  return verdicts.length;
}

/** Carries a run out by the local interpreter, from the synthesized launcher on, and counts what it takes. */
export async function countRun(definition: ExperimentDefinition) {
  const calls: Call[] = [];
  const seen = new Set<string>();
  const onCall = (name: string, waitedMs: number) => {
    const ms = waitedMs + assumed.callMs + (seen.has(name) ? 0 : assumed.startMs);
    seen.add(name);
    calls.push({ name, ms, gbSeconds: (ms / 1_000) * (sizeOf(name) / 1_024) });
  };
  const run = await runInAws({
    machines: synthesized(definition),
    sees: () => ({ status: 200, latencyMs: 20 }),
    onCall,
  });
  for (let left = await writeReports(run); left > 0; left -= 1) onCall('report', assumed.reportMs);
  const minutes = (Date.parse(run.journal.end) - Date.parse(run.journal.start)) / 60_000;
  const amounts = amountsOf(run, calls);
  const { usd, parts } = bill(amounts);
  const seconds = Object.fromEntries(
    [...handlerNames, 'report'].map((name) => [
      name,
      Math.round(calls.filter((call) => call.name === name).reduce((sum, { ms }) => sum + ms, 0) / 1_000),
    ]),
  );
  return { run, minutes, amounts, usd, parts, seconds };
}
