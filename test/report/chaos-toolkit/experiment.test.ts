import { describe, expect, it } from 'vitest';
import { chaosToolkitJournal } from '../../../lib/report/chaos-toolkit/journal.ts';
import type { Journal } from '../../../lib/run/journal.ts';
import { heldJournal } from '../journal-fixture.ts';
import { exported } from './exported.ts';

/** A definition as the language has it. */
const definition = {
  id: 'slow-queue',
  title: 'A slow queue loses nothing',
  description: 'What a team learns of its queue.',
  owner: 'team-shop',
  hypothesis: 'If the queue is slow, orders wait.',
  steadyState: {
    products: {
      http: {
        service: 'shop',
        path: '/products?token=canary-7f3a#top',
        headers: { authorization: 'canary-7f3a' },
      },
      timeout: '2s',
      tolerances: { p95: { below: '250ms' }, errorRate: { below: '1%' } },
    },
    depth: { metric: 'depth', tolerances: { value: { above: -5, below: 1e3 } } },
    workers: { metric: 'workers', tolerances: { value: { above: 2 } } },
    lag: { metric: 'lag', tolerances: { value: { below: 60 } } },
    items: {
      http: { service: 'shop', path: '/products', countOf: '$.items', method: 'POST', body: 'canary-7f3a' },
      tolerances: { count: { atLeast: 10 } },
    },
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
    { share: { of: 'traffic', share: '10%' }, duration: '3m' },
  ],
  recovery: { objective: '1m' },
  rollbacks: {
    flush: {
      http: { service: 'shop', path: '/flush', method: 'POST', body: 'canary-7f3a' },
      provenBy: 'products',
    },
  },
  lab: 'shop',
};

const of = (given: Partial<Journal['experiment']>): Journal => {
  const journal = heldJournal();
  return { ...journal, experiment: { ...journal.experiment, ...given } };
};

describe('the experiment in it', () => {
  it('has title, description, hypothesis, method and rollbacks', () => {
    const { experiment } = exported(of({ id: 'slow-queue', title: definition.title, definition }));
    expect(experiment).toMatchObject({
      title: 'A slow queue loses nothing',
      description: 'What a team learns of its queue.',
      tags: ['rehearsal', 'shop', 'team-shop'],
      extensions: [{ name: 'steadfast', experiment: 'slow-queue' }],
      'steady-state-hypothesis': { title: 'If the queue is slow, orders wait.' },
      rollbacks: [
        { name: 'flush', provider: { func: 'http', arguments: { rollback: 'flush', provenBy: 'products' } } },
      ],
    });
    expect(
      experiment.method.map(({ name, provider }) => [name, provider.arguments['stageDuration']]),
    ).toEqual([
      ['slow (stage 1: one)', '2m'],
      ['slow (stage 2: 10% of traffic)', '3m'],
    ]);
  });

  it('has a probe with a range for each tolerance', () => {
    const { probes } = exported(of({ definition })).experiment['steady-state-hypothesis'];
    const outermost = Number.MAX_SAFE_INTEGER;
    expect(probes.map(({ name, tolerance }) => [name, tolerance.range])).toEqual([
      ['products: p95 below 250ms', [0, 250]],
      ['products: errorRate below 1%', [0, 0.01]],
      ['depth: value above -5 and below 1000', [-5, 1_000]],
      ['workers: value above 2', [2, outermost]],
      ['lag: value below 60', [-outermost, 60]],
      ['items: count at least 10', [10, outermost]],
    ]);
    expect(probes[0]?.provider).toEqual({
      type: 'http',
      url: 'http://shop/products',
      method: 'GET',
      timeout: 2,
    });
    expect(probes[2]?.provider).toMatchObject({ type: 'python', func: 'metric' });
    expect(probes.at(-1)?.provider).toMatchObject({ method: 'POST' });
  });

  it('holds nothing that is sent along: it may be a credential', () => {
    expect(JSON.stringify(chaosToolkitJournal(of({ definition })))).not.toContain('canary');
  });

  it.each([
    ['none at all', null],
    ['one that is none', 'text'],
    [
      'one of which nothing can be read',
      { hypothesis: 7, steadyState: [], faults: { slow: 1 }, stages: 'one', rollbacks: 1 },
    ],
  ])('is told as far as it is known of %s', (_case, broken) => {
    const { experiment } = exported(of({ title: '', definition: broken }));
    expect(experiment).toMatchObject({
      title: 'slow-database',
      description: 'slow-database',
      method: [],
      rollbacks: [],
    });
    // Those that were judged.
    expect(experiment['steady-state-hypothesis'].probes.map(({ name }) => name)).toEqual([
      'products: p95 below 250ms',
      'products: errorRate below 1%',
      'products: age below 5s',
      'health: p95 below 250ms',
    ]);
  });

  it('names a share that cannot be read, and a rollback of another version, without failing', () => {
    const { experiment, rollbacks } = exported(
      of({
        definition: {
          ...definition,
          stages: [{ share: 7 }, { share: {} }, { share: null }],
          rollbacks: { flush: {} },
        },
      }),
    );
    expect(experiment.method.map(({ name }) => name)).toEqual([
      'slow (stage 1: a share)',
      'slow (stage 2: a share)',
      'slow (stage 3: a share)',
    ]);
    expect(experiment.rollbacks[0]?.provider.func).toBe('rollback');
    expect(rollbacks[0]?.activity).toMatchObject({ name: 'flushCache', provider: { func: 'rollback' } });
  });
});
