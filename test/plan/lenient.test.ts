import { describe, expect, it } from 'vitest';
import { type EnvironmentDefinition, environmentSchema } from '../../lib/experiment/environment.ts';
import { type ExperimentDefinition, experimentSchema } from '../../lib/experiment/experiment.ts';
import { type LabDefinition, labSchema } from '../../lib/experiment/lab.ts';
import { planTargetOfEnvironment } from '../../lib/plan/environment-target.ts';
import { planTargetOfLab } from '../../lib/plan/lab-target.ts';
import { lenientIn } from '../../lib/plan/lenient.ts';
import { containing } from '../fakes/matching.ts';
import { slowDatabase, staging } from './examples.ts';

const environment = {
  ...staging,
  services: {
    ...staging.services,
    shop: { ...staging.services.shop, uses: ['database', 'help'] },
    help: {
      url: 'https://help.example.com',
      tags: { Service: 'help' },
      ecs: { cluster: 'staging', service: 'help' },
    },
    other: { url: 'https://other.example.com' },
    orders: { tags: { Service: 'orders' }, has: ['aws:rds:cluster'] },
    zone: { tags: { Service: 'zone' }, has: ['aws:ec2:subnet'] },
    checkout: {
      url: 'https://checkout.example.com',
      tags: { Service: 'checkout' },
      has: ['aws:lambda:function'],
      faultConfiguration: 'arn:aws:s3:::faults/checkout/',
    },
  },
} satisfies EnvironmentDefinition;

const lab = {
  id: 'shop',
  pace: 0.05,
  services: {
    shop: { command: ['node', 'shop.ts'], replicas: 2, uses: ['database'] },
    database: { postgres: {} },
  },
  metrics: { errors: { sql: 'select 1', service: 'database' } },
  guards: { shopErrors: { metric: 'errors', above: 1 } },
} satisfies LabDefinition;

const inStaging = planTargetOfEnvironment(environment, environmentSchema.parse(environment));
const inLab = planTargetOfLab(lab, labSchema.parse(lab));

const http = { service: 'shop', path: '/products' };
const products = { http, tolerances: { p95: { below: '250ms' } } } as const;
const freshness = {
  http: { ...http, ageOf: '$.readAt' },
  tolerances: { age: { below: '5s' } },
} as const;

/** What is noted of a steady state that notices a slow database, once it is changed. */
const notes = (changes: Partial<ExperimentDefinition>, target = inStaging) =>
  lenientIn(
    experimentSchema.parse({ ...slowDatabase, steadyState: { products, freshness }, ...changes }),
    target,
  );

const codes = (changes: Partial<ExperimentDefinition>, target = inStaging) =>
  notes(changes, target).map(({ code }) => code);

const fault = (
  selected: string,
  action: 'aws:ecs:stop-task' | 'aws:rds:failover-db-cluster' = 'aws:ecs:stop-task',
) =>
  ({ faults: { fail: { action, selector: { service: selected } } } }) satisfies Partial<ExperimentDefinition>;

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

describe('a fault in some of several targets', () => {
  const median = { products: { http, tolerances: { p50: { below: '250ms' } } } } as const;

  it('does not show in a median', () => {
    expect(notes({ steadyState: median, ...fault('shop') })).toMatchObject([
      {
        code: 'blind-to-minority',
        path: ['stages', 0, 'share'],
        message: containing('p50 of products'),
      },
      { code: 'blind-to-minority', path: ['stages', 1, 'share'] },
    ]);
  });

  it.each([
    ['a higher percentile', { p50: { below: '250ms' }, p95: { below: '1s' } }],
    ['an error rate', { p50: { below: '250ms' }, errorRate: { below: '5%' } }],
  ] as const)('shows in %s', (_, tolerances) => {
    expect(codes({ steadyState: { products: { http, tolerances } }, ...fault('shop') })).toEqual([]);
  });

  it.each([
    ['what is compared one by one', { ...median, freshness }, slowDatabase.stages],
    ['all of them', median, [{ share: '100%', duration: '5m' }]],
    ['a share of the traffic of each', median, [{ share: { of: 'traffic', share: '10%' }, duration: '5m' }]],
  ] as const)('is another matter with %s', (_, steadyState, stages) => {
    expect(codes({ steadyState, stages: [...stages], ...fault('shop') })).toEqual([]);
  });
});

describe('a tolerance that is missed only after some time', () => {
  it('finds a stage that lasts so long', () => {
    const patient = { ...freshness, tolerances: { age: { below: '4m', missedFor: '1m' } } } as const;
    expect(notes({ steadyState: { products, freshness: patient } })).toMatchObject([
      {
        code: 'patient-tolerance',
        path: ['steadyState', 'freshness', 'tolerances', 'age'],
        message:
          'it is missed after 300s at the earliest (the age must grow first), and no stage is longer than 300s',
      },
    ]);
  });

  it('finds it at the pace of the lab', () => {
    const patient = { ...freshness, tolerances: { age: { below: '10s' } } } as const;
    expect(codes({ steadyState: { products, freshness: patient } })).toEqual([]);
    expect(notes({ steadyState: { products, freshness: patient } }, inLab)).toMatchObject([
      {
        code: 'patient-tolerance',
        message: containing("no stage is longer than 15s at the pace of lab 'shop'"),
      },
    ]);
  });

  it('is one on a count or a value as well', () => {
    const value = { metric: 'errorRate', tolerances: { value: { below: 1, missedFor: '5m' } } } as const;
    const count = {
      http: { ...http, countOf: '$.all' },
      tolerances: { count: { atLeast: 1, missedFor: '6m' } },
    } as const;
    expect(codes({ steadyState: { products, freshness, value, count } })).toEqual([
      'patient-tolerance',
      'patient-tolerance',
    ]);
  });
});

describe('a probe', () => {
  const other = {
    other: {
      http: { service: 'other', path: '/' },
      tolerances: { ...products.tolerances, errorRate: { below: '1%' } },
    },
  } as const;

  it('that does not depend on what is hit notices nothing', () => {
    expect(notes({ steadyState: other })).toMatchObject([
      {
        code: 'unrelated-probes',
        path: ['steadyState', 'other', 'http', 'service'],
        message:
          "no probe can notice what fails: in environment 'staging' other does not use shop or database",
        hint: 'add a probe of a service that depends on database, or say there what other uses',
      },
    ]);
  });

  it.each([
    ['beside one that does', { ...other, products, freshness }, {}],
    [
      'beside a metric',
      { ...other, errors: { metric: 'errorRate', tolerances: { value: { below: 1 } } } },
      {},
    ],
    ['of a service that uses what is hit', { products }, fault('help')],
    [
      'in a network that is hit',
      other,
      {
        faults: {
          cut: {
            action: 'aws:network:disrupt-connectivity',
            selector: { service: 'zone' },
            parameters: { scope: 'all' },
          },
        },
      },
    ],
  ] as const)('is left alone %s', (_, steadyState, changes) => {
    expect(codes({ steadyState, ...changes })).not.toContain('unrelated-probes');
  });
});
