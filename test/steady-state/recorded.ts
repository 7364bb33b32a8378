import {
  type Experiment,
  type ExperimentDefinition,
  experimentSchema,
} from '../../lib/experiment/experiment.ts';
import type { Mark, Observation, Sample } from '../../lib/steady-state/observation.ts';

export const epoch = Date.parse('2026-05-01T09:00:00.000Z');

/** The time so many seconds into what was recorded. */
export const at = (seconds: number): string => new Date(epoch + seconds * 1_000).toISOString();

/** By what the samples here are judged. */
export const definition = {
  id: 'slow-database',
  title: 'A slow database does not slow the shop',
  owner: 'team-shop',
  hypothesis: 'If the database answers late, products still come at once.',
  baseline: '30s',
  steadyState: {
    products: {
      http: { service: 'shop', path: '/products' },
      rate: '10/s',
      tolerances: { p95: { below: '250ms' }, errorRate: { below: '5%' } },
    },
  },
  faults: { stop: { action: 'aws:ecs:stop-task', selector: { service: 'shop' } } },
  stages: [{ share: '100%', duration: '1m' }],
  recovery: { objective: '30s' },
  lab: 'shop',
} as const satisfies ExperimentDefinition;

type Probes = ExperimentDefinition['steadyState'];

export const experiment = (changes: Partial<ExperimentDefinition> = {}): Experiment =>
  experimentSchema.parse({ ...definition, ...changes });

/** An experiment of one http probe that extracts the age of what is served. */
export const agedExperiment = (rate: `${number}/s` = '10/s'): Experiment =>
  experiment({
    steadyState: {
      freshness: {
        http: { service: 'shop', path: '/products', ageOf: '$.readAt' },
        rate,
        tolerances: { age: { below: '5s', missedFor: '5s' } },
      },
    },
  });

export const withProbes = (steadyState: Probes): Experiment => experiment({ steadyState });

type Look = Omit<Sample, 'at' | 'probe'>;

export const well: Look = { latencyMs: 20, status: 200 };
export const slow: Look = { latencyMs: 400, status: 200 };
export const failed: Look = { latencyMs: 3, status: 500 };
export const broken: Look = { error: 'prober: no socket' };

/** Samples at a steady rate over [from, to), in seconds; undefined is none. */
export function samples(
  from: number,
  to: number,
  look: (seconds: number, index: number) => Look | undefined = () => well,
  { probe = 'products', perSecond = 10 } = {},
): Sample[] {
  const found: Sample[] = [];
  for (let index = Math.ceil(from * perSecond); index < to * perSecond; index += 1) {
    const seen = look(index / perSecond, index);
    if (seen !== undefined) found.push({ at: at(index / perSecond), probe, ...seen });
  }
  return found;
}

export const mark = (seconds: number, name: Mark['mark'], rest: Pick<Mark, 'bite' | 'stage'> = {}): Mark => ({
  at: at(seconds),
  mark: name,
  ...rest,
});

/** The marks of a run: 30 s of baseline, a fault from 30 s to 90 s, and a recovery that was looked at until 140 s. */
export const marks: readonly Mark[] = [
  mark(0, 'baseline-start'),
  mark(30, 'fault-start', { stage: 'all' }),
  mark(90, 'fault-end', { stage: 'all', bite: true }),
  mark(140, 'recovery-end'),
];

/** A whole run as it was recorded, in the order of time. */
export const recorded = (
  look: (seconds: number, index: number) => Look | undefined = () => well,
  options: { probe?: string; perSecond?: number; marks?: readonly Mark[] } = {},
): Observation[] =>
  [...(options.marks ?? marks), ...samples(0, 140, look, options)].sort(
    (a, b) => Date.parse(a.at) - Date.parse(b.at),
  );

export const duringFault = (seconds: number): boolean => seconds >= 30 && seconds < 90;
