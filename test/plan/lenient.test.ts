import { describe, expect, it } from 'vitest';
import { environmentSchema } from '../../lib/experiment/environment.ts';
import { planTargetOfEnvironment } from '../../lib/plan/environment-target.ts';
import { containing } from '../fakes/matching.ts';
import {
  codes,
  environment,
  fault,
  freshness,
  http,
  inLab,
  inStaging,
  notes,
  products,
} from './lenient-notes.ts';

describe('a steady state', () => {
  it.each([inStaging, inLab])('that would notice the fault is left alone in $kind $id', (target) => {
    expect(notes({}, target)).toEqual([]);
  });

  it('is noted, never refused, with where it lies and what to add', () => {
    for (const note of notes({
      steadyState: { products: { http, tolerances: { errorRate: { below: '1%' } } } },
    })) {
      expect(note).toMatchObject({
        severity: 'note',
        path: ['steadyState', 'products', ...note.path.slice(2)],
      });
      expect(note.hint).toMatch(/^add /);
    }
  });
});

describe('a read that could come from a cache', () => {
  it.each([inStaging, inLab])('is asked for its age in $kind $id', (target) => {
    expect(notes({ steadyState: { products } }, target)).toMatchObject([
      {
        code: 'no-freshness',
        path: ['steadyState', 'products'],
        hint: containing('http.ageOf'),
      },
    ]);
  });

  it('is also that of a store that is hit itself', () => {
    const steadyState = { orders: { ...products, http: { service: 'checkout', path: '/orders' } } };
    const uses = { ...environment.services.checkout, uses: ['orders'] };
    const services = { ...environment.services, checkout: uses };
    const target = planTargetOfEnvironment(
      environment,
      environmentSchema.parse({ ...environment, services }),
    );
    expect(codes({ steadyState, ...fault('orders', 'aws:rds:failover-db-cluster') }, target)).toEqual([
      'no-freshness',
    ]);
  });

  it.each([
    ['what is written is no read', { orders: { ...products, http: { ...http, method: 'POST' } } }, {}],
    ['tasks hold no data', { products }, fault('shop')],
    ['what answers over HTTP is asked about itself', { products }, fault('help')],
    [
      'a counter that must grow is an age',
      { products, grows: { http: { ...http, growthOf: '$.count' }, tolerances: { age: { below: '5s' } } } },
      {},
    ],
  ] as const)('is not asked where %s', (_, steadyState, changes) => {
    expect(codes({ steadyState, ...changes })).not.toContain('no-freshness');
  });
});

describe('the latency', () => {
  it.each([
    [
      { errorRate: { below: '1%' } },
      {},
      ['steadyState', 'products', 'tolerances'],
      'nothing but the time-out of 2s',
    ],
    [
      { p95: { below: '2s' } },
      {},
      ['steadyState', 'products', 'tolerances', 'p95', 'below'],
      "'2s' is no less than the time-out of 2s",
    ],
    [
      { p95: { below: '400ms' } },
      { timeout: '300ms' },
      ['steadyState', 'products', 'tolerances', 'p95', 'below'],
      "'400ms' is no less than the time-out of 300ms",
    ],
  ] as const)('is bounded by more than the time-out: %j', (tolerances, more, path, message) => {
    const steadyState = { products: { http, tolerances, ...more }, freshness };
    expect(notes({ steadyState, ...fault('shop') })).toMatchObject([
      { code: 'no-latency-bound', path, message: containing(message) },
    ]);
  });

  it('may be bounded by another probe of the same service', () => {
    const errors = { http, tolerances: { errorRate: { below: '1%' } } } as const;
    expect(codes({ steadyState: { errors, products, freshness } })).toEqual([]);
  });

  it('may be watched by a metric', () => {
    const slowness = { metric: 'errorRate', tolerances: { value: { below: 1 } } };
    const errors = { http, tolerances: { errorRate: { below: '1%' } } } as const;
    expect(codes({ steadyState: { errors, freshness, slowness } })).toEqual([]);
  });

  it('is bounded more tightly than the fault delays', () => {
    const steadyState = { products: { http, tolerances: { p95: { below: '1500ms' } } }, freshness } as const;
    expect(notes({ steadyState })).toMatchObject([
      {
        code: 'wide-latency',
        path: ['steadyState', 'products', 'tolerances', 'p95', 'below'],
        message: "a request that waits out the 500ms of the fault 'slow' is still well below '1500ms'",
      },
    ]);
  });

  it('may be what a request that waits twice would not keep to', () => {
    const steadyState = { products: { http, tolerances: { p95: { below: '900ms' } } }, freshness } as const;
    expect(codes({ steadyState })).toEqual([]);
  });
});

describe('the error rate', () => {
  const failing = (below: '2%' | '10%' | '20%') =>
    codes({
      steadyState: {
        checkout: {
          ...products,
          http: { service: 'checkout', path: '/' },
          tolerances: { ...products.tolerances, errorRate: { below } },
        },
      },
      faults: {
        fail: {
          action: 'aws:lambda:invocation-error',
          selector: { service: 'checkout' },
          parameters: { preventExecution: true },
        },
      },
      stages: [{ share: { of: 'traffic', share: '10%' }, duration: '5m' }],
    });

  it('is lower than the share of the traffic that fails', () => {
    expect([failing('2%'), failing('10%'), failing('20%')]).toEqual([[], [], ['wide-error-rate']]);
  });
});
