import { createAwsClients } from '../lib/aws/clients.ts';
import { createEventClock } from '../lib/aws/event-clock.ts';
import { createStopPorts, type StopClients } from '../lib/aws/independent/stop-ports.ts';
import { SteadfastError } from '../lib/experiment/steadfast-error.ts';
import { metricNamespace } from '../lib/plan/own-metrics.ts';
import type { Counted } from '../lib/run/independent/ports.ts';
import { type SweepReport, sweep } from '../lib/run/independent/sweep.ts';
import type { Clock, Prober } from '../lib/run/ports.ts';
import { createFunctionLog, createMetricWriter } from './log.ts';
import { readStopEvent } from './stop-event.ts';
import { readStopSettings, type StopLog, type Variables } from './stop-settings.ts';
import { type CountVerdict, createVerdictMetric } from './verdict-metric.ts';

/** What tests put in place of the real thing. */
export interface StopReplacements {
  readonly variables?: Variables;
  readonly clients?: StopClients;
  readonly clock?: Clock;
  readonly prober?: Prober;
  readonly log?: StopLog;
  readonly count?: (what: Counted, howMany: number) => void;
  readonly countVerdict?: CountVerdict;
}

/** What Lambda tells of a call, as far as it is used. */
interface Call {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** So long before it would be cut off the sweep has ended, with time to write down how far it came. */
const reserveMs = 20_000;

/**
 * The independent stop: each event, and each minute, has it sweep the environment. It has no part of the runner's in it that ends
 * faults, so that what breaks the runner does not break it.
 *
 * @throws SteadfastError `internal` where something could not be done: its alarm tells, and the next sweep tries it again.
 */
export function createStopHandler(
  replacements: StopReplacements = {},
): (event: unknown, call: Call) => Promise<SweepReport> {
  let made: { readonly clients: StopClients; readonly log: StopLog } | undefined;
  return async (event, call) => {
    const { environment, table, bucket, topicArn, runnerExecutions } = readStopSettings(
      replacements.variables ?? process.env,
    );
    made ??= {
      clients: replacements.clients ?? createAwsClients(),
      log: replacements.log ?? createFunctionLog({ environment }),
    };
    const { clients, log } = made;
    const clock = replacements.clock ?? createEventClock();
    const ports = createStopPorts({
      clients,
      clock,
      environment,
      table,
      bucket,
      topicArn,
      runnerExecutions,
      claimant: `stop ${call.awsRequestId}`,
      prober: replacements.prober,
      count: replacements.count ?? countIn(environment),
      countVerdict: replacements.countVerdict ?? createVerdictMetric(),
    });
    const { runId, died } = readStopEvent(event, runnerExecutions, clock.now());
    // A table that refused its first step has nothing of it: then nobody but this event knows of the run.
    if (died !== undefined) await ports.runs.begin(died);
    const report = await sweep(ports, {
      untilMs: clock.now() + call.getRemainingTimeInMillis() - reserveMs,
      ...(runId === undefined ? {} : { runId }),
    });
    log.info('swept', { ...report });
    if (report.problems.length === 0) return report;
    const error = new SteadfastError(
      'internal',
      `not everything could be stopped, undone and recorded: ${report.problems.join('; ')}`,
      { hint: 'it is tried again each minute; what is said here for long needs a person' },
    );
    log.error('sweep incomplete', error);
    throw error;
  };
}

/** Counts as CloudWatch metrics of the namespace `Steadfast`, which dashboards and alarms read. */
function countIn(environment: string): (what: Counted, howMany: number) => void {
  const write = createMetricWriter({ namespace: metricNamespace, service: 'stop' });
  return (what, howMany) => write({ environment }, { [what]: ['Count', howMany] });
}
