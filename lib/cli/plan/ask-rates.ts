import type { Environment } from '../../experiment/environment.ts';
import { isHttpProbe } from '../../experiment/probe-kind.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { RequestRate } from '../../plan/forecast/exposure.ts';
import { experimentOf, type RunnerInput } from '../../plan/runner-input.ts';
import type { Journal } from '../../run/journal.ts';
import type { MetricSource } from '../../run/ports.ts';
import { howToKnow, type ServiceAtRisk } from './services-at-risk.ts';

const hourMs = 3_600_000;

/** What users send to each service: by the metric that the environment names for it, else by what the last run saw of that metric. */
export async function askRates(options: {
  readonly services: readonly ServiceAtRisk[];
  readonly environment: Environment | undefined;
  readonly environmentId: string;
  readonly input: RunnerInput;
  readonly metrics: MetricSource;
  readonly nowMs: number;
  readonly lastJournal: () => Promise<Journal | undefined>;
}): Promise<Map<string, RequestRate>> {
  const { services, environment, environmentId, input, metrics, nowMs, lastJournal } = options;
  const rates = new Map<string, RequestRate>();
  for (const { service, objective } of services) {
    const name = objective?.requests;
    const metric = name === undefined ? undefined : environment?.metrics?.[name];
    if (name === undefined || metric === undefined) {
      rates.set(service, { unknown: howToKnow(service, environmentId) });
      continue;
    }
    const periodSeconds = metric.period.ms / 1_000;
    const now = await readNow(metrics, name, nowMs);
    if ('mean' in now) {
      rates.set(service, {
        perSecond: now.mean / periodSeconds,
        from: `the metric ${name} over the last hour`,
      });
      continue;
    }
    const seen = highestIn(await lastJournal(), input, name);
    rates.set(
      service,
      seen === undefined
        ? { unknown: `${now.none}, and no run has seen it` }
        : {
            perSecond: seen.value / periodSeconds,
            from: `the baseline of run ${seen.runId}, at its highest`,
          },
    );
  }
  return rates;
}

/** The mean of the last hour, or why there is none. */
async function readNow(
  metrics: MetricSource,
  name: string,
  nowMs: number,
): Promise<{ readonly mean: number } | { readonly none: string }> {
  try {
    const readings = await metrics.read(name, nowMs - hourMs, nowMs);
    if (readings.length === 0) return { none: `the metric ${name} has no data of the last hour` };
    const sum = readings.reduce((all, { value }) => all + value, 0);
    return { mean: Math.max(0, sum / readings.length) };
  } catch (thrown) {
    if (!(thrown instanceof SteadfastError)) throw thrown;
    return { none: thrown.message };
  }
}

/** What a run's baseline saw of a metric, where one of its probes reads it. */
function highestIn(
  journal: Journal | undefined,
  input: RunnerInput,
  metric: string,
): { readonly value: number; readonly runId: string } | undefined {
  const { steadyState } = experimentOf(input);
  const readers = Object.entries(steadyState).flatMap(([name, probe]) =>
    !isHttpProbe(probe) && 'metric' in probe && probe.metric === metric ? [name] : [],
  );
  const value = journal?.baseline.probes.find(({ probe }) => readers.includes(probe))?.highestValue;
  return journal === undefined || value === undefined ? undefined : { value, runId: journal.runId };
}
