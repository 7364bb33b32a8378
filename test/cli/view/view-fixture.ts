import { type Experiment, experimentSchema } from '../../../lib/experiment/experiment.ts';
import type { ProgressEvent } from '../../../lib/run/progress.ts';
import type { Window } from '../../../lib/steady-state/window.ts';

export const startMs = Date.parse('2026-05-01T09:30:00.000Z');

/** An experiment with an http probe that reads an age, another without tolerances of its own on latency, and a metric. */
export const experiment: Experiment = experimentSchema.parse({
  id: 'slow-database',
  title: 'A slow database does not slow the shop',
  owner: 'team-shop',
  hypothesis: 'If the database answers 500 ms late, products still come at once.',
  steadyState: {
    products: {
      http: { service: 'shop', path: '/products', ageOf: '$.readAt' },
      rate: '50/s',
      tolerances: { p95: { below: '250ms' }, errorRate: { below: '1%' }, age: { below: '5s' } },
    },
    health: { http: { service: 'shop', path: '/health' }, tolerances: { errorRate: { below: '1%' } } },
    orders: { metric: 'ordersPerMinute', tolerances: { value: { above: 20 } } },
  },
  faults: {
    slow: {
      action: 'aws:ecs:task-network-latency',
      selector: { service: 'shop' },
      parameters: { delay: '500ms', to: ['database'] },
    },
  },
  stages: [
    { share: 'one', duration: '2m' },
    { share: '100%', duration: '3m' },
  ],
  recovery: { objective: '60s' },
  lab: 'shop',
});

export const windowAt = (second: number, given: Partial<Window> = {}): Window => ({
  probe: 'products',
  startMs: startMs + second * 1_000,
  endMs: startMs + (second + 1) * 1_000,
  count: 50,
  errors: 0,
  unusable: 0,
  p50Ms: 4,
  p95Ms: 12,
  p99Ms: 20,
  lowestValue: 0.2,
  highestValue: 0.9,
  ...given,
});

/** The progress of a run up to the middle of its first stage, in which the data grows old. */
export function* progressOfRun(): Generator<ProgressEvent> {
  const at = (second: number): number => startMs + second * 1_000;
  yield { kind: 'phase', atMs: at(0), phase: 'admit', waitingFor: 'every check before a fault' };
  yield {
    kind: 'phase',
    atMs: at(2),
    phase: 'baseline',
    waitingFor: 'steady state, before any fault',
    untilMs: at(12),
  };
  for (let second = 2; second < 12; second += 1)
    yield { kind: 'window', atMs: at(second + 1), window: windowAt(second) };
  yield {
    kind: 'phase',
    atMs: at(12),
    phase: 'stage',
    stage: 0,
    waitingFor: 'the fault to have lasted',
    untilMs: at(24),
  };
  yield { kind: 'fault', atMs: at(13), stage: 0, status: 'running', untilMs: at(24) };
  yield { kind: 'note', atMs: at(13), text: 'slow started on shop-1' };
  for (let second = 13; second < 22; second += 1) {
    yield { kind: 'window', atMs: at(second + 1), window: windowAt(second, { highestValue: second - 12 }) };
    if (second % 5 === 0) {
      yield {
        kind: 'window',
        atMs: at(second + 1),
        window: {
          probe: 'orders',
          startMs: at(second - 4),
          endMs: at(second + 1),
          count: 1,
          errors: 0,
          unusable: 0,
          lowestValue: 48,
          highestValue: 48,
        },
      };
    }
  }
}
