import type { Experiment } from '../../experiment/experiment.ts';
import type { Probe } from '../../experiment/probe.ts';
import { isHttpProbe } from '../../experiment/probe-kind.ts';
import { look } from '../../run/looks/look.ts';
import type { Sources } from '../../run/looks/sources.ts';
import type { Clock, Prober } from '../../run/ports.ts';
import { limitOf } from '../../steady-state/limit.ts';
import { type ProbeSpec, probeSpecs, see, toleranceNames } from '../../steady-state/probe-spec.ts';

/** So many good looks in a row prove a rollback; of a metric one reading does, which sums up its whole interval. */
const goodLooks = { metric: 1, others: 3 } as const;
/** Between two looks. */
const everyMs = 1_000;
/** How long a rollback that reports success may take to show. */
const withinMs = 20_000;

/** What the probe of a rollback is looked at with. */
export interface Proving {
  readonly experiment: Pick<Experiment, 'proofs' | 'steadyState'>;
  readonly provenBy: string;
  readonly clock: Clock;
  readonly prober: Prober;
  readonly sources: Sources;
  readonly untilMs: number;
}

/** Looks at a probe until it was well several times in a row, or the time is up. What says nothing of a tolerance proves nothing. */
export async function prove(proving: Proving): Promise<{ isProven: boolean; text: string }> {
  const { experiment, provenBy, clock } = proving;
  const probes = { ...experiment.steadyState, ...experiment.proofs };
  const probe = probes[provenBy];
  const spec = probeSpecs(probes).find(({ name }) => name === provenBy);
  if (probe === undefined || spec === undefined)
    return { isProven: false, text: `there is no probe ${provenBy}` };

  const sinceMs = clock.now();
  const wanted = 'metric' in probe ? goodLooks.metric : goodLooks.others;
  const patienceMs = Math.max(withinMs, 2 * (spec.intervalMs + spec.delayMs));
  const giveUpMs = Math.min(proving.untilMs, sinceMs + patienceMs);
  let good = 0;
  let last = 'nothing was seen';
  while (clock.now() < giveUpMs) {
    const seen = await lookOnce(proving, probe, spec, sinceMs);
    good = seen.isWell ? good + 1 : 0;
    last = seen.text;
    if (good >= wanted)
      return { isProven: true, text: `${provenBy} was well ${good} times in a row (${last})` };
    await clock.sleep(everyMs);
  }
  return { isProven: false, text: last };
}

/** One look; of a metric at its newest reading since the rollback, since an older one shows what was before. */
async function lookOnce(
  { clock, prober, sources }: Proving,
  probe: Probe,
  spec: ProbeSpec,
  sinceMs: number,
): Promise<{ isWell: boolean; text: string }> {
  const dueMs = clock.now();
  const outcome = isHttpProbe(probe)
    ? await prober.ask({ probe: spec.name, definition: probe, dueMs, timeoutMs: spec.timeoutMs })
    : (await look(sources, clock, spec, probe, { fromMs: sinceMs, toMs: Math.max(dueMs, sinceMs + 1) })).at(
        -1,
      );
  if (outcome === undefined) return { isWell: false, text: 'nothing was seen' };
  const { latencyMs, status, value, error } = outcome;
  const seen = see(spec, {
    at: new Date(dueMs).toISOString(),
    probe: spec.name,
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(status === undefined ? {} : { status }),
    ...(value === undefined ? {} : { value }),
    ...(error === undefined ? {} : { error }),
  });
  const notMet = toleranceNames(spec.tolerances).filter(
    (name) => limitOf(spec.tolerances, name)?.beyond(seen) !== false,
  );
  const figures = [
    latencyMs === undefined ? [] : [`${latencyMs.toFixed(1)} ms`],
    value === undefined ? [] : [`value ${value}`],
    error ?? [],
    notMet.length === 0 ? [] : [`its ${notMet.join(', ')} not met`],
  ].flat();
  return {
    isWell: seen.usable && !seen.failed && notMet.length === 0,
    text: figures.join(', ') || `status ${status ?? 'unknown'}`,
  };
}
