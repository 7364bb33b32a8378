import { type Journal, type JournalStage, journalSchema } from '../../lib/run/journal.ts';
import type { ToleranceJudgement } from '../../lib/steady-state/judgement.ts';
import type { Window } from '../../lib/steady-state/window.ts';
import { at, type Course, windowsOf } from './window-fixture.ts';

/** Seconds from the start of the run at which its parts begin and end. */
export const times = {
  baseline: [3, 23],
  stages: [
    [24, 36],
    [37, 52],
  ],
  recovery: [52, 67],
  end: 68,
} as const;

const definition = {
  id: 'slow-database',
  title: 'A slow database does not slow the shop',
  owner: 'team-shop',
  hypothesis:
    'If the database answers 500 ms late, products still come at once and at most five seconds old.',
  steadyState: {
    products: { http: { service: 'shop', path: '/products', ageOf: '$.readAt' }, rate: '200/s' },
  },
};

type Judged = Pick<ToleranceJudgement, 'tolerance' | 'limit' | 'limitValue' | 'unit'>;

export const tolerances = {
  p95: { tolerance: 'p95', limit: 'below 250ms', limitValue: 250, unit: 'ms' },
  errorRate: { tolerance: 'errorRate', limit: 'below 1%', limitValue: 0.01, unit: 'ratio' },
  age: { tolerance: 'age', limit: 'below 5s', limitValue: 5, unit: 's' },
  orders: { tolerance: 'value', limit: 'above 20 and below 400', limitValue: 400, unit: '' },
} as const satisfies Record<string, Judged>;

/** A judgement as a run makes it: met when below the limit, unknown when nothing was seen. */
export function judgement(
  probe: string,
  name: keyof typeof tolerances,
  observed: number | undefined,
  samples = 2_400,
): ToleranceJudgement {
  const tolerance = tolerances[name];
  const state = observed === undefined ? 'unknown' : observed < tolerance.limitValue ? 'met' : 'missed';
  const reasons = {
    met: 'it stayed within the limit',
    missed: 'it was beyond the limit for longer than it may be',
    unknown: 'there was no data',
  };
  return {
    probe,
    ...tolerance,
    state,
    ...(observed === undefined ? {} : { observed }),
    ...(observed === undefined || tolerance.unit === 's' || tolerance.unit === ''
      ? {}
      : { interval: { low: observed * 0.9, high: observed * 1.1 } }),
    samples,
    reason: reasons[state],
  };
}

export const quiet: Course = { medianMs: 4, spreadMs: 3, errorShare: 0, value: () => 0.6 };
/** A cache that goes on answering: latency and status stay, the age grows for as long as the fault lasts. */
export const stale: Course = { ...quiet, value: (second) => 0.8 + second };
/** What a shop without a cache shows. */
export const slow: Course = { medianMs: 480, spreadMs: 160, errorShare: 0.03, value: () => 1.4 };

export const both = (from: number, to: number, products: Course): Window[] => [
  ...windowsOf('products', from, to, products),
  ...windowsOf('health', from, to, quiet).map(
    ({ lowestValue: _low, highestValue: _high, ...window }) => window,
  ),
];

export function stage(index: 0 | 1, course: Course, judged: readonly ToleranceJudgement[]): JournalStage {
  const [from, to] = times.stages[index];
  const targets = ['shop-1', 'shop-2'].slice(0, index + 1);
  return {
    label: index === 0 ? 'one' : '100%',
    faults: [
      {
        name: 'slow',
        action: 'aws:ecs:task-network-latency',
        parameters: { duration: 'PT15S', delayMilliseconds: '500', sources: 'database' },
        fidelity: 'approximate: the delay lies on the link to the database, not on every packet of the task',
      },
    ],
    fisExperimentId: `local-${index + 1}`,
    fisStatus: 'completed',
    start: at(from),
    end: at(to),
    targets: targets.map((id) => ({ fault: 'slow', id, tags: { Env: 'lab', Service: 'shop' } })),
    tolerances: [...judged],
    windows: both(from, to, course),
    bite: [
      {
        fault: 'slow',
        bit: true,
        evidence: 'the median time on the link to the database rose from 1.2 ms to 503 ms on all targets',
      },
    ],
  };
}

/** What two stages, of 12 s and 15 s, can tell at 200 requests a second. */
export const power: NonNullable<Journal['power']> = [
  ...[2_400, 3_000].flatMap((samples, stage) => [
    {
      probe: 'products',
      tolerance: 'p95',
      stage,
      samples,
      baseline: 0.002,
      allowed: 0.05,
      metUpTo: stage === 0 ? 0.031 : 0.034,
      missedFrom: stage === 0 ? 0.071 : 0.068,
      enough: true,
      neededSeconds: 0.6,
      text: `with ${samples} samples it shows the tolerance to be met`,
    },
    {
      probe: 'products',
      tolerance: 'age',
      stage,
      samples,
      enough: true,
      neededSeconds: 10,
      text: 'it may be missed for 5 s',
    },
  ]),
  {
    probe: 'products',
    tolerance: 'recovery',
    samples: 480,
    enough: true,
    neededSeconds: 2.4,
    text: 'to prove that steady state is back takes 2.4 s at 200/s (480 samples)',
  },
];

