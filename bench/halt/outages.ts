import type { ExperimentDefinition } from '../../lib/experiment/experiment.ts';
import type { ProbeOutcome } from '../../lib/run/ports.ts';
import type { Draw } from '../verdicts/draw.ts';

type Tolerances = NonNullable<ExperimentDefinition['steadyState'][string]['tolerances']>;

/** An outage: from its onset on, half or more of the requests fail or hang. */
export interface Outage {
  readonly kind: string;
  readonly tolerances: Tolerances;
  readonly missedForMs: number;
  readonly perSecond: number;
  /** Into the fault. */
  readonly onsetMs: number;
  /** What the request after the onset sees. */
  look(index: number): ProbeOutcome;
}

/** Longer than any probe waits. */
const forever = 3_600_000;

const refused: ProbeOutcome = { latencyMs: 1, error: 'connect ECONNREFUSED' };
const reset: ProbeOutcome = { latencyMs: 30, error: 'read ECONNRESET' };
const unavailable: ProbeOutcome = { latencyMs: 5, status: 503 };
const slowlyUnavailable: ProbeOutcome = { latencyMs: 1_200, status: 504 };
const hanging: ProbeOutcome = { latencyMs: forever };

/** How requests go wrong in each kind, `draw` choosing where there are several ways. */
const kinds = {
  refused: () => refused,
  reset: () => reset,
  unavailable: () => unavailable,
  'unavailable after a while': () => slowlyUnavailable,
  hanging: () => hanging,
  mixed: (draw: Draw) => draw.oneOf([refused, unavailable, hanging]),
} satisfies Record<string, (draw: Draw) => ProbeOutcome>;

const limits: readonly [Tolerances, ...Tolerances[]] = [
  { p95: { below: '250ms' }, errorRate: { below: '5%' } },
  { p95: { below: '250ms' } },
  { errorRate: { below: '5%' } },
  { p90: { below: '200ms' }, errorRate: { below: '2%' } },
  { p99: { below: '400ms' }, errorRate: { below: '1%' } },
];

export const outageKinds = Object.keys(kinds);

/** Answers of a healthy service: far below every limit. */
export const healthy = (draw: Draw): ProbeOutcome => ({
  status: 200,
  latencyMs: Math.round(20 * Math.exp(0.3 * draw.normal())),
});

/** One replica of two is down, or a share of all requests from a half to all of them is hit. */
export function drawOutage(kind: string, draw: Draw): Outage {
  const wrong = Object.entries(kinds).find(([name]) => name === kind)?.[1] ?? kinds.refused;
  const missedFor = draw.oneOf([0, 1, 2, 5, 5, 5, 10]);
  const written = `${missedFor}s` as const;
  const share = draw.chance(0.3) ? 1 : draw.between(0.5, 1);
  const byTurns = draw.chance(0.2);
  const drawn = draw.oneOf(limits);
  const tolerances: Tolerances = {
    ...(drawn.p90 === undefined ? {} : { p90: { ...drawn.p90, missedFor: written } }),
    ...(drawn.p95 === undefined ? {} : { p95: { ...drawn.p95, missedFor: written } }),
    ...(drawn.p99 === undefined ? {} : { p99: { ...drawn.p99, missedFor: written } }),
    ...(drawn.errorRate === undefined ? {} : { errorRate: { ...drawn.errorRate, missedFor: written } }),
  };
  return {
    kind,
    tolerances,
    missedForMs: 1_000 * missedFor,
    perSecond: draw.oneOf([20, 20, 30, 50, 100]),
    onsetMs: draw.between(0, 30_000),
    look: (index) => ((byTurns ? index % 2 === 0 : draw.chance(share)) ? wrong(draw) : healthy(draw)),
  };
}
