import { describe, expect, it } from 'vitest';
import { containing } from '../fakes/matching.ts';
import { slowDatabase } from './examples.ts';
import { codes, fault, freshness, http, inLab, notes, products } from './lenient-notes.ts';

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