/** A stage too short for an error rate, and a tolerance that no stage can show to be met. */
export const shortPower: typeof power = [
  {
    probe: 'health',
    tolerance: 'errorRate',
    stage: 0,
    samples: 240,
    baseline: 0,
    allowed: 0.01,
    missedFrom: 0.046,
    enough: false,
    neededSeconds: 2.3,
    text: 'to tell 1.00 % errors from the 0.00 % before any fault needs 2.3 s at 200/s (459 samples); it has 1.2 s (240 samples)',
  },
  {
    probe: 'health',
    tolerance: 'p99',
    stage: 0,
    samples: 240,
    baseline: 0.0099,
    allowed: 0.01,
    enough: false,
    text: 'no length would be enough',
  },
];

const baselineTolerances = [
  judgement('products', 'p95', 9.4),
  judgement('products', 'errorRate', 0),
  judgement('products', 'age', 0.9),
  judgement('health', 'p95', 6.1),
];

export function journalOf(given: Partial<Journal> & Pick<Journal, 'verdict' | 'summary'>): Journal {
  return journalSchema.parse({
    schemaVersion: 1,
    runId: '20260501t093000-7f3a',
    experiment: {
      id: definition.id,
      title: definition.title,
      hash: '9c1185a5c5e9fc54612808977ee8f548b2258d31ddadef707ba62c166051b9e3',
      definition,
    },
    environment: { id: 'shop', production: false, tag: { key: 'Env', value: 'lab' } },
    mode: 'rehearsal',
    pace: 0.1,
    seed: 7,
    start: at(0),
    end: at(times.end),
    findings: [],
    checks: [
      { check: 'definition', passed: true, evidence: 'it is valid in lab shop' },
      { check: 'lease', passed: true, evidence: 'shop and database are held by this run alone' },
      { check: 'guards', passed: true, evidence: 'shopErrors is OK: 0% in the last 10 s' },
      {
        check: 'targets',
        passed: true,
        evidence: 'shop-1 and shop-2 carry Env=lab and are owned by the lab',
      },
    ],
    guards: [{ guard: 'shopErrors', watchedBy: 'fis' }],
    baseline: {
      start: at(times.baseline[0]),
      end: at(times.baseline[1]),
      probes: [
        {
          probe: 'products',
          count: 4_000,
          errorRate: 0,
          p50Ms: 3.9,
          p95Ms: 9.4,
          p99Ms: 14.2,
          highestValue: 0.9,
        },
        { probe: 'health', count: 4_000, errorRate: 0, p50Ms: 1.8, p95Ms: 6.1, p99Ms: 8.8 },
      ],
      tolerances: baselineTolerances,
      windows: both(...times.baseline, quiet),
    },
    power,
    stages: [],
    rollbacks: [],
    timeline: [
      { at: at(0), kind: 'phase', text: 'admit: looking at definition, lease, guards and targets' },
      { at: at(3), kind: 'phase', text: 'baseline: looking at the steady state for 20 s' },
      { at: at(24), kind: 'fault', text: 'slow started on shop-1' },
      { at: at(36), kind: 'fault', text: 'slow ended: completed' },
      { at: at(37), kind: 'fault', text: 'slow started on shop-1 and shop-2' },
      { at: at(52), kind: 'fault', text: 'slow ended: completed' },
      { at: at(52), kind: 'phase', text: 'recover: waiting for the steady state to come back' },
      { at: at(times.end), kind: 'verdict', text: given.verdict },
    ],
    wouldHaveMissed: [],
    samples: {
      file: 'samples.ndjson',
      sha256: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
      count: 25_600,
    },
    ...given,
  } satisfies Journal);
}

export const recovered = (
  seconds: number,
  from: number = times.recovery[0],
): NonNullable<Journal['recovery']> => ({
  seconds,
  objective: 6,
  met: seconds <= 6,
  reason: 'all probes were within 10% of the baseline, or within the floor, from then on',
  comparisons: [
    {
      probe: 'products',
      figure: 'p50',
      unit: 'ms',
      before: 3.9,
      after: 4.2,
      difference: { low: 0.1, high: 0.6 },
      allowed: 7,
      drift: 2,
      state: 'back',
    },
    {
      probe: 'products',
      figure: 'p95',
      unit: 'ms',
      before: 9.4,
      after: 9.9,
      difference: { low: -2 },
      allowed: 5,
      state: 'open',
    },
    {
      probe: 'products',
      figure: 'errorRate',
      unit: 'ratio',
      before: 0,
      after: 0,
      difference: { low: -0.001, high: 0.0046 },
      allowed: 0.01,
      state: 'back',
    },
  ],
  tolerances: [
    judgement('products', 'p95', 9.9),
    judgement('products', 'errorRate', 0),
    judgement('products', 'age', 0.9),
    judgement('health', 'p95', 6.3),
  ],
  windows: both(from, times.recovery[1], quiet),
});

export const calm = (age: number) => [
  judgement('products', 'p95', 11.2),
  judgement('products', 'errorRate', 0),
  judgement('products', 'age', age),
  judgement('health', 'p95', 6.4),
];
